// SPDX-License-Identifier: GPL-3.0-or-later
// What OpenSSH's client configuration says, as an import that the operator sees.
#include "models/ssh/connection.h"

#include "models/ssh/handshake.h"

#include <QProcess>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <set>

#include <glob.h>

namespace sluicegate::ssh {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr int includeDepth = 16; // OpenSSH's own limit
constexpr std::size_t fileLimit = 256;
constexpr std::uintmax_t sizeLimit = 1u << 20;
constexpr int answerTimeout = 5000;

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(
        result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

/// Words of one configuration line; quotes group, an equals sign may stand behind the keyword, # begins a
/// comment.
std::vector<std::string> words(std::string_view line)
{
    std::vector<std::string> result;
    constexpr std::string_view blanks = " \t\r\f";
    for (;;) {
        const auto skip
            = result.size() == 1 ? line.find_first_not_of(" \t\r\f=") : line.find_first_not_of(blanks);
        line.remove_prefix(std::min(skip, line.size()));
        if (line.empty() || line.front() == '#')
            return result;
        const bool quoted = line.front() == '"';
        line.remove_prefix(quoted ? 1 : 0);
        const auto end = quoted ? line.find('"') : line.find_first_of(result.empty() ? " \t\r\f=" : blanks);
        result.emplace_back(line.substr(0, end));
        line.remove_prefix(std::min(result.back().size() + (quoted ? 1u : 0u), line.size()));
    }
}

std::filesystem::path expanded(std::string_view text)
{
    if (text == "~" || text.starts_with("~/"))
        return homeFolder() / text.substr(std::min<std::size_t>(2, text.size()));
    return text;
}

std::vector<std::filesystem::path> matching(const std::filesystem::path& pattern)
{
    glob_t found {};
    std::vector<std::filesystem::path> result;
    if (::glob(pattern.c_str(), 0, nullptr, &found) == 0)
        for (std::size_t at = 0; at < found.gl_pathc && at < fileLimit; ++at)
            result.emplace_back(found.gl_pathv[at]);
    ::globfree(&found);
    return result;
}

class HostNames {
public:
    explicit HostNames(std::filesystem::path folder) : m_folder(std::move(folder)) { }

    void read(const std::filesystem::path& file, int depth)
    {
        std::error_code error;
        if (depth > includeDepth || ++m_files > fileLimit || !std::filesystem::is_regular_file(file, error)
            || std::filesystem::file_size(file, error) > sizeLimit)
            return;
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);)
            take(words(line), depth);
    }

    std::vector<std::string> names;

private:
    void take(const std::vector<std::string>& line, int depth)
    {
        if (line.empty())
            return;
        const auto keyword = lowered(line.front());
        for (std::size_t at = 1; at < line.size(); ++at) {
            if (keyword == "include")
                include(line[at], depth);
            else if (keyword == "host")
                add(line[at]);
        }
    }

    void include(const std::string& pattern, int depth)
    {
        auto path = expanded(pattern);
        if (path.is_relative())
            path = m_folder / path;
        for (const auto& file : matching(path))
            read(file, depth + 1);
    }

    void add(const std::string& name)
    {
        if (!name.empty() && name.find_first_of("*?!") == std::string::npos && m_seen.insert(name).second)
            names.push_back(name);
    }

    std::filesystem::path m_folder;
    std::set<std::string> m_seen;
    std::size_t m_files = 0;
};

Result<std::string> askOpenSsh(const std::string& name)
{
    QProcess process;
    process.start(QStringLiteral("ssh"),
        {QStringLiteral("-G"), QStringLiteral("--"), QString::fromStdString(name)}, QIODevice::ReadOnly);
    if (!process.waitForStarted(answerTimeout))
        return fail(FailureKind::CommandMissing, "ssh -G", process.errorString().toStdString());
    if (!process.waitForFinished(answerTimeout)) {
        process.kill();
        process.waitForFinished(1000);
        return fail(FailureKind::Timeout, "ssh -G " + name, "no answer within 5 s");
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return fail(FailureKind::CommandFailed, "ssh -G " + name,
            process.readAllStandardError().left(1000).trimmed().toStdString());
    return process.readAllStandardOutput().toStdString();
}

// OpenSSH names its defaults too; only files that are there matter.
void addIfThere(std::vector<std::filesystem::path>& to, std::string_view text)
{
    std::error_code error;
    if (auto path = expanded(text); text != "none" && std::filesystem::exists(path, error))
        to.push_back(std::move(path));
}

void addPaths(std::vector<std::filesystem::path>& to, std::string_view value)
{
    for (const auto& word : words(value))
        to.push_back(expanded(word));
}

std::string agentSocket(std::string_view value)
{
    const char* fromEnvironment = std::getenv("SSH_AUTH_SOCK");
    const std::string standard = fromEnvironment != nullptr ? fromEnvironment : "";
    if (value == "none")
        return {};
    return value.empty() || value == "SSH_AUTH_SOCK" ? standard : expanded(value).string();
}

} // namespace

std::vector<std::string> configHosts(const std::filesystem::path& config)
{
    HostNames names(config.parent_path());
    names.read(config, 0);
    return std::move(names.names);
}

Result<Target> importConfig(const std::string& name)
{
    if (name.empty() || name.starts_with('-') || name.contains('\0'))
        return fail(FailureKind::Usage, name, "not a host name");
    auto text = askOpenSsh(name);
    if (!text)
        return std::unexpected(text.error());
    Target target;
    std::string agent;
    std::vector<std::filesystem::path> own, common;
    for (std::string_view rest = *text; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const auto blank = std::min(line.find(' '), line.size());
        const auto keyword = line.substr(0, blank);
        const auto value = line.substr(std::min(blank + 1, line.size()));
        if (keyword == "hostname")
            target.host = value;
        else if (keyword == "user")
            target.user = value;
        else if (keyword == "port")
            std::from_chars(value.data(), value.data() + value.size(), target.port);
        else if (keyword == "identityfile")
            addIfThere(target.identities, value);
        else if (keyword == "identityagent")
            agent = value;
        else if (keyword == "userknownhostsfile")
            addPaths(own, value);
        else if (keyword == "globalknownhostsfile")
            addPaths(common, value);
        else if ((keyword == "proxyjump" || keyword == "proxycommand") && value != "none")
            return fail(FailureKind::Unsupported, name, std::string(line));
    }
    target.agentSocket = agentSocket(agent);
    target.knownHosts
        = std::move(own); // the first is written to, so the operator's own go before the system's
    target.knownHosts.insert(target.knownHosts.end(), common.begin(), common.end());
    return target;
}

} // namespace sluicegate::ssh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/knownhosts.h"

#include <QMessageAuthenticationCode>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace sluicegate::ssh {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr std::size_t sizeLimit = 16u << 20;

enum class Mark { None, Revoked, Other };

struct Entry {
    std::string place;
    Mark mark = Mark::None;
    PublicKey key;
};

std::string_view nextField(std::string_view& line)
{
    constexpr std::string_view blanks = " \t";
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    const auto field = line.substr(0, line.find_first_of(blanks));
    line.remove_prefix(field.size());
    return field;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// * and ? only, without recursion: the last star is where a mismatch goes back to.
bool matchesWildcard(std::string_view pattern, std::string_view name)
{
    std::size_t p = 0, n = 0, star = std::string_view::npos, mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == name[n])) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

// |1|salt|HMAC-SHA1(salt, name), written by ssh-keygen -H and HashKnownHosts.
bool matchesHash(std::string_view field, std::string_view name)
{
    field.remove_prefix(3);
    const auto bar = field.find('|');
    if (bar == std::string_view::npos)
        return false;
    const auto salt = fromBase64(field.substr(0, bar));
    const auto hash = fromBase64(field.substr(bar + 1));
    if (!salt || !hash || hash->size() != 20)
        return false;
    const auto own
        = QMessageAuthenticationCode::hash(QByteArray(name.data(), static_cast<qsizetype>(name.size())),
            QByteArray::fromStdString(*salt), QCryptographicHash::Sha1);
    return own.toStdString() == *hash;
}

// A negated pattern that matches rules the whole line out, wherever it stands in the list.
bool matchesNames(std::string_view field, std::string_view name)
{
    if (field.starts_with("|1|"))
        return matchesHash(field, name);
    bool matched = false;
    while (!field.empty()) {
        auto pattern = field.substr(0, field.find(','));
        field.remove_prefix(std::min(pattern.size() + 1, field.size()));
        const bool negated = pattern.starts_with('!');
        pattern.remove_prefix(negated ? 1 : 0);
        if (pattern.empty() || !matchesWildcard(pattern, name))
            continue;
        if (negated)
            return false;
        matched = true;
    }
    return matched;
}

// A line that cannot be read is skipped, as OpenSSH does; it must not end the search.
std::optional<Entry> parse(std::string_view line, std::string_view name)
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    auto field = nextField(line);
    if (field.empty() || field.starts_with('#'))
        return std::nullopt;
    Entry entry;
    if (field.starts_with('@')) {
        entry.mark = field == "@revoked" ? Mark::Revoked : Mark::Other;
        field = nextField(line);
    }
    if (!matchesNames(field, name))
        return std::nullopt;
    const auto type = nextField(line);
    auto key
        = fromBase64(nextField(line)).and_then([](std::string blob) { return publicKey(std::move(blob)); });
    if (!key || key->type != type)
        return std::nullopt;
    entry.key = std::move(*key);
    return entry;
}

void collect(std::vector<Entry>& entries, const std::filesystem::path& file, std::string_view name)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return;
    std::ifstream in(file, std::ios::binary);
    std::string text;
    text.resize(std::min<std::uintmax_t>(std::filesystem::file_size(file, error), sizeLimit));
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    std::size_t number = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        ++number;
        if (auto entry = parse(line, name)) {
            entry->place = file.string() + ':' + std::to_string(number);
            entries.push_back(std::move(*entry));
        }
    }
}

std::vector<Entry> entriesFor(const std::vector<std::filesystem::path>& files, const std::string& name)
{
    std::vector<Entry> entries;
    for (const auto& file : files)
        collect(entries, file, name);
    return entries;
}

HostKeyFinding finding(HostKeyState state, const Entry& entry)
{
    return {.state = state, .entry = entry.place, .recorded = fingerprint(entry.key)};
}

HostKeyFinding judge(const std::vector<Entry>& entries, const PublicKey& presented)
{
    const auto first = [&entries](auto wanted) { return std::ranges::find_if(entries, wanted); };
    const auto end = entries.end();
    if (const auto revoked
        = first([&](const Entry& entry) { return entry.mark == Mark::Revoked && entry.key == presented; });
        revoked != end)
        return finding(HostKeyState::Revoked, *revoked);
    if (const auto same
        = first([&](const Entry& entry) { return entry.mark == Mark::None && entry.key == presented; });
        same != end)
        return finding(HostKeyState::Trusted, *same);
    if (const auto other = first(
            [&](const Entry& entry) { return entry.mark == Mark::None && entry.key.type == presented.type; });
        other != end)
        return finding(HostKeyState::Changed, *other);
    const auto otherType = first([](const Entry& entry) { return entry.mark == Mark::None; });
    return otherType != end ? finding(HostKeyState::Unknown, *otherType) : HostKeyFinding {};
}

base::Failure cannotWrite(const std::filesystem::path& file)
{
    return {FailureKind::WriteFailed, file.string(), std::strerror(errno)};
}

bool endsInTheMiddleOfALine(int file)
{
    const off_t size = ::lseek(file, 0, SEEK_END);
    char last = '\n';
    return size > 0 && ::pread(file, &last, 1, size - 1) == 1 && last != '\n';
}

} // namespace

HostKeyFinding findHostKey(const std::vector<std::filesystem::path>& files, const std::string& host,
    std::uint16_t port, const PublicKey& presented)
{
    const auto found = judge(entriesFor(files, knownHostsName(host, port)), presented);
    if (found.state != HostKeyState::Unknown || port == 22)
        return found;
    // Like OpenSSH: a key on file for the host without a port is good on any port, but never a contradiction.
    const auto plain = judge(entriesFor(files, knownHostsName(host, 22)), presented);
    return plain.state == HostKeyState::Trusted || plain.state == HostKeyState::Revoked ? plain : found;
}

std::vector<std::string> recordedKeyTypes(
    const std::vector<std::filesystem::path>& files, const std::string& host, std::uint16_t port)
{
    auto entries = entriesFor(files, knownHostsName(host, port));
    if (entries.empty() && port != 22)
        entries = entriesFor(files, knownHostsName(host, 22));
    std::vector<std::string> types;
    for (const auto& entry : entries)
        if (entry.mark == Mark::None && !std::ranges::contains(types, entry.key.type))
            types.push_back(entry.key.type);
    return types;
}

Result<void> saveHostKey(
    const std::filesystem::path& file, const std::string& host, std::uint16_t port, const PublicKey& key)
{
    std::error_code error;
    if (const auto folder = file.parent_path(); !folder.empty() && !std::filesystem::exists(folder, error))
        if (::mkdir(folder.c_str(), 0700) != 0)
            return std::unexpected(cannotWrite(folder));
    const Descriptor out(::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600));
    if (!out || ::flock(out.get(), LOCK_EX) != 0)
        return std::unexpected(cannotWrite(file));
    std::string line = knownHostsLine(knownHostsName(host, port), key) + '\n';
    if (endsInTheMiddleOfALine(out.get()))
        line.insert(0, 1, '\n');
    if (::write(out.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size())
        || ::fsync(out.get()) != 0)
        return std::unexpected(cannotWrite(file));
    return {};
}

} // namespace sluicegate::ssh

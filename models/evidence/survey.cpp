// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/survey.h"

#include "models/evidence/logname.h"

#include <algorithm>
#include <format>

namespace sluicegate::evidence {

using base::FailureKind;
using recipes::Recipe;

namespace {

constexpr std::size_t mostWebLogs = 600;
constexpr std::uint64_t mostWebBytes = 2ull << 30;
constexpr std::size_t mostPhpLogs = 50;
constexpr std::size_t usualSteps = 19; // commands of a usual pull, for the progress
constexpr auto usualWindow = std::chrono::days(30); // where the notice gives no time
constexpr auto programsReach = std::chrono::days(60); // a dropped script may wait for its day
constexpr auto margin = std::chrono::days(1); // clocks differ, and mail waits in the queue

std::int64_t secondsOf(base::Instant at)
{
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

} // namespace

base::Result<void> Survey::run()
{
    m_puller.plan(usualSteps);
    return clock()
        .and_then([this] { return programs(); })
        .and_then([this] { return mailLog(); })
        .and_then([this] { return queue(); })
        .and_then([this]() -> base::Result<void> {
            if (!m_found)
                return base::fail(FailureKind::NotFound, "mail log", "no log, no queue and no mail server");
            return accounts();
        })
        .and_then([this] { return sample(); })
        .and_then([this] { return settings(); })
        .and_then([this] { return phpLogs(); })
        .and_then([this] { return newPrograms(); })
        .and_then([this] { return webLogs(); });
}

bool Survey::has(std::string_view program) const
{
    return std::ranges::any_of(m_programs, [program](const std::string& path) {
        return path == program || path.ends_with('/' + std::string(program));
    });
}

base::Result<void> Survey::simple(const Recipe& recipe)
{
    const auto answer = m_puller.ask(recipe);
    return answer ? base::Result<void>() : std::unexpected(answer.error());
}

base::Result<void> Survey::clock()
{
    const auto& now = m_puller.scope().now;
    const auto before = now();
    const auto answer = m_puller.ask(recipes::date);
    if (!answer)
        return std::unexpected(answer.error());
    auto& clock = m_puller.bundle().clock;
    if (*answer)
        readClock((*answer)->out, clock);
    if (clock.server)
        clock.here = before + (now() - before) / 2;
    return simple(recipes::hostname);
}

base::Result<void> Survey::programs()
{
    const auto answer = m_puller.ask(
        recipes::programs, std::vector<std::string>(recipes::asked.begin(), recipes::asked.end()));
    if (!answer)
        return std::unexpected(answer.error());
    if (*answer)
        m_programs = lines((*answer)->out);
    m_found = has("postqueue") || has("exim") || has("exim4") || has("qmail-qread");
    return {};
}

std::optional<std::int64_t> Survey::since() const
{
    const auto& scope = m_puller.scope();
    return scope.since ? std::optional(secondsOf(*scope.since - margin)) : std::nullopt;
}

std::int64_t Survey::usualSince() const
{
    const auto now = m_puller.bundle().clock.server.value_or(m_puller.scope().now());
    return since().value_or(secondsOf(now - usualWindow));
}

base::Result<Survey::Files> Survey::list(
    const Recipe& recipe, const std::vector<std::string>& arguments, const Recipe* forMany)
{
    static constexpr int argumentListTooLong = 126;
    auto answer = m_puller.run(recipe, arguments);
    if (forMany && answer && *answer && (*answer)->exitStatus == argumentListTooLong)
        answer = m_puller.run(*forMany);
    if (!answer)
        return std::unexpected(answer.error());
    return *answer ? readFileList((*answer)->out) : Files {};
}

base::Result<void> Survey::accounts()
{
    if (has("getent"))
        if (auto step = simple(recipes::accounts); !step)
            return std::unexpected(step.error());
    if (has("plesk")) {
        if (auto step = simple(recipes::pleskVersion); !step)
            return std::unexpected(step.error());
        if (auto step = simple(recipes::pleskSites); !step)
            return std::unexpected(step.error());
    }
    const auto folders = m_puller.run(recipes::vhosts);
    if (!folders)
        return std::unexpected(folders.error());
    return *folders ? m_puller.keepOutput(recipes::vhosts, **folders) : base::Result<void>();
}

base::Result<void> Survey::settings()
{
    if (has("postconf"))
        if (auto step = simple(recipes::postfixSettings); !step)
            return std::unexpected(step.error());
    if (has("doveconf"))
        if (auto step = simple(recipes::dovecotSettings); !step)
            return std::unexpected(step.error());
    if (has("ss"))
        if (auto step = simple(recipes::mailSockets); !step)
            return std::unexpected(step.error());
    return {};
}

base::Result<void> Survey::phpLogs()
{
    const auto settings = m_puller.run(recipes::phpSettings);
    if (!settings)
        return std::unexpected(settings.error());
    std::vector<std::string> named;
    if (*settings && !(*settings)->out.empty()) {
        if (auto kept = m_puller.keepOutput(recipes::phpSettings, **settings); !kept)
            return kept;
        named = readPhpMailLogs((*settings)->out);
        std::erase_if(named, [](const std::string& path) { return !mayBePhpMailLog(path); });
    }
    auto files = list(recipes::phpMailLogs, named);
    if (!files)
        return std::unexpected(files.error());
    return pullNewest(std::move(*files), "PHP mail log", mostPhpLogs, m_puller.scope().fileLimit);
}

base::Result<void> Survey::newPrograms()
{
    const auto now = m_puller.bundle().clock.server.value_or(m_puller.scope().now());
    const auto listed
        = m_puller.run(recipes::newPrograms, {std::format("@{}", secondsOf(now - programsReach))});
    if (!listed)
        return std::unexpected(listed.error());
    return *listed ? m_puller.keepOutput(recipes::newPrograms, **listed) : base::Result<void>();
}

base::Result<void> Survey::webLogs()
{
    auto files = list(recipes::webLogs, {}, &recipes::manyWebLogs);
    if (!files)
        return std::unexpected(files.error());
    // Webmail's log is no site's, but tells who sent through it.
    std::erase_if(*files, [](const ListedFile& file) {
        return !webLogDomain(file.path) && !readLogName(file.path).stem.starts_with("webmail_access");
    });
    return pullNewest(std::move(*files), "web log", mostWebLogs, mostWebBytes);
}

base::Result<void> Survey::pullNewest(
    std::vector<ListedFile> files, std::string_view kind, std::size_t mostFiles, std::uint64_t mostBytes)
{
    const auto from = usualSince();
    std::erase_if(files, [&](const ListedFile& file) {
        return file.stat.size == 0 || file.stat.modified < from || m_puller.has(file.path);
    });
    std::ranges::stable_sort(
        files, std::ranges::greater {}, [](const ListedFile& file) { return file.stat.modified; });
    m_puller.plan(std::min(files.size(), mostFiles));
    std::uint64_t bytes = 0;
    std::size_t count = 0, left = 0;
    for (const auto& file : files) {
        if (count >= mostFiles || file.stat.size > mostBytes - bytes) {
            ++left;
            continue;
        }
        bytes += file.stat.size;
        ++count;
        if (auto step = m_puller.file(file); !step)
            return std::unexpected(step.error());
    }
    if (left > 0)
        m_puller.warn(std::format(
            "{} of {} {}s were left on the server: too many or too large", left, files.size(), kind));
    return {};
}

} // namespace sluicegate::evidence

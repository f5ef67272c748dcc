// SPDX-License-Identifier: GPL-3.0-or-later
// What a pull asks for, and in which order: first what goes stale (clock, log, queue), then what explains it.
#pragma once

#include "models/evidence/maillogchoice.h"
#include "models/evidence/puller.h"
#include "models/evidence/queuesample.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::evidence {

class Survey {
public:
    explicit Survey(Puller& puller) : m_puller(puller) { }
    base::Result<void> run();

private:
    using Files = std::vector<ListedFile>;

    bool has(std::string_view program) const;
    std::optional<std::int64_t> since() const;
    std::int64_t usualSince() const;
    base::Result<void> simple(const recipes::Recipe& recipe);
    base::Result<Files> list(const recipes::Recipe& recipe, const std::vector<std::string>& arguments = {},
        const recipes::Recipe* forMany = nullptr);

    base::Result<void> clock();
    base::Result<void> programs();
    base::Result<void> mailLog();
    base::Result<void> pullMailLog(const std::vector<LogFamily>& families);
    base::Result<bool> mailInside(const LogFamily& family);
    base::Result<void> journal();
    base::Result<void> queue();
    base::Result<void> sample();
    std::set<std::string> noticedQueueIds();
    base::Result<void> keepMessage(const std::string& id, std::string_view bytes);
    base::Result<void> accounts();
    base::Result<void> settings();
    base::Result<void> phpLogs();
    base::Result<void> newPrograms();
    base::Result<void> webLogs();
    base::Result<void> pullNewest(
        Files files, std::string_view kind, std::size_t mostFiles, std::uint64_t mostBytes);

    Puller& m_puller;
    std::vector<std::string> m_programs;
    std::vector<Queued> m_queued;
    bool m_found = false; // a mail log, a queue or a mail server
};

} // namespace sluicegate::evidence

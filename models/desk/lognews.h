// SPDX-License-Identifier: GPL-3.0-or-later
// What a server's mail log got since the evidence was pulled, read bit by bit.
#pragma once

#include "models/evidence/news.h"
#include "models/maillog/growing.h"
#include "models/triage/analysis.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace sluicegate::desk {

class LogNews {
public:
    /// Begins where the bundle's log ends. Unsupported when there is none, or it was no server's.
    static base::Result<LogNews> behind(const triage::Analysis& analysis, std::stop_token stop);

    /// Reads on. Rotated: lines are gone that were never read. After a failure nothing was taken, and the
    /// next look reads the same again.
    base::Result<std::uint64_t> look(ssh::Server& server, std::stop_token stop);
    /// After Rotated: goes on with the log as it is now, from its begin.
    base::Result<void> startAnew(ssh::Server& server, std::stop_token stop);
    /// What was read so far. Null: nothing yet.
    std::shared_ptr<const maillog::History> history(base::Instant now);

private:
    explicit LogNews(std::stop_token stop) : m_stop(std::move(stop)) { }
    base::Result<evidence::News> readOn(ssh::Server& server, std::string& bytes, std::stop_token stop);
    base::Result<evidence::News> readWhole(ssh::Server& server, std::string& bytes, std::stop_token stop);
    base::Result<std::uint64_t> readJournal(ssh::Server& server, std::stop_token stop);
    base::Result<void> begin(std::string_view before);
    base::Result<void> take(std::string_view bytes);

    std::stop_token m_stop;
    evidence::LogPosition m_position;
    maillog::Options m_options;
    std::optional<std::string> m_journalSince; // the log is journald's: "@SECONDS"
    bool m_wholeOnly = false; // the server cannot send a part of a file
    std::string m_few; // all lines, while they are so few that they would wait for more
    std::unique_ptr<maillog::GrowingHistory> m_growing;
    std::shared_ptr<const maillog::History> m_journal;
};

} // namespace sluicegate::desk

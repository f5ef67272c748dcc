// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of clearing the queue, one after another over the same list of messages.
#pragma once

#include "models/containment/hand.h"
#include "models/containment/outcome.h"
#include "models/containment/progress.h"
#include "models/containment/queuelisting.h"
#include "models/containment/queuestate.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

namespace sluicegate::containment {

class Clearing {
public:
    Clearing(Hand& hand, MailServer server, const Selection& selection, const Report& report);
    Ending run();

private:
    struct Work {
        ItemOutcome about;
        Known known;
        queue::Place place = queue::Place::Unknown;
        bool present = false; // in the last listing, and the same message
        bool looked = false; // listed since it was given to the server to delete
        bool open() const { return about.outcome == Outcome::NotReached; }
    };
    using Works = std::vector<Work*>;

    base::Result<void> steps();
    base::Result<void> noteSelection();
    base::Result<void> look();
    void see(Work& work);
    void countKept();
    base::Result<void> settle();
    void settleAbsent();
    void settleCut();
    base::Result<void> holdAll();
    base::Result<void> holdRound(const Works& works);
    base::Result<void> releaseStrangers(const Works& works);
    base::Result<void> saveAll();
    void checkBackup(Work& work);
    base::Result<void> saveChunk(const Works& chunk);
    base::Result<void> saveOne(Work& work);
    base::Result<void> keep(std::span<Work* const> works, std::span<const std::string_view> bytes);
    base::Result<void> deleteAll();
    base::Result<void> deleteBatch(const Works& batch);
    base::Result<void> noteDeleted(const Works& works);
    base::Result<ssh::Output> tell(std::string_view script, const Works& works);

    Works pick(bool (*wanted)(const Work&));
    static std::vector<Row> rowsOf(const Works& works);
    void progress(Stage stage, std::uint64_t done, std::uint64_t of) const;

    Hand& m_hand;
    const Report& m_report;
    MailServer m_server;
    const QueueScripts& m_scripts;
    std::vector<Work> m_works;
    std::vector<Item> m_kept; // the others, as the first listing has them
    std::optional<QueueNow> m_queue; // the last listing
    std::set<base::QueueId> m_held; // on hold before we held anything
    std::string m_complaint; // what the server said last
    std::map<std::string, std::string, std::less<>> m_said; // about single messages
    Ending m_ending;
};

} // namespace sluicegate::containment

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/restorequeue.h"

#include "models/containment/queuelisting.h"
#include "models/containment/queuestate.h"
#include "models/containment/savedmessage.h"

#include <algorithm>
#include <format>

namespace sluicegate::containment {

namespace {

constexpr std::size_t releaseBatch = 5000;
constexpr std::size_t chunkSize = 20; // messages in doubt when the connection is cut
constexpr std::uint64_t chunkBytes = 8u << 20;

// For each message: "f" and the sender, the recipients, an empty line, the size, and that many bytes. A
// message goes to a file first: what a cut connection leaves half must not be sent.
constexpr std::string_view reinject
    = R"sh(umask 077; d=$(mktemp -d) || exit 75; trap "rm -rf \"$d\"" EXIT; )sh"
      R"sh(while IFS= read -r from; do set --; )sh"
      R"sh(while IFS= read -r to && [ -n "$to" ]; do set -- "$@" "$to"; done; )sh"
      R"sh(IFS= read -r size; head -c "$size" >"$d/m"; [ "$(wc -c <"$d/m")" -eq "$size" ] || exit 74; )sh"
      R"sh(sendmail -G -i -f "${from#f}" -- "$@" <"$d/m"; echo "$?"; done)sh";

bool isWanted(const Item& item, const Wanted& wanted)
{
    return (wanted.ids.empty() && wanted.again.empty()) || wanted.ids.contains(item.id.value)
        || wanted.again.contains(item.id.value);
}

bool isDeleted(const Known& known)
{
    return (known.deleting || known.deleted) && !known.sha256.empty() && !known.restored;
}

class Restoring {
public:
    Restoring(Hand& hand, const Wanted& wanted, const Report& report)
        : m_hand(hand), m_report(report), m_wanted(wanted)
    {
        for (auto& [item, known] : recall(hand.ledger()))
            if (isWanted(item, wanted) && (known.held || isDeleted(known) || known.restored))
                m_works.push_back({.about = {.item = item}, .known = known});
    }

    Ending run()
    {
        if (const auto done = steps(); !done)
            m_ending.interrupted = done.error();
        for (Work& work : m_works)
            m_ending.items.push_back(std::move(work.about));
        return std::move(m_ending);
    }

private:
    struct Work {
        ItemOutcome about;
        Known known;
    };
    using Works = std::vector<Work*>;

    base::Result<void> steps()
    {
        if (auto looked = look(); !looked)
            return looked;
        sortOut();
        return release().and_then([this] { return reinjectAll(); });
    }

    base::Result<void> look()
    {
        auto now = QueueNow::ask(m_hand);
        if (!now)
            return std::unexpected(now.error());
        m_queue = std::move(*now);
        return {};
    }

    // What needs nothing any more, and what nobody can know.
    void sortOut()
    {
        for (Work& work : m_works) {
            const queue::Entry* entry = m_queue->find(work.about.item);
            work.about.held = entry && entry->place == queue::Place::Hold;
            work.about.saved = !work.known.sha256.empty();
            if (entry && !(work.about.held && work.known.held))
                settle(work, Outcome::AlreadySo, "is in the queue");
            else if (entry)
                m_toRelease.push_back(&work);
            else if (work.known.restored)
                settle(work, Outcome::AlreadySo, "was restored before");
            else if (!isDeleted(work.known))
                settle(work, Outcome::AlreadySo, "left the queue by itself");
            else if (work.known.restoring && !m_wanted.again.contains(work.about.item.id.value))
                settle(work, Outcome::MustBeChecked, "a restore was cut: it may be back already");
            else
                m_toReinject.push_back(&work);
        }
    }

    static void settle(Work& work, Outcome outcome, std::string reason)
    {
        work.about.outcome = outcome;
        work.about.reason = std::move(reason);
    }

    static std::vector<Row> rowsOf(const Works& works)
    {
        std::vector<Row> rows;
        for (const Work* work : works)
            rows.push_back({work->about.item, work->known.sha256});
        return rows;
    }

    base::Result<void> release()
    {
        std::string complaints;
        for (std::size_t from = 0; from < m_toRelease.size(); from += releaseBatch) {
            const Works batch(m_toRelease.begin() + std::ptrdiff_t(from),
                m_toRelease.begin() + std::ptrdiff_t(std::min(from + releaseBatch, m_toRelease.size())));
            if (auto noted = noteRows(m_hand.ledger(), kinds::releasing, rowsOf(batch)); !noted)
                return noted;
            std::vector<base::QueueId> ids;
            for (const Work* work : batch)
                ids.push_back(work->about.item.id);
            const auto told = m_hand.run(onIds(scripts::release, ids));
            if (!told) {
                for (Work* work : batch)
                    settle(*work, Outcome::MustBeChecked, "the answer to the release did not come");
                return std::unexpected(told.error());
            }
            if (told->exitStatus != 0)
                complaints = complaint(*told);
        }
        if (m_toRelease.empty())
            return {};
        return look().and_then([&] { return seeReleased(complaints); });
    }

    base::Result<void> seeReleased(const std::string& complaints)
    {
        Works still;
        for (Work* work : m_toRelease) {
            const queue::Entry* entry = m_queue->find(work->about.item);
            work->about.held = entry && entry->place == queue::Place::Hold;
            settle(*work, work->about.held ? Outcome::Failed : Outcome::Done,
                work->about.held ? complaints : std::string());
            if (work->about.held)
                still.push_back(work);
        }
        return noteRows(m_hand.ledger(), kinds::holding, rowsOf(still)); // ours to release, still
    }

    base::Result<void> reinjectAll()
    {
        std::uint64_t done = 0;
        for (auto at = m_toReinject.begin(); at != m_toReinject.end();) {
            if (m_report)
                m_report({Stage::Reinject, done, m_toReinject.size()});
            Works chunk;
            std::string input;
            for (; at != m_toReinject.end() && chunk.size() < chunkSize && input.size() < chunkBytes;
                ++at, ++done)
                if (append(**at, input))
                    chunk.push_back(*at);
            if (auto sent = send(chunk, std::move(input)); !sent)
                return sent;
        }
        return {};
    }

    bool append(Work& work, std::string& input)
    {
        const auto bytes = m_hand.ledger().kept(work.known.sha256);
        const auto saved = bytes ? readSaved(*bytes) : std::nullopt;
        if (!saved || !isCopyOf(*saved, work.about.item)) {
            work.about.saved = false;
            settle(work, Outcome::Failed, bytes ? "the copy in the case is not whole" : bytes.error().detail);
            return false;
        }
        if (saved->recipients.empty()) {
            settle(work, Outcome::AlreadySo, "all its recipients had it");
            return false;
        }
        input.append("f").append(saved->sender).append("\n");
        for (const std::string& to : saved->recipients)
            input.append(to).append("\n");
        input.append(std::format("\n{}\n", saved->content.size())).append(saved->content);
        return true;
    }

    base::Result<void> send(const Works& chunk, std::string input)
    {
        if (chunk.empty())
            return {};
        if (m_hand.stopped())
            return base::fail(base::FailureKind::Cancelled, "sendmail");
        if (auto noted = noteRows(m_hand.ledger(), kinds::restoring, rowsOf(chunk)); !noted)
            return noted;
        const auto told = m_hand.run({.script = std::string(reinject),
            .arguments = {},
            .input = std::move(input),
            .privilege = ssh::Privilege::Root,
            .timeout = std::chrono::minutes(5)});
        if (!told) {
            for (Work* work : chunk)
                settle(*work, Outcome::MustBeChecked, "the answer did not come: it may be back already");
            return std::unexpected(told.error());
        }
        return seeSent(chunk, *told);
    }

    // One exit status a line, in order. Behind an early end nothing was sent.
    base::Result<void> seeSent(const Works& chunk, const ssh::Output& told)
    {
        Works sent, refused;
        std::string_view rest = told.out;
        for (Work* work : chunk) {
            const auto end = rest.find('\n');
            const auto status = rest.substr(0, end);
            rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
            (status == "0" ? sent : refused).push_back(work);
            settle(*work, status == "0" ? Outcome::Done : Outcome::Failed,
                status == "0" ? std::string() : complaint(told));
        }
        auto noted = noteRows(m_hand.ledger(), kinds::restored, rowsOf(sent)).and_then([&] {
            return noteRows(m_hand.ledger(), kinds::notRestored, rowsOf(refused));
        });
        if (noted && told.exitStatus != 0) // the next ones would fare no better
            return std::unexpected(
                failureOf({.script = std::string(reinject), .arguments = {}, .input = {}}, told));
        return noted;
    }

    Hand& m_hand;
    const Report& m_report;
    const Wanted& m_wanted;
    std::vector<Work> m_works;
    Works m_toRelease;
    Works m_toReinject;
    std::optional<QueueNow> m_queue;
    Ending m_ending;
};

} // namespace

Plan planRestore(const Ledger& ledger, const Wanted& wanted)
{
    Plan plan {.action = ActionId::RestoreQueue};
    std::string held;
    std::uint64_t toRelease = 0, toReinject = 0;
    for (const auto& [item, known] : recall(ledger)) {
        if (!isWanted(item, wanted))
            continue;
        if (isDeleted(known)) {
            ++toReinject;
            plan.selection.items.push_back(item);
            plan.selection.bytes += item.size;
        } else if (known.held && !known.deleted) {
            held += toRelease++ < 3 ? item.id.value + '\n' : std::string();
            plan.selection.items.push_back(item);
        }
    }
    if (toRelease > 0)
        plan.commands.push_back({.stage = Stage::Release,
            .script = std::string(scripts::release),
            .input = held,
            .lines = toRelease});
    if (toReinject > 0)
        plan.commands.push_back(
            {.stage = Stage::Reinject, .script = std::string(reinject), .lines = toReinject});
    plan.effects = {Remark::RecipientsServedStay, Remark::RestoredLeavesAtOnce};
    plan.cannotBeUndone
        = {Remark::RestoredGetsNewId, Remark::RestoredGetsReceivedLine, Remark::RestoredLosesLogin};
    return plan;
}

Ending restoreQueue(Hand& hand, const Wanted& wanted, const Report& report)
{
    return Restoring(hand, wanted, report).run();
}

} // namespace sluicegate::containment

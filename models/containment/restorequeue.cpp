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

// The ids, an empty line, the size of the archive, and the archive: each message is back with its last file,
// as it was saved, so frozen. What a cut connection leaves half is not there at all.
constexpr std::string_view putBack
    = R"sh(umask 077; s=$(exim -bP spool_directory) && s=${s#*= } && d=$(mktemp -d "$s/restore.XXXXXX") || exit 75; )sh"
      R"sh(trap "rm -rf \"$d\"" EXIT; set --; while IFS= read -r i && [ -n "$i" ]; do set -- "$@" "$i"; done; )sh"
      R"sh(IFS= read -r size; head -c "$size" >"$d/t"; [ "$(wc -c <"$d/t")" -eq "$size" ] || exit 74; )sh"
      R"sh(mkdir "$d/x" && tar -xpf "$d/t" -C "$d/x" || exit 74; for i do c=${i%"${i#??????}"}; c=${c#?????}; )sh"
      R"sh([ -f "$d/x/$c/$i-H" ] || c=.; from=$d/x/$c to=$s/input/$c; [ -d "$to" ] || to=$s/input; )sh"
      R"sh([ ! -e "$to/$i-H" ] && mv "$from/$i-D" "$to/" && { [ ! -f "$from/$i-J" ] || mv "$from/$i-J" "$to/"; } )sh"
      R"sh(&& mv "$from/$i-H" "$to/"; echo "$?"; done)sh";

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
    Restoring(Hand& hand, MailServer server, const Wanted& wanted, const Report& report)
        : m_hand(hand), m_report(report), m_wanted(wanted), m_server(server)
    {
        for (auto& [item, known] : recall(hand.ledger()))
            if (mailServerOf(item.id) == server && isWanted(item, wanted)
                && (known.held || isDeleted(known) || known.restored))
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
        if (m_server == MailServer::Exim)
            return reinjectAll().and_then([this] { return seeFrozen(); }).and_then([this] {
                return release();
            });
        return release().and_then([this] { return reinjectAll(); });
    }

    // What came back as we had frozen it waits for its release.
    base::Result<void> seeFrozen()
    {
        if (m_toReinject.empty())
            return {};
        auto looked = look();
        for (Work* work : m_toReinject) {
            const queue::Entry* entry = m_queue->find(work->about.item);
            work->about.held = looked && entry && entry->place == queue::Place::Hold;
            if (work->about.held && work->known.held && work->about.outcome == Outcome::Done)
                m_toRelease.push_back(work);
        }
        return looked;
    }

    base::Result<void> look()
    {
        auto now = QueueNow::ask(m_hand, m_server);
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
            const auto told = m_hand.run(onIds(scriptsOf(m_server).release, ids));
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
                if (m_server == MailServer::Exim ? appendFiles(**at, input) : append(**at, input))
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

    bool appendFiles(Work& work, std::string& input)
    {
        const auto bytes = m_hand.ledger().kept(work.known.sha256);
        const bool good = bytes && judgeCopy(m_server, *bytes, work.about.item) == Copy::Good;
        work.about.saved = good;
        if (good)
            input.append(*bytes);
        else
            settle(work, Outcome::Failed, bytes ? "the copy in the case is not whole" : bytes.error().detail);
        return good;
    }

    std::string_view script() const { return m_server == MailServer::Exim ? putBack : reinject; }

    base::Result<void> send(const Works& chunk, std::string input)
    {
        if (chunk.empty())
            return {};
        if (m_server == MailServer::Exim) {
            std::string names;
            for (const Work* work : chunk)
                names.append(work->about.item.id.value).append("\n");
            input.insert(0, std::format("{}\n{}\n", names, input.size()));
        }
        if (m_hand.stopped())
            return base::fail(base::FailureKind::Cancelled, std::string(script()));
        if (auto noted = noteRows(m_hand.ledger(), kinds::restoring, rowsOf(chunk)); !noted)
            return noted;
        const auto told = m_hand.run({.script = std::string(script()),
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
                failureOf({.script = std::string(script()), .arguments = {}, .input = {}}, told));
        return noted;
    }

    Hand& m_hand;
    const Report& m_report;
    const Wanted& m_wanted;
    MailServer m_server;
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
    plan.effects = {Remark::RecipientsServedStay, Remark::RestoredLeavesAtOnce};
    for (const MailServer server : {MailServer::Postfix, MailServer::Exim}) {
        std::string held;
        std::uint64_t toRelease = 0, toReinject = 0;
        for (const auto& [item, known] : recall(ledger)) {
            if (mailServerOf(item.id) != server || !isWanted(item, wanted))
                continue;
            const bool back = isDeleted(known);
            // Postfix's come back under other ids; Exim's under their own, frozen until they are released.
            const bool isOther = known.restored && server == MailServer::Postfix;
            if (!back && (!known.held || known.deleted || isOther))
                continue;
            held += !back && toRelease++ < 3 ? item.id.value + '\n' : std::string();
            toReinject += back ? 1 : 0;
            plan.selection.items.push_back(item);
            plan.selection.bytes += back ? item.size : 0;
        }
        if (toRelease > 0)
            plan.commands.push_back({.stage = Stage::Release,
                .script = std::string(scriptsOf(server).release),
                .input = held,
                .lines = toRelease});
        if (toReinject > 0)
            plan.commands.push_back({.stage = Stage::Reinject,
                .script = std::string(server == MailServer::Exim ? putBack : reinject),
                .lines = toReinject});
        if (toReinject > 0 && server == MailServer::Exim) // it comes back as it was saved: frozen
            plan.commands.push_back({.stage = Stage::Release,
                .script = std::string(scriptsOf(server).release),
                .lines = toReinject});
        if (toRelease + toReinject > 0 || server == MailServer::Postfix)
            plan.cannotBeUndone = limitsOfRestore(server);
    }
    std::erase(plan.cannotBeUndone, Remark::RestoredLeavesAtOnce); // told as an effect
    return plan;
}

std::vector<Remark> limitsOfRestore(MailServer server)
{
    if (server == MailServer::Exim)
        return {Remark::RestoredIsTheSame, Remark::RestoredLeavesAtOnce};
    return {Remark::RestoredGetsNewId, Remark::RestoredGetsReceivedLine, Remark::RestoredLosesLogin,
        Remark::RestoredLeavesAtOnce};
}

// One case is of one server; should it have changed its mail server, each gets back what it had.
Ending restoreQueue(Hand& hand, const Wanted& wanted, const Report& report)
{
    std::set<MailServer> servers;
    for (const auto& [item, known] : recall(hand.ledger()))
        servers.insert(mailServerOf(item.id));
    Ending all;
    for (const MailServer server : servers) {
        Ending one = Restoring(hand, server, wanted, report).run();
        std::ranges::move(one.items, std::back_inserter(all.items));
        if (one.interrupted)
            all.interrupted = std::move(one.interrupted);
    }
    return all;
}

} // namespace sluicegate::containment

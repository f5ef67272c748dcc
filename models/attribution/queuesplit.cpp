// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/queuesplit.h"

#include "models/attribution/network.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace sluicegate::attribution {

namespace {

using std::chrono::minutes;

constexpr std::size_t nobody = ~std::size_t {};

// Lawful and unproven mail stays, whoever complained.
bool mayLose(const Accused& accused)
{
    const Suspect& suspect = accused.suspect;
    if (suspect.cause == Cause::LegitimateBulk || suspect.cause == Cause::SystemMail
        || suspect.confidence == Confidence::Insufficient)
        return false;
    return suspect.cause != Cause::Forwarding || accused.scene->noticedCount > 0;
}

class Splitter {
public:
    Splitter(const Background& background, const std::vector<Accused>& accused)
        : m_background(background), m_accused(accused)
    {
        const maillog::History& log = *background.facts.log;
        m_owner.assign(log.size(), nobody);
        const auto own = [this](std::uint32_t journey, std::size_t owner) {
            if (m_owner[journey] == nobody)
                m_owner[journey] = owner;
        };
        for (std::size_t i = 0; i < accused.size(); ++i) {
            if (!mayLose(accused[i]))
                continue;
            for (const std::uint32_t journey : accused[i].suspect.journeys) {
                own(journey, i);
                // Behind a content filter the message waits under its second queue id.
                for (std::uint32_t next = background.sources.onward[journey]; next != 0;
                    next = background.sources.onward[next])
                    own(next, i);
            }
            for (const Row& row : accused[i].scene->rows)
                if (row.doubt != Doubt::None) {
                    m_doubts.emplace(row.journey, row.doubt);
                    for (std::uint32_t next = background.sources.onward[row.journey]; next != 0;
                        next = background.sources.onward[next])
                        m_doubts.emplace(next, row.doubt);
                }
            for (const std::uint32_t bounce : accused[i].scene->origin.bounces)
                if (const auto parent = log.journey(bounce).parent(); parent && m_owner[*parent] != nobody)
                    own(bounce, i);
        }
        collectSenders();
    }

    Doubt doubtOf(const queue::Entry& entry) const
    {
        const auto journey = lifeOf(*m_background.facts.log, entry);
        const auto found = journey ? m_doubts.find(*journey) : m_doubts.end();
        return found == m_doubts.end() ? Doubt::None : found->second;
    }

    std::size_t ownerOf(const queue::Entry& entry) const
    {
        if (const auto journey = lifeOf(*m_background.facts.log, entry)) {
            if (m_owner[*journey] != nobody)
                return m_owner[*journey];
            if (m_background.sources.ofJourney[*journey] != noSource)
                return nobody; // known, and not spam
        }
        if (const std::size_t owner = fromQueueFile(entry); owner != nobody)
            return owner;
        const auto sender = m_senders.find(lowered(entry.sender));
        if (sender == m_senders.end() || sender->second == nobody
            || m_background.facts.queued.contains(entry.id.value)
            || !isWithin(m_accused[sender->second].suspect, entry.arrival))
            return nobody;
        return sender->second;
    }

private:
    static bool isWithin(const Suspect& suspect, base::Instant arrival)
    {
        return arrival >= *suspect.first - minutes(1) && arrival <= *suspect.last + std::chrono::hours(24);
    }

    // Envelope senders that only the spam had and that are not the login's own: enough for an entry whose
    // lines are not in the log.
    void collectSenders()
    {
        constexpr std::size_t unseen = nobody - 1;
        for (const queue::Entry& entry : m_background.facts.queue)
            m_senders.emplace(lowered(entry.sender), unseen);
        if (m_senders.empty())
            return;
        for (std::size_t i = 0; i < m_accused.size(); ++i) {
            const Scene& scene = *m_accused[i].scene;
            for (const Row& row : scene.rows) {
                if (scene.sender(row).empty())
                    continue;
                const bool tells = row.isListed() && row.foreign && mayLose(m_accused[i]);
                const auto at = m_senders.find(lowered(scene.sender(row)));
                if (at == m_senders.end())
                    continue;
                if (at->second == unseen)
                    at->second = tells ? i : nobody;
                else if (!tells || at->second != i)
                    at->second = nobody;
            }
        }
        std::erase_if(m_senders, [](const auto& sender) { return sender.second == unseen; });
        for (auto& [sender, owner] : m_senders)
            if (std::ranges::binary_search(m_background.facts.localDomains, domainOf(sender), std::less<> {}))
                owner = nobody; // spam in a neighbour's name: the neighbour writes, too
    }

    // The queue file knows login and uid even when the log does not reach back.
    std::size_t fromQueueFile(const queue::Entry& entry) const
    {
        const auto queued = m_background.facts.queued.find(entry.id.value);
        if (queued == m_background.facts.queued.end())
            return nobody;
        const message::Origin& origin = queued->second.inspection.origin;
        for (std::size_t i = 0; i < m_accused.size(); ++i) {
            const Suspect& suspect = m_accused[i].suspect;
            if (!mayLose(m_accused[i]) || !isWithin(suspect, entry.arrival))
                continue;
            const Origin& source = m_accused[i].scene->origin;
            if (source.path == Path::Login && !origin.authUser.empty()
                && lowered(origin.authUser) == source.name
                && std::ranges::contains(suspect.clients, origin.ip))
                return i;
            // A form also writes what people ask for.
            if (source.path == Path::Pickup && origin.uid == source.uid && origin.uid
                && suspect.cause != Cause::WebsiteForm && isScriptOf(suspect, origin))
                return i;
        }
        return nobody;
    }

    static bool isScriptOf(const Suspect& suspect, const message::Origin& origin)
    {
        const std::string_view script = suspect.source.script;
        const std::string_view name = script.substr(script.rfind('/') + 1);
        return !name.empty() && origin.script.starts_with(name);
    }

    const Background& m_background;
    const std::vector<Accused>& m_accused;
    std::vector<std::size_t> m_owner; // by journey
    std::unordered_map<std::uint32_t, Doubt> m_doubts; // by journey
    std::unordered_map<std::string, std::size_t> m_senders;
};

} // namespace

std::optional<std::uint32_t> lifeOf(const maillog::History& log, const queue::Entry& entry)
{
    const auto lives = log.findQueueId(entry.id.value);
    if (lives.empty())
        return {};
    const maillog::Journey last = log.journey(lives.back());
    if (last.removed() && *last.removed() < entry.arrival)
        return {};
    // Another message than the log knows: it has another sender, or came after the log's last line of it,
    // be the zone of the log's clock known or not.
    const bool other = last.hasSender() && lowered(last.sender()) != lowered(entry.sender);
    if (other || entry.arrival > last.last() + std::chrono::hours(15))
        return {};
    return lives.back();
}

void splitQueue(const Background& background, std::vector<Accused>& accused, Verdict& verdict)
{
    if (background.facts.queue.empty())
        return;
    const Splitter splitter(background, accused);
    for (const queue::Entry& entry : background.facts.queue) {
        const std::size_t owner = splitter.ownerOf(entry);
        if (owner == nobody) {
            verdict.keepQueue.push_back(entry.id);
            if (const Doubt doubt = splitter.doubtOf(entry); doubt != Doubt::None)
                verdict.undecidedQueue.push_back({entry.id, doubt});
            continue;
        }
        verdict.suspectQueue.push_back(entry.id);
        accused[owner].suspect.queueIds.push_back(entry.id);
    }
}

} // namespace sluicegate::attribution

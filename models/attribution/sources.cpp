// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/sources.h"

#include "models/attribution/network.h"

#include <algorithm>
#include <unordered_map>

namespace sluicegate::attribution {

namespace {

using maillog::Entry;
using maillog::Journey;

bool isLocalDomain(std::string_view domain, const Facts& facts)
{
    return std::ranges::binary_search(facts.localDomains, domain, std::less<> {});
}

// "vacation" and filters of mailbox users hand in the null sender through sendmail: still their uid's.
class Finder {
public:
    Finder(const Facts& facts, std::stop_token stop) : m_facts(facts), m_log(*facts.log), m_stop(stop) { }

    Sources run()
    {
        m_sources.ofJourney.assign(m_log.size(), noSource);
        m_sources.onward.assign(m_log.size(), 0);
        for (std::uint32_t i = 0; i < m_log.size(); ++i) {
            if (i % 4096 == 0 && m_stop.stop_requested())
                break;
            place(m_log.journey(i));
        }
        placeUnclear();
        return std::move(m_sources);
    }

private:
    void place(const Journey& journey)
    {
        switch (journey.entry()) {
        case Entry::Authenticated:
            return add(journey.index(), login(journey));
        case Entry::Pickup:
            if (const auto source = inherited(journey); source != noSource)
                return add(journey.index(), source); // requeued by postsuper -r: picked up by uid postfix
            return add(journey.index(), submitter(journey));
        case Entry::LocalSmtp:
            return placeLocalSmtp(journey);
        case Entry::Relayed:
            return placeRelayed(journey);
        case Entry::Bounce:
            return placeBounce(journey);
        case Entry::Unknown:
            return placeUnknown(journey);
        }
    }

    void add(std::uint32_t journey, std::uint32_t source)
    {
        m_sources.all[source].journeys.push_back(journey);
        m_sources.ofJourney[journey] = source;
    }

    std::uint32_t inherited(const Journey& journey) const
    {
        const auto parent = journey.parent();
        return parent && *parent < m_log.size() ? m_sources.ofJourney[*parent] : noSource;
    }

    // A content filter hands the message back over SMTP from this host: a second queue id with the same
    // Message-ID. It is the first one's message, counted once.
    bool isOnward(const Journey& journey)
    {
        if (journey.messageId().empty())
            return false;
        if (const auto known = m_repeated.find(journey.messageId()); known != m_repeated.end())
            return isOnwardOf(journey, known->second);
        SameId same {m_log.findMessageId(journey.messageId())};
        const bool found = isOnwardOf(journey, same);
        if (same.journeys.size() > 16) // a tool that gives all its messages one id
            m_repeated.emplace(journey.messageId(), std::move(same));
        return found;
    }

    // Journeys of one Message-ID; those before `next` are taken or too old for every later one.
    struct SameId {
        std::vector<std::uint32_t> journeys;
        std::size_t next = 0;
    };

    bool isOnwardOf(const Journey& journey, SameId& same)
    {
        for (; same.next < same.journeys.size() && same.journeys[same.next] < journey.index(); ++same.next) {
            const std::uint32_t other = same.journeys[same.next];
            const Journey before = m_log.journey(other);
            if (m_sources.onward[other] != 0 || before.entry() == Entry::Bounce
                || journey.first() - before.first() > std::chrono::hours(6))
                continue;
            m_sources.onward[other] = journey.index();
            m_sources.ofJourney[journey.index()] = m_sources.ofJourney[other];
            return true;
        }
        return false;
    }

    void placeLocalSmtp(const Journey& journey)
    {
        if (!isOnward(journey)) // cPanel's Exim asks the kernel which user has connected from here
            add(journey.index(),
                journey.uid() ? user(*journey.uid()) : named(Path::LocalSmtp, journey.clientIp()));
    }

    void placeRelayed(const Journey& journey)
    {
        if (!journey.mayHaveLeft())
            return;
        for (const maillog::Attempt& attempt : journey.attempts()) {
            if (!leavesServer(attempt, m_facts))
                continue;
            // orig_to= says that an alias or forward of this server changed the recipient.
            if (!attempt.origTo.empty() && attempt.origTo != attempt.to)
                return add(journey.index(), named(Path::Forward, attempt.origTo));
            return add(journey.index(), named(Path::Relay, journey.clientIp()));
        }
    }

    void placeBounce(const Journey& journey)
    {
        const auto parent = journey.parent();
        if (const auto source = inherited(journey); source != noSource) {
            m_sources.all[source].bounces.push_back(journey.index());
            m_sources.ofJourney[journey.index()] = source;
            return;
        }
        if (!journey.mayHaveLeft())
            return;
        for (const maillog::Attempt& attempt : journey.attempts())
            if (leavesServer(attempt, m_facts))
                return add(journey.index(), named(Path::Backscatter, parent ? refusedDomain(*parent) : ""));
    }

    // The domain here whose unknown or full mailbox made this server answer a foreign sender.
    std::string_view refusedDomain(std::uint32_t parent) const
    {
        for (const maillog::Attempt& attempt : m_log.journey(parent).attempts())
            if (attempt.status != maillog::Status::Sent)
                return domainOf(attempt.origTo.empty() ? attempt.to : attempt.origTo);
        return {};
    }

    void placeUnknown(const Journey& journey)
    {
        if (const auto parent = journey.parent()) {
            if (const auto source = inherited(journey); source != noSource)
                return add(journey.index(), source);
            return placeForwarded(journey, *parent);
        }
        if (const auto source = fromQueue(journey); source != noSource)
            return add(journey.index(), source);
        if (journey.hasSender())
            m_unclear.push_back(journey.index());
    }

    // local(8) "forwarded as QID": incoming mail that a mailbox here sends on.
    void placeForwarded(const Journey& journey, std::uint32_t parent)
    {
        if (!journey.mayHaveLeft())
            return;
        for (const maillog::Attempt& attempt : journey.attempts())
            if (leavesServer(attempt, m_facts))
                return add(journey.index(), named(Path::Forward, forwarder(attempt, parent)));
    }

    std::string_view forwarder(const maillog::Attempt& attempt, std::uint32_t parent) const
    {
        if (!attempt.origTo.empty())
            return attempt.origTo;
        std::string_view any;
        for (const maillog::Attempt& local : m_log.journey(parent).attempts()) {
            any = local.origTo.empty() ? local.to : local.origTo;
            if (local.response.find("forwarded as") != std::string_view::npos)
                return any;
        }
        return any;
    }

    // The log's beginning was cut off, or rotated away: the queue file still knows who handed it in.
    std::uint32_t fromQueue(const Journey& journey)
    {
        const auto queued = m_facts.queued.find(std::string(journey.queueId()));
        if (queued == m_facts.queued.end())
            return noSource;
        const message::Origin& origin = queued->second.inspection.origin;
        if (!origin.authUser.empty())
            return named(Path::Login, origin.authUser);
        return origin.uid ? user(*origin.uid) : noSource;
    }

    // What is left has a sender only. It joins the one login that used the same envelope sender; two logins
    // with the same sender leave it unclear.
    void placeUnclear()
    {
        if (m_unclear.empty())
            return;
        std::unordered_map<std::string, std::uint32_t> owners;
        const auto known = static_cast<std::uint32_t>(m_sources.all.size());
        for (std::uint32_t source = 0; source < known; ++source)
            for (const std::uint32_t journey : m_sources.all[source].journeys)
                if (const auto sender = m_log.journey(journey).sender(); !sender.empty()) {
                    const auto [at, isNew] = owners.try_emplace(lowered(sender), source);
                    if (!isNew && at->second != source)
                        at->second = noSource;
                }
        for (const std::uint32_t index : m_unclear) {
            const Journey journey = m_log.journey(index);
            const auto owner = owners.find(lowered(journey.sender()));
            if (owner != owners.end() && owner->second != noSource)
                add(index, owner->second);
            else if (hasOutside(journey))
                add(index, named(Path::Unclear, journey.sender()));
        }
    }

    bool hasOutside(const Journey& journey) const
    {
        return journey.mayHaveLeft()
            && std::ranges::any_of(
                journey.attempts(), [this](const maillog::Attempt& a) { return leavesServer(a, m_facts); });
    }

    std::uint32_t login(const Journey& journey)
    {
        const std::uint32_t number = journey.saslUsernameNumber();
        if (number >= m_byLogin.size())
            m_byLogin.resize(number + 1, noSource);
        if (m_byLogin[number] == noSource)
            m_byLogin[number] = named(Path::Login, journey.saslUsername());
        return m_byLogin[number];
    }

    // Exim names the user, the others tell the uid.
    std::uint32_t submitter(const Journey& journey)
    {
        const std::string_view name = journey.localUser();
        if (journey.uid() || name.empty() || name == "root")
            return user(journey.uid().value_or(0));
        const hosting::Account* account = m_facts.hosting.byUser(name);
        return account != nullptr ? user(account->uid) : named(Path::Pickup, name);
    }

    std::uint32_t user(std::uint32_t uid)
    {
        const auto [at, isNew] = m_byUid.try_emplace(uid, static_cast<std::uint32_t>(m_sources.all.size()));
        if (isNew) {
            m_sources.all.push_back({.path = Path::Pickup, .uid = uid});
            if (const hosting::Account* account = m_facts.hosting.byUid(uid))
                m_sources.all.back().name = account->user;
        }
        return at->second;
    }

    std::uint32_t named(Path path, std::string_view name)
    {
        std::string key = lowered(name);
        key += static_cast<char>(path);
        const auto [at, isNew] = m_byName.try_emplace(key, static_cast<std::uint32_t>(m_sources.all.size()));
        if (isNew) {
            key.pop_back();
            m_sources.all.push_back({.path = path, .name = key});
        }
        return at->second;
    }

    const Facts& m_facts;
    const maillog::History& m_log;
    std::stop_token m_stop;
    Sources m_sources;
    std::unordered_map<std::string, std::uint32_t> m_byName;
    std::unordered_map<std::uint32_t, std::uint32_t> m_byUid;
    std::unordered_map<std::string_view, SameId> m_repeated; // by Message-ID
    std::vector<std::uint32_t> m_unclear;
    std::vector<std::uint32_t> m_byLogin; // by number of the name
};

} // namespace

bool leavesServer(const maillog::Attempt& attempt, const Facts& facts)
{
    const std::string_view address = relayAddress(attempt.relay);
    if (address.empty()) // "local", "virtual", ...; "none" is smtp or error without a connection
        return (attempt.relay == "none" || attempt.relay.empty())
            && !isLocalDomain(domainOf(attempt.to), facts);
    const bool isAddress
        = address.find(':') != std::string_view::npos || (address.front() >= '0' && address.front() <= '9');
    return isAddress && !isLoopback(address); // not private/dovecot-lmtp, and not a content filter here
}

Sources findSources(const Facts& facts, std::stop_token stop)
{
    return Finder(facts, stop).run();
}

} // namespace sluicegate::attribution

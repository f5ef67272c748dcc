// SPDX-License-Identifier: GPL-3.0-or-later
// The journey's part that counts recipients.
#include "models/maillog/store.h"

#include <array>
#include <optional>
#include <span>
#include <unordered_map>

namespace sluicegate::maillog {

namespace {

void count(Outcome& outcome, Status status)
{
    ++outcome.recipients;
    switch (status) {
    case Status::Sent:
        ++outcome.sent;
        break;
    case Status::Deferred:
        ++outcome.deferred;
        break;
    case Status::Bounced:
    case Status::Expired:
    case Status::Undeliverable:
        ++outcome.bounced;
        break;
    case Status::Rejected:
        ++outcome.rejected;
        break;
    case Status::Deliverable:
    case Status::Unknown:
        break;
    }
}

std::string_view recipientOf(const Store& store, const Link& link)
{
    return readAttempt(store.textAt(link)).to;
}

/// The last attempt for each recipient of a message that has few of them, told apart by the hashes.
class LastAttempts {
public:
    explicit LastAttempts(const Store& store) : m_store(store) { }

    /// False if there are too many, or the address was not looked at.
    bool see(const Link& link)
    {
        for (const Link*& known : std::span(m_known).first(m_count))
            if (known->recipient == link.recipient
                && recipientOf(m_store, *known) == recipientOf(m_store, link)) {
                known = &link;
                return true;
            }
        if (m_count == m_known.size() || link.recipient == 0)
            return false;
        m_known[m_count++] = &link;
        return true;
    }

    Outcome outcome() const
    {
        Outcome outcome;
        for (const Link* link : std::span(m_known).first(m_count))
            count(outcome, link->status);
        return outcome;
    }

private:
    const Store& m_store;
    std::array<const Link*, 32> m_known;
    std::size_t m_count = 0;
};

std::optional<Outcome> fromHashes(const Store& store, const Life& life)
{
    LastAttempts last(store);
    for (std::uint32_t at = life.head; at != UINT32_MAX; at = store.links[at].next)
        if (const Link& link = store.links[at]; link.kind == Kind::Attempt && !last.see(link))
            return {};
    return last.outcome();
}

} // namespace

Outcome Journey::outcome() const
{
    if (const auto outcome = fromHashes(store(), life()))
        return *outcome;
    std::unordered_map<std::string_view, Status> last;
    for (const Attempt& attempt : attempts())
        last[attempt.to] = attempt.status;
    Outcome outcome;
    for (const auto& [recipient, status] : last)
        count(outcome, status);
    return outcome;
}

bool Journey::mayHaveLeft() const
{
    return life().daemon != Daemon::Postfix || life().has(Life::MayHaveLeft);
}

} // namespace sluicegate::maillog

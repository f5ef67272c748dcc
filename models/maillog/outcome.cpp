// SPDX-License-Identifier: GPL-3.0-or-later
// The journey's part that counts recipients.
#include "models/maillog/store.h"

#include <unordered_map>
#include <utility>

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

// The earlier attempt for the same recipient, if there is one.
const Link* lastFor(const Store& store, const Life& life, const Link& link)
{
    const Link* last = nullptr;
    for (std::uint32_t at = life.head; at != UINT32_MAX; at = store.links[at].next) {
        const Link& known = store.links[at];
        if (&known != &link && known.kind == Kind::Attempt && known.recipient() == link.recipient())
            last = &known;
    }
    return last;
}

} // namespace

std::uint8_t& Life::recipientsNotSent(Status status)
{
    switch (status) {
    case Status::Deferred:
        return deferred;
    case Status::Bounced:
    case Status::Expired:
    case Status::Undeliverable:
        return bounced;
    case Status::Rejected:
        return rejected;
    default:
        return others;
    }
}

bool Store::countOnly(Life& life, const Link& attempt)
{
    const std::uint64_t recipient = attempt.recipient() | 1ull << 63;
    if (life.lines > fewLines || (life.seen != 0 && life.seen != recipient)) {
        life.seen = life.seen == 0 ? 0 : bitOf(life.seen);
        life.flags &= ~std::uint16_t(Life::OneRecipient);
        return false;
    }
    life.seen = recipient;
    life.flags |= Life::OneRecipient;
    life.sent = life.deferred = life.bounced = life.rejected = life.others = 0;
    ++life.recipientsWith(attempt.status);
    return true;
}

void Store::countAgain(Life& life, const Link& link) const
{
    if (life.lines > fewLines)
        life.flags |= Life::Uncounted;
    else if (const Link* last = lastFor(*this, life, link))
        --life.recipientsWith(last->status);
}

Outcome Journey::outcome() const
{
    const Life& known = life();
    if (known.daemon == Daemon::Postfix && !known.has(Life::Uncounted))
        return {.recipients
            = std::uint32_t(known.sent) + known.deferred + known.bounced + known.rejected + known.others,
            .sent = known.sent,
            .deferred = known.deferred,
            .bounced = known.bounced,
            .rejected = known.rejected};
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

void History::expect(std::uint32_t index) const
{
    const char* life = reinterpret_cast<const char*>(&std::as_const(m_store->lives)[index]);
    __builtin_prefetch(life);
    __builtin_prefetch(life + 64);
}

} // namespace sluicegate::maillog

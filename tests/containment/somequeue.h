// SPDX-License-Identifier: GPL-3.0-or-later
// A queue of invented mail, and the short way to clear and restore it in a test.
#pragma once

#include "tests/containment/fakequeue.h"

#include "models/containment/clearqueue.h"
#include "models/containment/restorequeue.h"

#include <QByteArray>

#include <algorithm>
#include <format>
#include <functional>

namespace sluicegate::support {

using namespace containment;

inline constexpr std::int64_t monday = 1795400000;

inline QueuedMail mail(std::string id, std::string sender, int number)
{
    return {.id = std::move(id),
        .place = "deferred",
        .arrival = monday + number,
        .sender = std::move(sender),
        .recipients = {std::format("to{}@accepting.test", number)},
        .content = std::format("Subject: number {}\n\nbody of {}\n", number, number)};
}

inline std::string idOf(char kind, int number)
{
    return std::format("{}{:07X}", kind, number);
}

inline bool isSpam(const QueuedMail& each)
{
    return each.id.starts_with('A');
}

/// Spam and good mail by turns, some of the spam being bounces, some of the good mail on hold.
inline void fill(FakeQueue& server, int spam, int good)
{
    for (int i = 0; i < std::max(spam, good); ++i) {
        if (i < spam)
            server.add(mail(idOf('A', i), i % 5 == 4 ? "" : "prize@bank.test", i));
        if (i < good) {
            server.add(mail(idOf('B', i), i % 2 ? "anna@shop.example" : "prize@bank.test", 1000 + i));
            if (i % 3 == 0)
                server.mails.back().place = "hold";
        }
    }
}

inline std::vector<base::QueueId> suspects(const FakeQueue& server)
{
    std::vector<base::QueueId> ids;
    for (const QueuedMail& each : server.mails)
        if (isSpam(each))
            ids.push_back({each.id});
    return ids;
}

inline Selection selectionOf(const FakeQueue& server, const Exclusions& exclusions = {})
{
    return select(queue::readJson(server.listing()).entries, suspects(server), exclusions);
}

inline std::vector<QueuedMail> goodOf(const FakeQueue& server)
{
    std::vector<QueuedMail> good;
    std::ranges::copy_if(server.mails, std::back_inserter(good), std::not_fn(isSpam));
    return good;
}

inline Ending clear(
    FakeQueue& server, MemoryLedger& ledger, const Selection& selection, std::stop_token stop = {})
{
    Hand hand(server, ledger, std::move(stop));
    return clearQueue(hand, selection);
}

inline Ending restore(FakeQueue& server, MemoryLedger& ledger, const Wanted& wanted = {})
{
    Hand hand(server, ledger, {});
    return restoreQueue(hand, wanted);
}

inline QByteArray shown(const Ending& ending)
{
    const Totals all = ending.totals();
    return QByteArray::fromStdString(std::format("done {} already {} failed {} check {} open {} held {}{}",
        all.done, all.alreadySo, all.failed, all.mustBeChecked, all.notReached, all.held,
        ending.interrupted ? " interrupted: " + std::string(base::name(ending.interrupted->kind)) : ""));
}

inline std::string reasonOf(const Ending& ending, std::string_view id)
{
    const auto at = std::ranges::find_if(
        ending.items, [id](const ItemOutcome& each) { return each.item.id.value == id; });
    return at == ending.items.end() ? "not there" : at->reason;
}

inline bool hasSaved(const MemoryLedger& ledger, const QueuedMail& mail)
{
    QueuedMail held = mail;
    held.place = "hold";
    return std::ranges::any_of(
        ledger.files, [&](const auto& each) { return each.second == FakeQueue::postcat(held); });
}

} // namespace sluicegate::support

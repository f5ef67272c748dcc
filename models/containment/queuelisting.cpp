// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/queuelisting.h"

#include <charconv>

namespace sluicegate::containment {

namespace {

constexpr auto patience = std::chrono::minutes(5); // 100 000 messages on a busy disk

ssh::Command asRoot(std::string_view script)
{
    return {.script = std::string(script),
        .arguments = {},
        .input = {},
        .privilege = ssh::Privilege::Root,
        .timeout = patience};
}

bool isTooOld(const ssh::Output& output)
{
    return output.exitStatus != 0 && (output.err.contains("invalid option") || output.err.contains("usage:"));
}

std::chrono::seconds zoneOf(std::string_view text)
{
    if (text.size() != 5 || (text[0] != '+' && text[0] != '-'))
        return {};
    int number = 0;
    std::from_chars(text.data() + 1, text.data() + text.size(), number);
    const auto east = std::chrono::hours(number / 100) + std::chrono::minutes(number % 100);
    return text[0] == '-' ? -east : east;
}

// A message that comes or goes at that moment cannot be read: the next look finds it there or gone.
base::Result<queue::Listing> askExim(Hand& hand)
{
    constexpr int looks = 3;
    base::Result<queue::Listing> listing;
    for (int look = 0; look < looks; ++look) {
        listing = hand.runWell(asRoot(scripts::eximList)).transform([](const ssh::Output& output) {
            return queue::readExim(output.out);
        });
        if (!listing || (listing->unreadable.empty() && listing->unparsedLines.empty()))
            break;
    }
    return listing;
}

base::Result<queue::Listing> askPlain(Hand& hand)
{
    const auto date = hand.runWell(asRoot(scripts::date));
    if (!date)
        return std::unexpected(date.error());
    std::int64_t seconds = 0;
    const std::string_view said = date->out;
    std::from_chars(said.data(), said.data() + said.size(), seconds);
    const auto blank = said.find(' ');
    if (seconds <= 0 || blank == said.npos)
        return base::fail(base::FailureKind::NotUnderstood, std::string(scripts::date), date->out);
    const auto output = hand.runWell(asRoot(scripts::listPlain));
    return output.transform([&](const ssh::Output& listing) {
        return queue::readPlain(
            listing.out, base::Instant(std::chrono::seconds(seconds)), zoneOf(said.substr(blank + 1, 5)));
    });
}

} // namespace

ssh::Command onIds(std::string_view script, const std::vector<base::QueueId>& ids)
{
    auto command = asRoot(script);
    for (const auto& id : ids)
        command.input += id.value + '\n';
    return command;
}

QueueNow::QueueNow(queue::Listing listing) : m_listing(std::move(listing))
{
    for (std::size_t i = 0; i < m_listing.entries.size(); ++i)
        m_places.emplace(m_listing.entries[i].id, i);
}

base::Result<QueueNow> QueueNow::ask(Hand& hand, MailServer server)
{
    if (server == MailServer::Exim)
        return askExim(hand).transform([](queue::Listing&& listing) { return QueueNow(std::move(listing)); });
    const auto command = asRoot(scripts::list);
    const auto output = hand.run(command);
    if (!output)
        return std::unexpected(output.error());
    if (isTooOld(*output))
        return askPlain(hand).transform([](queue::Listing&& old) { return QueueNow(std::move(old)); });
    if (output->exitStatus != 0 || !output->signal.empty())
        return std::unexpected(failureOf(command, *output));
    return QueueNow(queue::readJson(output->out));
}

const queue::Entry* QueueNow::byId(const base::QueueId& id) const
{
    const auto at = m_places.find(id);
    return at == m_places.end() ? nullptr : &m_listing.entries[at->second];
}

const queue::Entry* QueueNow::find(const Item& item) const
{
    const queue::Entry* entry = byId(item.id);
    return entry && isSame(item, *entry) ? entry : nullptr;
}

} // namespace sluicegate::containment

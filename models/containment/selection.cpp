// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/selection.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <unordered_set>

namespace sluicegate::containment {

namespace {

// One listing shows bytes that are no ASCII as question marks, another as they are.
std::string comparable(std::string_view sender)
{
    std::string text(sender);
    std::ranges::replace_if(text, [](char c) { return static_cast<signed char>(c) < 0; }, '?');
    return text;
}

bool names(const std::set<std::string>& listed, std::string_view address)
{
    const std::string lower = message::lowered(address);
    const auto at = lower.rfind('@');
    return listed.contains(lower) || (at != std::string::npos && listed.contains(lower.substr(at)));
}

bool isExcluded(const queue::Entry& entry, const Exclusions& exclusions)
{
    return exclusions.ids.contains(entry.id.value) || names(exclusions.senders, entry.sender)
        || std::ranges::any_of(entry.recipients,
            [&](const queue::Recipient& to) { return names(exclusions.recipients, to.address); });
}

std::set<std::string> lowered(const std::set<std::string>& all)
{
    std::set<std::string> result;
    for (const auto& each : all)
        result.insert(message::lowered(each));
    return result;
}

void add(Selection& selection, const queue::Entry& entry)
{
    selection.items.push_back(itemOf(entry));
    selection.bytes += entry.size;
    ++selection.places[entry.place];
}

void keep(Selection& selection, const queue::Entry& entry)
{
    constexpr std::size_t examples = 5;
    ++selection.kept;
    if (selection.keptExamples.size() < examples)
        selection.keptExamples.push_back(itemOf(entry));
}

} // namespace

Item itemOf(const queue::Entry& entry)
{
    return {entry.id, std::chrono::floor<std::chrono::seconds>(entry.arrival), entry.size,
        comparable(entry.sender)};
}

bool isSame(const Item& item, const queue::Entry& entry)
{
    return item == itemOf(entry);
}

bool isQueueId(std::string_view text)
{
    constexpr std::size_t shortest = 5, longest = 64;
    if (queue::isEximId(text))
        return true;
    return text.size() >= shortest && text.size() <= longest && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
}

Selection select(const std::vector<queue::Entry>& listing, const std::vector<base::QueueId>& suspects,
    const Exclusions& given)
{
    const Exclusions exclusions {given.ids, lowered(given.senders), lowered(given.recipients)};
    std::unordered_set<base::QueueId> wanted;
    Selection selection;
    for (const auto& id : suspects) {
        if (!isQueueId(id.value))
            ++selection.refused;
        else
            wanted.insert(id);
    }
    for (const queue::Entry& entry : listing) {
        if (wanted.erase(entry.id) == 0) {
            keep(selection, entry);
        } else if (isExcluded(entry, exclusions)) {
            ++selection.excluded;
            keep(selection, entry);
        } else {
            add(selection, entry);
        }
    }
    selection.absent = wanted.size();
    return selection;
}

} // namespace sluicegate::containment

// SPDX-License-Identifier: GPL-3.0-or-later
// postqueue -j: one JSON object a line.
#include "models/queue/collect.h"

#include <simdjson.h>

#include <algorithm>

namespace sluicegate::queue {

namespace {

using simdjson::ondemand::object;
using simdjson::ondemand::parser;
using simdjson::ondemand::value;

constexpr std::size_t deepest = 16;

Place placeOf(std::string_view name)
{
    constexpr std::pair<std::string_view, Place> places[]
        = {{"active", Place::Active}, {"deferred", Place::Deferred}, {"hold", Place::Hold},
            {"incoming", Place::Incoming}, {"maildrop", Place::Maildrop}};
    for (const auto& [known, place] : places)
        if (known == name)
            return place;
    return Place::Unknown;
}

// A member of another type than expected is as good as absent.
void take(value member, std::string& text)
{
    std::string_view view;
    if (member.get_string().get(view) == simdjson::SUCCESS)
        text = view;
}

void take(value member, std::uint64_t& number)
{
    std::uint64_t read = 0;
    if (member.get_uint64().get(read) == simdjson::SUCCESS)
        number = read;
}

bool takeRecipient(object members, Recipient& recipient)
{
    for (auto field : members) {
        std::string_view key;
        value member;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS
            || field.value().get(member) != simdjson::SUCCESS)
            return false;
        if (key == "address")
            take(member, recipient.address);
        else if (key == "delay_reason")
            take(member, recipient.reason);
    }
    return true;
}

bool takeRecipients(value member, std::vector<Recipient>& recipients)
{
    simdjson::ondemand::array list;
    if (member.get_array().get(list) != simdjson::SUCCESS)
        return false;
    for (auto element : list) {
        object members;
        Recipient recipient;
        if (element.get_object().get(members) != simdjson::SUCCESS || !takeRecipient(members, recipient))
            return false;
        recipients.push_back(std::move(recipient));
    }
    return true;
}

bool takeMember(std::string_view key, value member, Entry& entry)
{
    std::uint64_t seconds = 0;
    std::string place;
    if (key == "recipients")
        return takeRecipients(member, entry.recipients);
    if (key == "queue_id")
        take(member, entry.id.value);
    else if (key == "sender")
        take(member, entry.sender);
    else if (key == "message_size")
        take(member, entry.size);
    else if (key == "queue_name")
        take(member, place);
    else if (key == "arrival_time")
        take(member, seconds);
    constexpr std::uint64_t latest = 253'402'300'799; // the last second of the year 9999
    if (seconds != 0)
        entry.arrival = base::Instant(std::chrono::seconds(std::min(seconds, latest)));
    if (!place.empty())
        entry.place = placeOf(place);
    return true;
}

bool readObject(parser& reader, const std::string& padded, std::size_t length, Entry& entry)
{
    simdjson::ondemand::document document;
    object members;
    if (reader.iterate(padded.data(), length, padded.size()).get(document) != simdjson::SUCCESS
        || document.get_object().get(members) != simdjson::SUCCESS)
        return false;
    for (auto field : members) {
        std::string_view key;
        value member;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS
            || field.value().get(member) != simdjson::SUCCESS || !takeMember(key, member, entry))
            return false;
    }
    return document.at_end() && !entry.id.value.empty();
}

// Bytes that are no UTF-8 would make the whole line unreadable: they are shown as "?", as Postfix itself
// does.
void makeAscii(std::string& text)
{
    std::ranges::replace_if(text, [](char c) { return static_cast<signed char>(c) < 0; }, '?');
}

} // namespace

Listing readJson(std::string_view bytes)
{
    Collector collector;
    parser reader;
    std::string padded;
    for (std::uint64_t number = 1; !bytes.empty(); ++number) {
        const std::string_view line = takeLine(bytes);
        if (line.find_first_not_of(" \t") == std::string_view::npos)
            continue;
        padded.assign(line);
        padded.resize(line.size() + simdjson::SIMDJSON_PADDING);
        if (!simdjson::validate_utf8(line))
            makeAscii(padded);
        Entry entry;
        entry.line = number;
        if (reader.allocate(std::max<std::size_t>(line.size(), 1), deepest) == simdjson::SUCCESS
            && readObject(reader, padded, line.size(), entry))
            collector.add(std::move(entry));
        else
            collector.unparsed(number);
    }
    return collector.finish();
}

} // namespace sluicegate::queue

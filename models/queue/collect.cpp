// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/queue/collect.h"

#include <algorithm>

namespace sluicegate::queue {

std::string_view takeWord(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    return word;
}

std::string_view takeLine(std::string_view& bytes)
{
    const auto end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

void Collector::add(Entry entry)
{
    if (entry.sender == "MAILER-DAEMON") // what Postfix shows for the null sender, in either listing
        entry.sender.clear();
    const auto [place, isNew] = m_places.try_emplace(entry.id, m_listing.entries.size());
    if (isNew)
        m_listing.entries.push_back(std::move(entry));
    else
        m_listing.entries[place->second] = std::move(entry);
}

std::string_view name(Place place)
{
    constexpr std::string_view names[] = {"active", "deferred", "hold", "incoming", "maildrop", "unknown"};
    return names[static_cast<std::size_t>(place)];
}

} // namespace sluicegate::queue

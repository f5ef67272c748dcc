// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/queuesample.h"

#include <algorithm>
#include <map>

namespace sluicegate::evidence {

namespace {

bool isQueueId(std::string_view text)
{
    return text.size() >= 5 && text.size() <= 30 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
}

// The string behind a member's name. A quote inside a JSON string is escaped, so the name with its quotes
// stands nowhere else.
std::string_view member(std::string_view line, std::string_view name)
{
    auto at = line.find(name);
    if (at == line.npos)
        return {};
    at = line.find_first_not_of(" :", at + name.size());
    if (at == line.npos || line[at] != '"')
        return {};
    const auto value = line.substr(at + 1);
    return value.substr(0, value.find('"'));
}

std::string_view word(std::string_view& line)
{
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const auto result = line.substr(0, line.find(' '));
    line.remove_prefix(result.size());
    return result;
}

// "4F7K2p1XjRz9Q3*   2043 Mon Nov 23 09:44:08  sender@example.test"
Queued plainEntry(std::string_view line)
{
    auto id = word(line);
    while (!id.empty() && std::string_view("*!#").contains(id.back()))
        id.remove_suffix(1);
    const auto size = word(line);
    if (size.empty() || size.find_first_not_of("0123456789") != size.npos)
        return {};
    for (int i = 0; i < 4; ++i)
        word(line);
    return {std::string(id), std::string(word(line))};
}

template <typename Each> void forLines(std::string_view text, Each each)
{
    while (!text.empty()) {
        const auto end = text.find('\n');
        each(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
}

} // namespace

std::vector<Queued> readQueued(std::string_view listing)
{
    std::vector<Queued> result;
    forLines(listing, [&result](std::string_view line) {
        auto entry = line.starts_with('{')
            ? Queued {std::string(member(line, "\"queue_id\"")), std::string(member(line, "\"sender\""))}
            : plainEntry(line);
        if (isQueueId(entry.id))
            result.push_back(std::move(entry));
    });
    return result;
}

std::vector<std::string> pickSample(
    const std::vector<Queued>& queued, const std::set<std::string>& wanted, std::size_t most)
{
    std::vector<std::string> sample;
    std::set<std::string> taken;
    const auto take = [&](const std::string& id) {
        if (sample.size() < most && taken.insert(id).second)
            sample.push_back(id);
    };
    std::map<std::string_view, std::vector<const Queued*>> byDomain;
    for (const auto& entry : queued) {
        if (wanted.contains(entry.id))
            take(entry.id);
        byDomain[std::string_view(entry.sender).substr(entry.sender.rfind('@') + 1)].push_back(&entry);
    }
    // The large first: with more sending domains than places, single messages are what may be left out.
    std::vector<std::vector<const Queued*>> groups;
    for (auto& [domain, entries] : byDomain)
        groups.push_back(std::move(entries));
    std::ranges::stable_sort(groups, std::ranges::greater {}, &std::vector<const Queued*>::size);
    for (bool more = true; more && sample.size() < most;) {
        more = false;
        for (auto& entries : groups) {
            if (entries.empty() || sample.size() >= most)
                continue;
            take(entries.back()->id);
            entries.pop_back();
            more = true;
        }
    }
    return sample;
}

std::set<std::string> queueIdsOf(std::string_view log, const std::vector<std::string>& messageIds)
{
    static constexpr std::string_view mark = ": message-id=<";
    std::set<std::string, std::less<>> wanted;
    for (std::string_view id : messageIds) {
        if (id.starts_with('<') && id.ends_with('>'))
            id = id.substr(1, id.size() - 2);
        wanted.emplace(id);
    }
    std::set<std::string> result;
    for (auto at = wanted.empty() ? log.npos : log.find(mark); at != log.npos; at = log.find(mark, at + 1)) {
        const auto value = log.substr(at + mark.size(), 1000);
        if (!wanted.contains(value.substr(0, value.find('>'))))
            continue;
        const auto before = log.substr(at > 40 ? at - 40 : 0, std::min<std::size_t>(at, 40));
        const auto id = before.substr(before.rfind(' ') + 1);
        if (isQueueId(id))
            result.emplace(id);
    }
    return result;
}

std::vector<std::pair<std::string, std::string_view>> splitMessages(
    std::string_view output, const std::vector<std::string>& ids)
{
    static constexpr std::string_view mark = "*** ENVELOPE RECORDS ";
    std::set<std::string, std::less<>> expected(ids.begin(), ids.end());
    std::vector<std::pair<std::string, std::size_t>> starts;
    std::size_t at = 0;
    forLines(output, [&](std::string_view line) {
        if (line.starts_with(mark) && line.ends_with(" ***")) {
            const auto path = line.substr(mark.size(), line.size() - mark.size() - 4);
            const auto id = path.substr(path.rfind('/') + 1);
            if (const auto found = expected.find(id); found != expected.end())
                starts.emplace_back(std::move(expected.extract(found).value()), at);
        }
        at += line.size() + 1;
    });
    std::vector<std::pair<std::string, std::string_view>> result;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const auto end = i + 1 < starts.size() ? starts[i + 1].second : output.size();
        result.emplace_back(starts[i].first, output.substr(starts[i].second, end - starts[i].second));
    }
    return result;
}

} // namespace sluicegate::evidence

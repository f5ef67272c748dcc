// SPDX-License-Identifier: GPL-3.0-or-later
// exim -bp, sorted or not.
#include "models/queue/collect.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace sluicegate::queue {

namespace {

constexpr std::string_view frozen = " *** frozen ***";

std::string_view trimmed(std::string_view text)
{
    const auto from = text.find_first_not_of(' ');
    return from == text.npos ? std::string_view() : text.substr(from, text.find_last_not_of(' ') + 1 - from);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<int> base62(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 36;
    return {};
}

// "25m", "3h", "12d": how long it has waited.
bool isAge(std::string_view word)
{
    return word.size() >= 2 && word.size() <= 8 && std::string_view("mhd").contains(word.back())
        && std::ranges::all_of(word.substr(0, word.size() - 1), isDigit);
}

// "303", "2.9K", "14M": rounded by Exim, and always in the same way.
std::optional<std::uint64_t> sizeIn(std::string_view word)
{
    double unit = 1;
    if (word.ends_with('K'))
        unit = 1024;
    else if (word.ends_with('M'))
        unit = 1024.0 * 1024;
    if (unit > 1)
        word.remove_suffix(1);
    double value = 0, part = 1;
    bool behindPoint = false;
    for (const char c : word) {
        if (c == '.' && !std::exchange(behindPoint, true))
            continue;
        if (!isDigit(c) || word.size() > 12)
            return {};
        value = behindPoint ? value + (part /= 10) * (c - '0') : value * 10 + (c - '0');
    }
    return word.empty() ? std::nullopt : std::optional(std::uint64_t(std::llround(value * unit)));
}

class EximReader {
public:
    void read(std::string_view line, std::uint64_t number)
    {
        const std::string_view text = trimmed(line);
        if (text.empty())
            return keep();
        if (readHead(line, number))
            return;
        if (text.starts_with("*** spool ") && text.ends_with(" ***") && !m_broken.value.empty())
            return; // why the one above cannot be read
        if (m_entry && line.starts_with("          ")) {
            m_entry->recipients.push_back({std::string(text), {}});
        } else if (!m_entry || !(line.starts_with("        D ") || line.starts_with("       +D "))) {
            keep(); // what follows is not its own
            m_collector.unparsed(number);
        } // else D: who has it already
    }

    Listing finish()
    {
        keep();
        return m_collector.finish();
    }

private:
    // "25m  2.9K 0t5C6f-0000c8-00 <alice@looking.example> (login) *** frozen ***". The size of an empty
    // message is left out; of a message whose files cannot be read there is the id alone.
    bool readHead(std::string_view line, std::uint64_t number)
    {
        std::string_view rest = line;
        std::string_view word = takeWord(rest);
        if (isEximId(word) && trimmed(rest).empty() && line.starts_with("      ") && line[6] != ' ') {
            keep();
            m_broken.value = word;
            m_collector.unreadable(m_broken);
            return true;
        }
        if (!isAge(word))
            return false;
        word = takeWord(rest);
        const auto size = isEximId(word) ? std::optional<std::uint64_t>(0) : sizeIn(word);
        if (!isEximId(word))
            word = takeWord(rest);
        if (!size || !isEximId(word) || !rest.starts_with(" <"))
            return false;
        keep();
        m_entry = Entry {.id = {std::string(word)},
            .arrival = eximArrival(word),
            .size = *size,
            .sender = {},
            .recipients = {}};
        m_entry->line = number;
        m_entry->place = rest.ends_with(frozen) ? Place::Hold : Place::Deferred;
        const auto end = rest.rfind('>');
        if (end == rest.npos)
            m_collector.unparsed(number);
        else
            m_entry->sender = rest.substr(2, end - 2);
        return true;
    }

    void keep()
    {
        if (m_entry)
            m_collector.add(std::move(*m_entry));
        m_entry.reset();
        m_broken.value.clear();
    }

    Collector m_collector;
    std::optional<Entry> m_entry;
    base::QueueId m_broken;
};

} // namespace

bool isEximId(std::string_view text)
{
    // From 4.97 on the middle and the end are longer.
    const bool isLong = text.size() == 23;
    if (!isLong && text.size() != 16)
        return false;
    const std::size_t second = isLong ? 18 : 13;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool isDash = at == 6 || at == second;
        if (isDash ? text[at] != '-' : !base62(text[at]))
            return false;
    }
    return true;
}

base::Instant eximArrival(std::string_view id)
{
    std::int64_t seconds = 0;
    for (const char c : id.substr(0, 6))
        seconds = seconds * 62 + base62(c).value_or(0);
    return base::Instant(std::chrono::seconds(seconds));
}

Listing readExim(std::string_view bytes)
{
    EximReader reader;
    for (std::uint64_t number = 1; !bytes.empty(); ++number)
        reader.read(takeLine(bytes), number);
    return reader.finish();
}

} // namespace sluicegate::queue

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/output.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>

namespace sluicegate::evidence {

namespace {

std::string_view trimmed(std::string_view text)
{
    static constexpr std::string_view blanks = " \t\r\n";
    const auto from = text.find_first_not_of(blanks);
    if (from == text.npos)
        return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

template <typename Number> bool takeNumber(std::string_view& text, Number& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc {} || end == text.data() + text.size() || *end != ' ')
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return true;
}

std::optional<std::chrono::seconds> readZone(std::string_view text)
{
    if (text.size() != 5 || (text[0] != '+' && text[0] != '-'))
        return {};
    unsigned hhmm = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 5, hhmm);
    if (error != std::errc {} || end != text.data() + 5 || hhmm / 100 > 14 || hhmm % 100 > 59)
        return {};
    const std::chrono::seconds zone = std::chrono::hours(hhmm / 100) + std::chrono::minutes(hhmm % 100);
    return text[0] == '-' ? -zone : zone;
}

std::optional<ListedFile> readListed(std::string_view line)
{
    ListedFile file;
    if (!takeNumber(line, file.stat.device) || !takeNumber(line, file.stat.inode)
        || !takeNumber(line, file.stat.size) || !takeNumber(line, file.stat.modified))
        return {};
    const auto bar = line.find('|');
    if (bar == line.npos || !line.starts_with("regular") || line.substr(bar + 1, 1) != "/")
        return {};
    file.path = line.substr(bar + 1);
    return file;
}

} // namespace

std::string firstLine(std::string_view output)
{
    return std::string(trimmed(output.substr(0, output.find('\n'))));
}

std::string firstLine(const Item& item)
{
    std::ifstream stream(item.local, std::ios::binary);
    std::string start(4096, '\0');
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(stream.gcount()));
    return firstLine(std::string_view(start));
}

std::vector<std::string> lines(std::string_view output)
{
    std::vector<std::string> result;
    while (!output.empty()) {
        const auto end = output.find('\n');
        result.emplace_back(output.substr(0, end));
        output.remove_prefix(end == output.npos ? output.size() : end + 1);
    }
    return result;
}

void readClock(std::string_view output, Clock& clock)
{
    std::string_view text = trimmed(output.substr(0, output.find('\n')));
    std::int64_t seconds = 0;
    if (!takeNumber(text, seconds) || seconds < 0 || seconds > 253'402'300'799) // the year 9999
        return;
    const auto zone = readZone(text);
    if (!zone)
        return;
    clock.server = base::Instant(std::chrono::seconds(seconds));
    clock.zone = zone;
}

std::vector<ListedFile> readFileList(std::string_view output)
{
    std::vector<ListedFile> result;
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    for (const auto& line : lines(output))
        if (auto file = readListed(line); file && seen.emplace(file->stat.device, file->stat.inode).second)
            result.push_back(std::move(*file));
    return result;
}

std::vector<std::string> readPhpMailLogs(std::string_view output)
{
    std::vector<std::string> result;
    for (const std::string& line : lines(output)) {
        const auto name = line.find("mail.log");
        const auto equals = name == line.npos ? line.npos : line.find('=', name);
        if (equals == line.npos)
            continue;
        auto value = trimmed(std::string_view(line).substr(equals + 1));
        if (value.starts_with('"'))
            value = value.substr(1, value.find('"', 1) - 1);
        value = trimmed(value.substr(0, value.find(';')));
        if (value.starts_with('/') && std::ranges::find(result, value) == result.end()
            && result.size() < 1000)
            result.emplace_back(value);
    }
    return result;
}

} // namespace sluicegate::evidence

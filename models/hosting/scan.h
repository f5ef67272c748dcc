// SPDX-License-Identifier: GPL-3.0-or-later
// Small steps over hostile text: lines, columns, numbers.
#pragma once

#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

namespace sluicegate::hosting::scan {

/// Takes the first line away, without its line end ("\n" or "\r\n").
inline std::string_view takeLine(std::string_view& text)
{
    const void* end = std::memchr(text.data(), '\n', text.size());
    const std::size_t length
        = end ? static_cast<std::size_t>(static_cast<const char*>(end) - text.data()) : text.size();
    std::string_view line = text.substr(0, length);
    text.remove_prefix(end ? length + 1 : length);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// Takes everything before `separator` away, and the separator; all of it when there is none.
inline std::string_view takeUntil(std::string_view& text, char separator)
{
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
}

template <typename Number> std::optional<Number> number(std::string_view text)
{
    Number value {};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return {};
    return value;
}

inline std::string_view trim(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

} // namespace sluicegate::hosting::scan

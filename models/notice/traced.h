// SPDX-License-Identifier: GPL-3.0-or-later
// Text that remembers where in the raw notice each of its bytes came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::notice {

struct Traced {
    std::string text;
    std::vector<std::uint32_t> at; // as long as text: offsets in the raw bytes

    void add(std::string_view piece, std::size_t from); // all of it comes from that one place
    void copy(const Traced& other, std::size_t index); // one byte
    std::size_t origin(std::size_t index) const;
};

/// One character, below U+110000.
std::string utf8(std::uint32_t point);

Traced trace(std::string_view raw, std::size_t offset);
/// base64 and quoted-printable undone; other encodings as they are.
Traced withoutEncoding(const Traced& body, std::string_view encoding);
/// UTF-8 whatever it was; line by line, so that one bad line spoils no other.
Traced inUtf8(const Traced& body, std::string_view charset);
/// UTF-16 with its byte order mark, as Windows' editors save "Unicode" text.
Traced fromUtf16(std::string_view raw);

/// What a reader sees: no tags, entities resolved. A "<id@host>" somebody forgot to escape stays.
Traced withoutHtml(const Traced& body);
/// Plain lines: no quoting marks, soft hyphens, zero-width characters, link wrappers and URLs (they may hold
/// the provider's secret tokens); line ends are \n, odd blanks are plain ones.
Traced cleaned(const Traced& body);

} // namespace sluicegate::notice

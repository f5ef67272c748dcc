// SPDX-License-Identifier: GPL-3.0-or-later
// Encoded text of mail: base64, quoted-printable, character sets and RFC 2047 words.
#pragma once

#include <string>
#include <string_view>

namespace sluicegate::message {

/// Lenient: foreign characters are skipped, a cut end gives the whole bytes before it.
std::string decodeBase64(std::string_view text);
/// RFC 2045 6.7. A broken "=XY" stays as it stands.
std::string decodeQuotedPrintable(std::string_view text);

bool isUtf8(std::string_view bytes);

/// Bytes of that character set as UTF-8. An unknown set gives the bytes back when they are UTF-8, else reads
/// them as Windows-1252, as mail programs do; `known` says whether the set was understood.
std::string toUtf8(std::string_view bytes, std::string_view charset, bool* known = nullptr);

/// RFC 2047. Characters split over neighbouring words of the same set are joined; what is not a whole encoded
/// word stays as it stands. `defect` is set by a broken word or an unknown character set.
std::string decodeWords(std::string_view text, bool* defect = nullptr);

} // namespace sluicegate::message

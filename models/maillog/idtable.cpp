// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/idtable.h"

#include <array>

namespace sluicegate::maillog {

namespace {

constexpr unsigned char hexadecimal = 1;
constexpr unsigned char longAlphabet = 2;

// Long ids use 52 letters: no vowels in either case.
constexpr auto classes = [] {
    std::array<unsigned char, 256> table {};
    for (const char c : std::string_view("0123456789ABCDEF"))
        table[static_cast<unsigned char>(c)] |= hexadecimal;
    for (const char c : std::string_view("0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"))
        table[static_cast<unsigned char>(c)] |= longAlphabet;
    return table;
}();

using detail::shortestHexadecimal;
constexpr std::size_t shortestLong = 10;

bool isId(unsigned char common, std::size_t length)
{
    return length <= IdKey::longest
        && (((common & hexadecimal) != 0 && length >= shortestHexadecimal)
            || ((common & longAlphabet) != 0 && length >= shortestLong));
}

} // namespace

std::string_view leadingId(std::string_view message)
{
    if (message.size() >= 16)
        if (const std::size_t length = shortIdAt(message.data()); length != 0)
            return message.substr(0, length);
    unsigned char common = hexadecimal | longAlphabet;
    std::size_t length = 0;
    for (; length < message.size(); ++length) {
        const unsigned char next = common & classes[static_cast<unsigned char>(message[length])];
        if (next == 0)
            break;
        common = next;
    }
    if (length == message.size() || message[length] != ':' || !isId(common, length))
        return {};
    return message.substr(0, length);
}

bool looksLikeId(std::string_view text)
{
    unsigned char common = hexadecimal | longAlphabet;
    for (const char c : text)
        common &= classes[static_cast<unsigned char>(c)];
    return isId(common, text.size());
}

} // namespace sluicegate::maillog

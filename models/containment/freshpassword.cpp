// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/freshpassword.h"

#include <array>
#include <string_view>

#include <sys/random.h>

namespace sluicegate::containment {

std::string freshPassword()
{
    constexpr std::array<std::string_view, 4> groups {
        "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "-+=_.:%"};
    constexpr std::size_t length = 20;
    std::string password;
    while (password.size() < length) {
        unsigned char byte = 0;
        if (::getrandom(&byte, 1, 0) != 1)
            continue;
        const std::string_view group
            = groups[password.size() < groups.size() ? password.size() : password.size() % 3];
        if (byte < 256 / group.size() * group.size()) // else some letters would come more often
            password += group[byte % group.size()];
    }
    return password;
}

} // namespace sluicegate::containment

// SPDX-License-Identifier: GPL-3.0-or-later
// JSON pasted from a provider's API or an X-ARF report, whole or cut.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::notice {

/// A scalar member: its key in lower case, its value as text, where the value stands, and which object it is
/// in.
struct JsonMember {
    std::string key;
    std::string value;
    std::size_t offset = 0;
    std::size_t object = 0;
    bool isString = false;
};

bool looksLikeJson(std::string_view text);

/// All scalar members in order. Reads on behind mistakes: what was pasted may be cut or wrapped.
std::vector<JsonMember> members(std::string_view json);

} // namespace sluicegate::notice

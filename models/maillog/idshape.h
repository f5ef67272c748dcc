// SPDX-License-Identifier: GPL-3.0-or-later
// What a mail program keeps the same in all its Message-IDs.
#pragma once

#include <cstdint>
#include <string_view>

namespace sluicegate::maillog {

/// A hash of the marks that part the id's left side and of its right side, never 0. Letters and digits
/// between marks are random or count the messages: however many, they count as one. Comparable within one run
/// of the program.
std::uint32_t idShape(std::string_view messageId);

} // namespace sluicegate::maillog

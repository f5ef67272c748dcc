// SPDX-License-Identifier: GPL-3.0-or-later
// What postcat prints: envelope records around the message (postcat -q), or alone (-qe).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sluicegate::message {

struct Postcat {
    /// "sender", "recipient", ... and the named attributes under their own names ("sasl_username", ...).
    std::multimap<std::string, std::string> envelope;
    std::size_t messageOffset = 0; // where the message's own bytes begin
    std::size_t messageSize = 0;
};

/// Nothing when the bytes do not begin with an "*** ENVELOPE RECORDS" or "*** MESSAGE CONTENTS" line.
std::optional<Postcat> splitPostcat(std::string_view bytes);

} // namespace sluicegate::message

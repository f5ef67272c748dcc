// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator wants to see, as a value: the terms behind the filter chips, and whether a message meets
// them.
#pragma once

#include "models/items/messages.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluicegate::items {

enum class Field { Text, Account, Sender, Client, Outcome, Entry, Suspect, Noticed, Time };

/// One chip. Suspect holds its rank, Outcome and Entry their kebab-case names; Time uses from and until.
struct Term {
    Field field = Field::Text;
    std::string value {};
    bool inverted = false;
    std::optional<base::Instant> from {};
    std::optional<base::Instant> until {}; // exclusive
    bool operator==(const Term&) const = default;
};

/// Terms of one field are alternatives; fields, and every inverted term, must all be met.
struct Filter {
    std::vector<Term> terms;
    bool operator==(const Filter&) const = default;

    /// Adds a term once; a time range replaces the one before, because there is one brush.
    Filter with(Term term) const;
    Filter without(const Term& term) const;
};

/// A filter made ready for many messages; holds no state of its own between calls.
class Matcher {
public:
    Matcher(const Messages& messages, Filter filter);
    bool matches(std::uint32_t index) const;

private:
    bool meets(const Term& term, std::uint32_t index) const;
    bool meetsText(const std::string& needle, std::uint32_t index) const;

    const Messages& m_messages;
    Filter m_filter;
};

} // namespace sluicegate::items

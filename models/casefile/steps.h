// SPDX-License-Identifier: GPL-3.0-or-later
// The journal as a person reads it: a command and how it ended are one step.
#pragma once

#include "models/base/instant.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sluicegate::casefile {

struct JournalLine;

enum class StepEnd {
    Told, // nothing to end
    Well, // exit status 0
    Badly, // another exit status, or an action that was not done whole
    AlreadySo, // an action that found everything done
    MustBeChecked, // the connection broke, or no end is on record
};

struct JournalStep {
    std::size_t line = 0; // of the journal, from 1
    base::Instant at {};
    std::string by {}; // who sat at the machine
    std::string kind {};
    std::string text {}; // the command, or what was done; foreign bytes may be in it
    StepEnd end = StepEnd::Told;
    std::optional<int> exitStatus {}; // of a command
    std::string outputHash {}; // SHA-256 of what it printed; of a file, of its bytes
    bool operator==(const JournalStep&) const = default;
};

/// Ready for a screen.
struct JournalView {
    std::vector<JournalStep> steps {};
    std::size_t lines = 0;
    std::optional<std::size_t> brokenAt {}; // the first line that does not follow from the one before
    bool tornTail = false; // a crash cut the last line: nothing acknowledged is lost
};

std::vector<JournalStep> stepsIn(std::span<const JournalLine> lines);

} // namespace sluicegate::casefile

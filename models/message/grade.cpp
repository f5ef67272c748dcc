// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/grade.h"

#include <algorithm>
#include <array>

namespace sluicegate::message {

namespace {

// Two places of the message, or the message and its envelope, that contradict each other.
constexpr std::array<std::string_view, 8> correlated {"clock-skew", "date-far-from-arrival",
    "from-unlike-envelope", "from-unlike-submitter", "name-shows-other-address", "received-below-submission",
    "script-header-over-smtp", "uid-differs"};

constexpr std::array<std::string_view, 23> direct {"bad-date", "bad-from", "bad-message-id", "bare-cr",
    "blank-fold", "blank-lines-first", "broken-encoded-word", "control-in-header", "deep-comment",
    "eval-in-script", "head-too-long", "hidden-characters", "long-line", "lost-fold", "missing-date",
    "missing-from", "missing-message-id", "no-header", "not-a-field", "nul-in-header",
    "received-without-date", "space-before-colon", "too-many-fields"};

} // namespace

Grade gradeOf(std::string_view anomaly)
{
    if (std::ranges::contains(correlated, anomaly))
        return Grade::Correlated;
    // "two-..." and "duplicate-...": it stands there more than once, and that is all it says.
    if (std::ranges::contains(direct, anomaly) || anomaly.starts_with("duplicate-")
        || anomaly.starts_with("two-"))
        return Grade::Direct;
    return Grade::Heuristic;
}

std::string_view name(Grade grade)
{
    switch (grade) {
    case Grade::Direct:
        return "direct";
    case Grade::Correlated:
        return "correlated";
    case Grade::Heuristic:
        break;
    }
    return "heuristic";
}

} // namespace sluicegate::message

// SPDX-License-Identifier: GPL-3.0-or-later
// How much an anomaly is worth as evidence.
#pragma once

#include <string_view>

namespace sluicegate::message {

/// Direct: one place in the bytes shows it, and no other reading of that place is possible (a field is
/// missing, stands twice, holds signs that cannot be seen). Correlated: two places that should agree do not
/// (uid against the script's owner, a hop's clock against the next one's, From against the login); either may
/// be the wrong one. Heuristic: lawful mail does it as well (a slow hop, replies that go elsewhere): a hint,
/// never a proof.
enum class Grade { Direct, Correlated, Heuristic };

/// By the anomaly's id. An id without a grade of its own is a hint and no more.
Grade gradeOf(std::string_view anomaly);

std::string_view name(Grade grade); // "direct", ...

} // namespace sluicegate::message

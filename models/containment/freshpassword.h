// SPDX-License-Identifier: GPL-3.0-or-later
// A new password: made here, shown once, kept nowhere.
#pragma once

#include <string>

namespace sluicegate::containment {

/// Long enough, with every group of characters a policy may want, and nothing that looks like something else.
std::string freshPassword();

} // namespace sluicegate::containment

// SPDX-License-Identifier: GPL-3.0-or-later
// Who works at this machine.
#pragma once

#include <string>

namespace sluicegate::base {

/// The login name; of who called sudo, if somebody did.
std::string operatorName();

} // namespace sluicegate::base

// SPDX-License-Identifier: GPL-3.0-or-later
// From the command line to a connected server: the target, and the operator's answers.
#pragma once

#include "app/cli/interrupt.h"
#include "app/cli/options.h"

#include "models/ssh/connection.h"

#include <memory>

namespace sluicegate::app {

/// Connects as the options say. What ~/.ssh/config contributes is shown first; passwords come from standard
/// input or the terminal.
base::Result<std::unique_ptr<ssh::Server>> connectTo(
    const TriageOptions& options, const Interrupt& interrupt);

} // namespace sluicegate::app

// SPDX-License-Identifier: GPL-3.0-or-later
// The options of `contain`, read and checked.
#pragma once

#include "app/cli/options.h"

#include "models/containment/action.h"
#include "models/containment/restorequeue.h"
#include "models/containment/selection.h"

#include <optional>
#include <string>

namespace sluicegate::app {

struct ContainOptions {
    TriageOptions connection; // host, demo, identity, ..., and the case
    bool pull = false; // evidence anew
    const containment::Action* action = nullptr; // null: list them
    bool apply = false;
    bool json = false;
    int suspect = 1; // its rank; 0: all of them
    std::string target; // instead of the suspect's mailbox, script or user
    containment::Exclusions exclusions;
    containment::Wanted wanted;
};

base::Result<ContainOptions> readContainOptions(const QStringList& arguments);

} // namespace sluicegate::app

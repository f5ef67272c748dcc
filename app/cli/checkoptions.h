// SPDX-License-Identifier: GPL-3.0-or-later
// The options of `check`, read and checked.
#pragma once

#include "app/cli/options.h"

#include "models/readiness/condition.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace sluicegate::app {

struct CheckOptions {
    TriageOptions connection; // and the case, if one is named
    QString profile; // a file; empty: what the notice tells
    bool json = false;
    bool unblocked = false;
    bool testPorts = false;
    bool askLists = false;
    std::optional<std::chrono::minutes> watch; // how long it must be quiet; with a host it is waited for
    std::chrono::milliseconds every = std::chrono::seconds(60); // between two looks at the log
    std::map<readiness::ConditionId, std::string> waived; // and the reasons
};

base::Result<CheckOptions> readCheckOptions(const QStringList& arguments);

} // namespace sluicegate::app

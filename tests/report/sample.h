// SPDX-License-Identifier: GPL-3.0-or-later
// A hand-built Analysis for the tests of words, report and print: an invented server with a stolen password.
#pragma once

#include "models/triage/analysis.h"

#include <memory>
#include <string>

namespace sluicegate::support {

/// What a test may change before it looks at the result.
struct Sample {
    std::shared_ptr<triage::Analysis> analysis = std::make_shared<triage::Analysis>();

    /// The incident whole: log, notice, suspects, queue, manifest.
    static Sample incident();
    /// Nothing at all: no log, no notice, no queue.
    static Sample nothing();
    /// The incident with names that attack a reader: markup, control and bidi characters, broken UTF-8.
    static Sample hostile();
    /// The incident with long lists, as large as a page may ever get them.
    static Sample large();
};

/// Characters no page may hold as they are.
std::string attack();

} // namespace sluicegate::support

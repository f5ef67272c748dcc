// SPDX-License-Identifier: GPL-3.0-or-later
// Where the evidence of a triage comes from, and the case it is kept in.
#pragma once

#include "app/cli/interrupt.h"
#include "app/cli/options.h"

#include "models/casefile/casefolder.h"
#include "models/evidence/bundle.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

namespace sluicegate::app {

/// The case of one run: the operator's folder, or a temporary one that goes away unless it is kept.
class RunCase {
public:
    /// Opens the named folder; with an empty name nothing yet.
    static base::Result<RunCase> open(const QString& folder);

    casefile::CaseFolder* folder() { return m_case.get(); }
    /// The case to pull into; makes a temporary one if there is none.
    base::Result<casefile::CaseFolder*> store();
    void record(const char* kind, const std::string& text);
    /// After a failure: a temporary case with evidence in it stays, and is named to the operator.
    void keepEvidence();

private:
    std::unique_ptr<QTemporaryDir> m_temporary; // outlives the case in it
    std::unique_ptr<casefile::CaseFolder> m_case;
};

class Demo;

/// Reads the folder, or connects (to the demo if there is one) and pulls. What was adopted or pulled is in
/// the case.
base::Result<evidence::Bundle> gather(const TriageOptions& options, Demo* demo, const evidence::Scope& scope,
    RunCase& kept, const Interrupt& interrupt);

/// Pulls from a server that is connected already.
base::Result<evidence::Bundle> pullFrom(
    ssh::Server& server, const evidence::Scope& scope, RunCase& kept, const Interrupt& interrupt);

} // namespace sluicegate::app

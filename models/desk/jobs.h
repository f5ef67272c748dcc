// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk's worker does: keep the case, pull, read, analyse. Plain functions; every one blocks.
#pragma once

#include "models/casefile/casefolder.h"
#include "models/desk/snapshot.h"
#include "models/evidence/pull.h"
#include "models/profile/profile.h"
#include "models/report/report.h"
#include "models/ssh/loopserver.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace sluicegate::desk {

/// The open case; touched on the desk's one worker thread only.
struct Clerk {
    std::unique_ptr<casefile::CaseFolder> folder;

    /// Opens `path` unless it is open already.
    base::Result<void> open(const std::filesystem::path& path);
    /// Writes a journal record; a case that is not open has no journal.
    base::Result<void> record(std::string kind, std::string text);
};

/// What a job brought back.
struct Outcome {
    std::filesystem::path caseFolder;
    std::optional<ssh::Identity> server;
    std::shared_ptr<const evidence::Bundle> bundle;
    std::shared_ptr<const triage::Analysis> analysis;
    std::optional<notice::Notice> notice; // as the analysis used it
    std::shared_ptr<const Handling> handled; // an action that ran
    bool asked = false; // other people's servers were asked, and the answers noted
    std::shared_ptr<const std::vector<casefile::Remark>> remarks; // of a case that was opened
    std::string filter; // the same
    std::optional<std::uint64_t> saved; // messages that the case could bring back
    std::optional<Trouble> trouble; // whatever stands above is usable all the same
};

/// How a job tells where it is; called on the worker.
struct Tell {
    std::function<void(Stage)> stage;
    std::function<void(const evidence::Step&)> step;
    containment::Report action;
    std::function<void(std::shared_ptr<const triage::Analysis>)> preliminary;
};

Outcome pullAndAnalyse(Clerk& clerk, const std::filesystem::path& caseFolder, const ssh::Target& target,
    const ssh::Asker& asker, std::optional<notice::Notice> notice, const evidence::Now& now, const Tell& tell,
    std::stop_token stop);
Outcome openCase(
    Clerk& clerk, const std::filesystem::path& caseFolder, const Tell& tell, std::stop_token stop);
/// Evidence folders and log files, copied into the case first.
Outcome openEvidence(Clerk& clerk, const std::filesystem::path& caseFolder,
    const std::vector<std::filesystem::path>& files, std::optional<notice::Notice> notice, const Tell& tell,
    std::stop_token stop);
/// Runs a planned action, over a connection of its own, on the server the evidence came from and no other.
Outcome act(Clerk& clerk, const std::shared_ptr<const Handling>& planned, const std::string& hostKey,
    const ssh::Target& target, const ssh::Asker& asker, const Tell& tell, std::stop_token stop);
/// Which of other people's servers the operator lets the server ask.
enum class Probe { Ports, Lists };
Outcome probe(Clerk& clerk, Probe what, const std::shared_ptr<const triage::Analysis>& analysis,
    const profile::Profile& provider, const ssh::Target& target, const ssh::Asker& asker,
    std::stop_token stop);
Outcome analyse(const evidence::Bundle& bundle, std::optional<notice::Notice> notice, const Tell& tell,
    std::stop_token stop);

/// A notice rather than a log: judged by its first bytes.
bool looksLikeNotice(const std::filesystem::path& file);

/// Writes the report in the format its ending names: html, pdf, json or md.
base::Result<void> exportReport(const triage::Analysis& analysis, const std::filesystem::path& file,
    const readiness::Gate* gate = nullptr, report::Remarks remarks = {});

/// The embedded demo server on a socket pair, and how to reach it.
struct Demo {
    std::unique_ptr<ssh::LoopServer> server;
    ssh::Target target;
    std::string notice;
    evidence::Now now; // the incident's
};
base::Result<Demo> startDemo(const std::string& incident, const std::filesystem::path& folder);

} // namespace sluicegate::desk

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/jobs.h"

#include "models/demo/incident.h"
#include "models/desk/loosefiles.h"
#include "models/print/pdf.h"

#include <QSaveFile>

#include <unistd.h>

namespace sluicegate::desk {

using base::FailureKind;

namespace {

Outcome broken(Outcome outcome, Stage stage, base::Failure failure)
{
    outcome.trouble = Trouble {stage, std::move(failure)};
    return outcome;
}

/// Records what ended a job beside the failure itself; a journal that cannot be written must not hide it.
Outcome brokenAndRecorded(Clerk& clerk, Outcome outcome, Stage stage, base::Failure failure)
{
    (void)clerk.record("failed",
        std::string(base::name(failure.kind)) + ": " + failure.subject
            + (failure.detail.empty() ? std::string() : ": " + failure.detail));
    return broken(std::move(outcome), stage, std::move(failure));
}

/// Analyses what the outcome holds so far and adds the answer.
Outcome withAnalysis(Clerk& clerk, Outcome outcome, const Tell& tell, std::stop_token stop)
{
    tell.stage(Stage::Analysing);
    Outcome analysed = analyse(*outcome.bundle, outcome.notice, tell, stop);
    outcome.analysis = analysed.analysis;
    outcome.trouble = analysed.trouble;
    if (!outcome.trouble)
        (void)clerk.record(
            "analysed", std::to_string(outcome.analysis->verdict.suspects.size()) + " suspects");
    return outcome;
}

std::vector<std::string> noticedIds(const std::optional<notice::Notice>& notice)
{
    std::vector<std::string> ids;
    for (const notice::NoticedId& id : notice ? notice->ids : std::vector<notice::NoticedId>())
        ids.push_back(id.id.value);
    return ids;
}

base::Result<void> writeFile(const std::filesystem::path& file, const QByteArray& bytes)
{
    QSaveFile output(QString::fromStdString(file.string()));
    if (!output.open(QIODevice::WriteOnly) || output.write(bytes) != bytes.size() || !output.commit())
        return base::fail(FailureKind::WriteFailed, file.string(), output.errorString().toStdString());
    return {};
}

} // namespace

base::Result<void> Clerk::open(const std::filesystem::path& path)
{
    if (folder && folder->folder() == path)
        return {};
    folder.reset();
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (error)
        return base::fail(FailureKind::WriteFailed, path.parent_path().string(), error.message());
    base::Result<std::unique_ptr<casefile::CaseFolder>> opened = casefile::CaseFolder::open(path);
    if (!opened)
        return std::unexpected(opened.error());
    folder = std::move(*opened);
    return {};
}

base::Result<void> Clerk::record(std::string kind, std::string text)
{
    if (!folder)
        return {};
    return folder->record({evidence::systemNow(), std::move(kind), std::move(text)});
}

Outcome analyse(const evidence::Bundle& bundle, std::optional<notice::Notice> notice, const Tell& tell,
    std::stop_token stop)
{
    Outcome outcome;
    outcome.notice = notice;
    auto analysed = triage::analyse(
        bundle, std::move(notice), {}, evidence::systemNow(), stop, {.show = tell.preliminary});
    if (!analysed)
        return broken(std::move(outcome), Stage::Analysing, analysed.error());
    outcome.analysis = *analysed;
    return outcome;
}

Outcome pullAndAnalyse(Clerk& clerk, const std::filesystem::path& caseFolder, const ssh::Target& target,
    const ssh::Asker& asker, std::optional<notice::Notice> notice, const evidence::Now& now, const Tell& tell,
    std::stop_token stop)
{
    Outcome outcome;
    if (const auto opened = clerk.open(caseFolder); !opened)
        return broken(std::move(outcome), Stage::Connecting, opened.error());
    outcome.caseFolder = caseFolder;
    outcome.notice = notice;
    (void)clerk.record("connecting", target.user + "@" + target.host + ":" + std::to_string(target.port));
    auto server = ssh::connect(target, asker, stop);
    if (!server)
        return brokenAndRecorded(clerk, std::move(outcome), Stage::Connecting, server.error());
    outcome.server = (*server)->identity();
    (void)clerk.record(
        "connected", outcome.server->user + "@" + outcome.server->host + " " + outcome.server->fingerprint);
    tell.stage(Stage::Pulling);
    evidence::Scope scope;
    scope.messageIds = noticedIds(notice);
    scope.now = now;
    auto bundle = evidence::pull(**server, scope, *clerk.folder, tell.step, stop);
    if (!bundle)
        return brokenAndRecorded(clerk, std::move(outcome), Stage::Pulling, bundle.error());
    if (bundle->host.empty())
        bundle->host = target.host;
    bundle->hostKey = outcome.server->fingerprint;
    outcome.bundle = std::make_shared<evidence::Bundle>(*bundle);
    if (const auto kept = clerk.folder->keepBundle(*bundle); !kept)
        return brokenAndRecorded(clerk, std::move(outcome), Stage::Pulling, kept.error());
    (void)clerk.record("pulled", std::to_string(bundle->items.size()) + " items");
    return withAnalysis(clerk, std::move(outcome), tell, stop);
}

Outcome openCase(
    Clerk& clerk, const std::filesystem::path& caseFolder, const Tell& tell, std::stop_token stop)
{
    Outcome outcome;
    if (const auto opened = clerk.open(caseFolder); !opened)
        return broken(std::move(outcome), Stage::Reading, opened.error());
    outcome.caseFolder = caseFolder;
    outcome.saved = savedIn(*clerk.folder->ledger());
    outcome.remarks = std::make_shared<const std::vector<casefile::Remark>>(clerk.folder->remarks());
    outcome.filter = clerk.folder->filter();
    if (const std::optional<std::string> raw = clerk.folder->notice()) {
        auto notice = notice::read(*raw);
        if (!notice)
            return broken(std::move(outcome), Stage::Reading, notice.error());
        outcome.notice = *notice;
    }
    auto bundle = clerk.folder->bundle();
    // A case in which nothing was pulled yet is a good case.
    if (!bundle && outcome.notice)
        return outcome;
    if (!bundle)
        return broken(std::move(outcome), Stage::Reading, bundle.error());
    outcome.bundle = std::make_shared<evidence::Bundle>(std::move(*bundle));
    return withAnalysis(clerk, std::move(outcome), tell, stop);
}

Outcome openEvidence(Clerk& clerk, const std::filesystem::path& caseFolder,
    const std::vector<std::filesystem::path>& files, std::optional<notice::Notice> notice, const Tell& tell,
    std::stop_token stop)
{
    Outcome outcome;
    outcome.notice = std::move(notice);
    auto found = bundleOf(files);
    if (!found)
        return broken(std::move(outcome), Stage::Reading, found.error());
    if (const auto opened = clerk.open(caseFolder); !opened)
        return broken(std::move(outcome), Stage::Reading, opened.error());
    outcome.caseFolder = caseFolder;
    auto bundle = casefile::adopt(*found, *clerk.folder);
    if (!bundle)
        return brokenAndRecorded(clerk, std::move(outcome), Stage::Reading, bundle.error());
    outcome.bundle = std::make_shared<evidence::Bundle>(*bundle);
    if (const auto kept = clerk.folder->keepBundle(*bundle); !kept)
        return brokenAndRecorded(clerk, std::move(outcome), Stage::Reading, kept.error());
    (void)clerk.record("adopted", std::to_string(bundle->items.size()) + " items");
    return withAnalysis(clerk, std::move(outcome), tell, stop);
}

base::Result<void> exportReport(const triage::Analysis& analysis, const std::filesystem::path& file,
    const readiness::Gate* gate, report::Remarks remarks)
{
    const std::string ending = file.extension().string();
    if (ending == ".html")
        return writeFile(file, report::html(analysis, gate, remarks).toUtf8());
    if (ending == ".md")
        return writeFile(file, report::markdown(analysis, gate, remarks).toUtf8());
    if (ending == ".json")
        return writeFile(file, report::jsonText(report::json(analysis, gate, remarks)));
    if (ending == ".pdf")
        return print::writePdf(report::printable(analysis, gate, remarks), report::title(analysis), file);
    return base::fail(FailureKind::Usage, file.string(), "the ending must be html, pdf, json or md");
}

base::Result<Demo> startDemo(const std::string& incident, const std::filesystem::path& folder)
{
    auto loaded = demo::Incident::load(incident);
    if (!loaded)
        return std::unexpected(loaded.error());
    auto server = ssh::LoopServer::start(demo::hostOf(*loaded));
    if (!server)
        return std::unexpected(server.error());
    Demo demo {.server = std::move(*server),
        .target = {},
        .notice = (*loaded)->notice(),
        .now = [incident = *loaded] { return incident->now(); }};
    const base::Result<int> socket = demo.server->connectedPair();
    if (!socket)
        return std::unexpected(socket.error());
    demo.target.connectedSocket = *socket;
    demo.target.host = (*loaded)->hostName();
    demo.target.user = (*loaded)->user();
    // The demo's key goes into a file of its own: it has no place in the operator's known_hosts.
    const std::filesystem::path knownHosts = folder / "known_hosts";
    const std::string line = demo.server->knownHostsLine(demo.target.host) + "\n";
    if (const auto written = writeFile(knownHosts, QByteArray::fromStdString(line)); !written) {
        ::close(*socket);
        return std::unexpected(written.error());
    }
    demo.target.knownHosts = {knownHosts};
    return demo;
}

} // namespace sluicegate::desk

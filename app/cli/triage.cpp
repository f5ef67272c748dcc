// SPDX-License-Identifier: GPL-3.0-or-later
// The verb `triage`: from a notice and a server, a folder or the demo to the verdict.
#include "app/cli/cli.h"
#include "app/cli/demo.h"
#include "app/cli/gather.h"
#include "app/cli/options.h"
#include "app/cli/reports.h"
#include "app/cli/verdicttext.h"

#include "models/report/report.h"
#include "models/words/words.h"

#include <algorithm>

namespace sluicegate::app {

namespace {

using Analysed = std::shared_ptr<const triage::Analysis>;

/// The notice's bytes: the file named, the demo's own, or the one the case already holds.
base::Result<std::optional<std::string>> noticeBytes(
    const TriageOptions& options, const Demo* demo, RunCase& kept)
{
    if (!options.notice.isEmpty()) {
        auto read = readInput(options.notice);
        if (!read)
            return std::unexpected(read.error());
        return std::optional(std::move(*read));
    }
    if (demo)
        return std::optional(demo->notice());
    return kept.folder() ? kept.folder()->notice() : std::nullopt;
}

base::Result<std::optional<notice::Notice>> understood(
    const std::optional<std::string>& bytes, const QString& file)
{
    if (!bytes)
        return std::optional<notice::Notice> {};
    const std::string subject = file.isEmpty() || file == u"-" ? "notice" : file.toStdString();
    auto read = notice::read(*bytes, subject);
    if (!read)
        return std::unexpected(read.error());
    return std::optional(std::move(*read));
}

evidence::Scope scopeOf(const TriageOptions& options, const std::optional<notice::Notice>& notice)
{
    evidence::Scope scope;
    scope.since = options.window.since;
    scope.until = options.window.until;
    if (notice) {
        for (const notice::NoticedId& noticed : notice->ids)
            scope.messageIds.push_back(noticed.id.value);
    }
    return scope;
}

// An empty log counts as none among the mail logs, but it is what the operator named.
const evidence::Item* emptyLog(const evidence::Bundle& bundle)
{
    const auto isEmptyLog = [](const evidence::Item& item) {
        const std::string name = std::filesystem::path(item.path).filename().string();
        return item.bytes == 0 && !item.path.starts_with("commands/") && name.starts_with("mail");
    };
    const auto found = std::ranges::find_if(bundle.items, isEmptyLog);
    return found == bundle.items.end() ? nullptr : &*found;
}

// There was a log, and nothing could be read of it: then the input is what is wrong.
bool logUnreadable(const triage::Analysis& analysis)
{
    if (analysis.log && analysis.log->summary().lines > 0)
        return false;
    return !analysis.bundle.mailLogs().empty() || emptyLog(analysis.bundle) != nullptr;
}

int refuseLogs(const triage::Analysis& analysis)
{
    for (const base::Failure& trouble : analysis.troubles)
        refuse(trouble);
    if (const evidence::Item* empty = emptyLog(analysis.bundle))
        refuse({base::FailureKind::Empty, empty->path, {}});
    return InputUnreadable;
}

// A log was read in part only.
bool logDamaged(const triage::Analysis& analysis)
{
    const auto logs = analysis.bundle.mailLogs();
    const auto aboutLog = [&logs](const base::Failure& trouble) {
        return std::ranges::find(logs, trouble.subject, [](const auto* item) { return item->path; })
            != logs.end();
    };
    return std::ranges::any_of(analysis.troubles, aboutLog);
}

int conclude(const TriageOptions& options, const triage::Analysis& analysis, RunCase& kept)
{
    const QByteArray result
        = options.json ? report::jsonText(report::json(analysis)) : verdictText(analysis).toUtf8();
    bool whole = print(result);
    kept.record("verdict", words::sentence(analysis.verdict).toStdString());
    for (const QString& file : options.reports) {
        const auto written = writeReport(analysis, file);
        if (written)
            kept.record("report", file.toStdString());
        else
            refuse(written.error());
        whole = whole && written.has_value();
    }
    if (logUnreadable(analysis))
        return refuseLogs(analysis);
    return whole && !logDamaged(analysis) ? Done : PartlyDone;
}

int ended(const base::Failure& failure, RunCase& kept)
{
    kept.record(
        "failed", std::string(base::name(failure.kind)) + " " + failure.subject + " " + failure.detail);
    const int code = refuse(failure);
    kept.keepEvidence();
    return code;
}

// Nothing in the span is no all-clear.
base::Result<void> checkWindow(const triage::Window& window, const triage::Analysis& analysis)
{
    if ((!window.since && !window.until) || !analysis.log || analysis.log->size() > 0)
        return {};
    const maillog::Summary& log = analysis.log->summary();
    if (!log.from || !log.to)
        return {};
    return base::fail(base::FailureKind::Empty, "The span from --since to --until",
        "no message of the log falls between them; it covers " + base::iso(*log.from) + " to "
            + base::iso(*log.to));
}

int run(const TriageOptions& options, Demo* demo, RunCase& kept, const Interrupt& interrupt)
{
    const auto bytes = noticeBytes(options, demo, kept);
    if (!bytes)
        return refuse(bytes.error());
    auto notice = understood(*bytes, options.notice);
    if (!notice)
        return refuse(notice.error());
    auto scope = scopeOf(options, *notice);
    if (demo)
        scope.now = demo->clock();
    auto bundle = gather(options, demo, scope, kept, interrupt);
    if (!bundle)
        return ended(bundle.error(), kept);
    if (options.zone && !bundle->clock.zone)
        bundle->clock.zone = options.zone;
    if (*bytes && kept.folder()) {
        if (const auto done = kept.folder()->keepNotice(**bytes); !done)
            return ended(done.error(), kept);
    }
    const auto analysis = triage::analyse(
        std::move(*bundle), std::move(*notice), options.window, evidence::systemNow(), interrupt.token());
    if (!analysis)
        return ended(analysis.error(), kept);
    if (const auto checked = checkWindow(options.window, **analysis); !checked)
        return ended(checked.error(), kept);
    return conclude(options, **analysis, kept);
}

} // namespace

int triage(const QStringList& arguments)
{
    const auto options = readTriageOptions(arguments);
    if (!options)
        return refuse(options.error());
    const Interrupt interrupt;
    std::unique_ptr<Demo> demo;
    if (options->demo) {
        auto started = Demo::start(options->incident.toStdString());
        if (!started)
            return refuse(started.error());
        demo = std::move(*started);
    }
    auto kept = RunCase::open(options->caseFolder);
    if (!kept)
        return refuse(kept.error());
    return run(*options, demo.get(), *kept, interrupt);
}

} // namespace sluicegate::app

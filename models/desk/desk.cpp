// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/desk.h"

#include "models/demo/incident.h"
#include "models/desk/steps.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

#include <chrono>

namespace sluicegate::desk {

using base::FailureKind;

namespace {

constexpr std::uint64_t NoticeLimit = 16u << 20;

/// Letters, digits, dot and dash of a host name: it becomes part of a folder's name.
QString folderPart(const std::string& host)
{
    QString part;
    for (const char c : host) {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-')
            part += QLatin1Char(c);
    }
    return part.left(60);
}

base::Result<std::string> readAll(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(file.exists() ? FailureKind::Unreadable : FailureKind::NotFound, path.string(),
            file.errorString().toStdString());
    if (std::uint64_t(file.size()) > NoticeLimit)
        return base::fail(FailureKind::NotUnderstood, path.string(), "larger than 16 MiB: not a notice");
    return file.readAll().toStdString();
}

} // namespace

Desk::Desk(std::filesystem::path cases, QObject* parent) : QObject(parent), m_cases(std::move(cases))
{
    m_worker.setMaxThreadCount(1);
    m_writers.setMaxThreadCount(1);
    m_watcher.setMaxThreadCount(1);
    m_asking = std::make_shared<Asking>([this](std::optional<Question> question) {
        QMetaObject::invokeMethod(this, [this, question = std::move(question)] {
            change(Part::Asked, [&](Snapshot& next) { next.question = question; });
        });
    });
}

Desk::~Desk()
{
    // The workers hold on to this object's bridge, so they end first.
    m_job.stop();
    m_watch.stop();
    m_acting.request_stop();
    m_watcher.waitForDone();
    m_worker.waitForDone();
    m_writers.waitForDone();
}

void Desk::change(Parts parts, const std::function<void(Snapshot&)>& edit)
{
    auto next = std::make_shared<Snapshot>(*m_snapshot);
    edit(*next);
    m_snapshot = std::move(next);
    Q_EMIT changed(parts);
}

void Desk::fail(Stage stage, const base::Failure& failure)
{
    change(Part::Trouble, [&](Snapshot& next) { next.trouble = Trouble {stage, failure}; });
}

std::filesystem::path Desk::caseFolder()
{
    if (!m_caseFolder.empty())
        return m_caseFolder;
    const std::string host
        = m_snapshot->target.empty() && m_snapshot->notice ? m_snapshot->notice->server : m_snapshot->target;
    const QString stem = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd HHmmss"))
        + (host.empty() ? QString() : u' ' + folderPart(host));
    m_caseFolder = m_cases / (stem.toStdString() + ".sluice");
    return m_caseFolder;
}

void Desk::onClerk(std::function<void(Clerk&)> task)
{
    m_worker.start([clerk = m_clerk, task = std::move(task)] { task(*clerk); });
}

Tell Desk::teller(std::stop_token stop)
{
    const auto post = [this, stop](std::function<void(Running&)> edit) {
        QMetaObject::invokeMethod(this, [this, stop, edit = std::move(edit)] {
            if (!stop.stop_requested() && m_snapshot->running)
                change(Part::Running, [&](Snapshot& next) { edit(*next.running); });
        });
    };
    return {.stage = [post](Stage stage) { post([stage](Running& running) { running.stage = stage; }); },
        .step = stepTeller(post),
        .action = actionTeller(post),
        .preliminary =
            [this, stop](std::shared_ptr<const triage::Analysis> analysis) {
                QMetaObject::invokeMethod(this, [this, stop, analysis = std::move(analysis)] {
                    if (!stop.stop_requested() && m_snapshot->running)
                        change(Part::Analysis, [&](Snapshot& next) { next.preliminary = analysis; });
                });
            }};
}

void Desk::finish(Outcome outcome)
{
    Parts parts = Part::Running | Part::Trouble;
    if (outcome.analysis)
        m_watchAgain = stopWatch(); // it went on from what was known before
    change(parts, [&](Snapshot& next) {
        next.running.reset();
        next.trouble = outcome.trouble;
    });
    change(Part::Everything, [&](Snapshot& next) {
        if (!outcome.caseFolder.empty())
            next.caseFolder = outcome.caseFolder;
        if (outcome.bundle) {
            next.bundle = outcome.bundle;
            next.server = outcome.server;
            next.evidenceFrom = next.target;
        }
        if (outcome.server)
            next.reachable = true;
        if (outcome.analysis) {
            next.analysis = outcome.analysis;
            next.preliminary.reset();
            next.handling.reset(); // it was planned from what was known before
            next.gate.reset();
        }
        if (outcome.handled) {
            const Handling& done = *outcome.handled;
            next.handling = outcome.handled;
            next.handled.push_back({done.plan.action, done.rank, done.whole()});
        }
        next.saved = outcome.saved.value_or(next.saved);
        if (outcome.remarks) {
            next.remarks = outcome.remarks;
            next.filter = outcome.filter;
        }
        if (!next.notice)
            next.notice = outcome.notice;
    });
    // The operator may have pasted another notice while the job ran.
    const bool stale
        = m_snapshot->notice && (!outcome.notice || outcome.notice->raw != m_snapshot->notice->raw);
    if (outcome.analysis && stale)
        analyseAgain();
    else if (outcome.analysis || outcome.handled || outcome.asked)
        judge();
    chooseProfile();
}

void Desk::readNotice(const std::string& raw)
{
    auto read = notice::read(raw);
    if (!read)
        return fail(Stage::Reading, read.error());
    change(Part::Notice | Part::Trouble, [&](Snapshot& next) {
        next.notice = std::move(*read);
        next.trouble.reset();
    });
    chooseProfile();
    keepNotice(raw);
    if (!m_snapshot->running && m_snapshot->bundle)
        analyseAgain();
}

void Desk::keepNotice(std::string raw)
{
    const std::filesystem::path folder = caseFolder();
    onClerk([this, folder, raw = std::move(raw)](Clerk& clerk) {
        auto kept = clerk.open(folder);
        if (kept)
            kept = clerk.folder->keepNotice(raw);
        if (kept)
            kept = clerk.record("notice", std::to_string(raw.size()) + " bytes");
        QMetaObject::invokeMethod(this, [this, folder, kept] {
            change(Part::Case | Part::Trouble, [&](Snapshot& next) {
                if (kept)
                    next.caseFolder = folder;
                else
                    next.trouble = Trouble {Stage::Reading, kept.error()};
            });
        });
    });
}

void Desk::openNoticeFile(const std::filesystem::path& file)
{
    const auto raw = readAll(file);
    if (!raw)
        return fail(Stage::Reading, raw.error());
    readNotice(*raw);
}

void Desk::openFiles(const std::vector<std::filesystem::path>& files)
{
    std::vector<std::filesystem::path> evidence;
    for (const std::filesystem::path& file : files) {
        std::error_code error;
        if (!std::filesystem::exists(file, error))
            return fail(Stage::Reading, {FailureKind::NotFound, file.string(), error.message()});
        const bool folder = std::filesystem::is_directory(file, error);
        if (folder && casefile::CaseFolder::isCase(file)) {
            startAnew();
            m_caseFolder = std::filesystem::absolute(file);
            change(Part::Server, [&](Snapshot& next) { next.target = file.filename().string(); });
            return begin(Stage::Reading, file.string(),
                [clerk = m_clerk, path = m_caseFolder](
                    const Tell& tell, std::stop_token stop) { return openCase(*clerk, path, tell, stop); });
        }
        if (!folder && looksLikeNotice(file))
            openNoticeFile(file);
        else
            evidence.push_back(file);
    }
    if (evidence.empty())
        return;
    change(Part::Server, [&](Snapshot& next) { next.target = evidence.front().filename().string(); });
    begin(Stage::Reading, evidence.front().string(),
        [clerk = m_clerk, path = caseFolder(), evidence, notice = m_snapshot->notice](const Tell& tell,
            std::stop_token stop) { return openEvidence(*clerk, path, evidence, notice, tell, stop); });
}

void Desk::connectTo(ssh::Target target, evidence::Now now)
{
    if (target.knownHosts.empty())
        target.knownHosts = {m_knownHosts.empty()
                ? std::filesystem::path(QDir::homePath().toStdString() + "/.ssh/known_hosts")
                : m_knownHosts};
    if (target.agentSocket.empty() && target.connectedSocket < 0)
        target.agentSocket = qgetenv("SSH_AUTH_SOCK").toStdString();
    m_target = target;
    change(Part::Server, [&](Snapshot& next) {
        next.target = target.host;
        next.banner.clear();
    });
    const auto greet = [this](std::string banner) {
        QMetaObject::invokeMethod(this, [this, banner = std::move(banner)] {
            change(Part::Server, [&](Snapshot& next) { next.banner = banner; });
        });
    };
    begin(Stage::Connecting, target.host,
        [clerk = m_clerk, path = caseFolder(), target, asking = m_asking, greet, now,
            notice = m_snapshot->notice](const Tell& tell, std::stop_token stop) {
            return pullAndAnalyse(*clerk, path, target, asking->asker(stop, greet), notice, now, tell, stop);
        });
}

void Desk::resolve(const std::string& name)
{
    m_writers.start([this, name] {
        const auto target = ssh::importConfig(name);
        QMetaObject::invokeMethod(this, [this, target] {
            if (target)
                Q_EMIT resolved(*target);
            else
                fail(Stage::Connecting, target.error());
        });
    });
}

void Desk::startDemo(const std::string& incident)
{
    startAnew();
    m_demoFolder = std::make_unique<QTemporaryDir>();
    const std::filesystem::path folder = m_demoFolder->path().toStdString();
    const std::vector<std::string> incidents = demo::incidents();
    const std::string chosen = incident.empty() && !incidents.empty() ? incidents.front() : incident;
    auto demo = desk::startDemo(chosen, folder);
    if (!demo)
        return fail(Stage::Connecting, demo.error());
    m_demo = std::make_shared<Demo>(std::move(*demo));
    m_caseFolder = folder / "demo.sluice";
    change(Part::Server, [](Snapshot& next) { next.demo = true; });
    readNotice(m_demo->notice);
    connectTo(m_demo->target, m_demo->now);
}

void Desk::cancel()
{
    if (!m_snapshot->running)
        return;
    if (m_snapshot->running->stage == Stage::Acting) {
        m_acting.request_stop();
        return change(Part::Running, [](Snapshot& next) { next.running->stopping = true; });
    }
    m_job.stop();
    const Running ended = *m_snapshot->running;
    change(Part::Running | Part::Asked | Part::Trouble | Part::Analysis, [&](Snapshot& next) {
        if (next.analysis)
            next.preliminary.reset();
        next.running.reset();
        next.question.reset();
        next.trouble = Trouble {ended.stage, {FailureKind::Cancelled, ended.subject, {}}};
    });
    onClerk([](Clerk& clerk) { (void)clerk.record("cancelled", "by the operator"); });
}

void Desk::answer(Answer answer)
{
    m_asking->answer(std::move(answer));
}

void Desk::dismissTrouble()
{
    change(Part::Trouble, [](Snapshot& next) { next.trouble.reset(); });
}

void Desk::analyseAgain()
{
    begin(Stage::Analysing, m_snapshot->target,
        [bundle = m_snapshot->bundle, notice = m_snapshot->notice](
            const Tell& tell, std::stop_token stop) { return analyse(*bundle, notice, tell, stop); });
}

void Desk::exportReport(const std::filesystem::path& file)
{
    if (!m_snapshot->analysis)
        return;
    m_writers.start([this, clerk = m_clerk, analysis = m_snapshot->analysis, gate = m_snapshot->gate,
                        remarks = m_snapshot->remarks, file] {
        const base::Result<void> written = desk::exportReport(*analysis, file, gate.get(), *remarks);
        QMetaObject::invokeMethod(this, [this, file, written] {
            if (!written)
                return fail(Stage::Exporting, written.error());
            change(Part::Exported, [&](Snapshot& next) { next.exported.push_back(file); });
            onClerk([file](Clerk& keeper) { (void)keeper.record("report", file.string()); });
        });
    });
}

void Desk::startAnew()
{
    m_job.stop();
    m_watch.stop();
    m_acting.request_stop();
    m_target.reset();
    m_caseFolder.clear();
    onClerk([](Clerk& clerk) { clerk.folder.reset(); });
    change(Part::Everything, [](Snapshot& next) { next = Snapshot(); });
}

} // namespace sluicegate::desk

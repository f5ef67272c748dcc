// SPDX-License-Identifier: GPL-3.0-or-later
// The verb `contain`: what can be done against the source, the exact plan of it, and the doing.
#include "app/cli/cli.h"
#include "app/cli/connect.h"
#include "app/cli/containoptions.h"
#include "app/cli/containtext.h"
#include "app/cli/demo.h"
#include "app/cli/gather.h"

#include "models/containment/clearqueue.h"
#include "models/containment/restorequeue.h"
#include "models/desk/handling.h"
#include "models/words/actions.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <unistd.h>

namespace sluicegate::app {

namespace {

using namespace containment;
using base::FailureKind;

struct Contain {
    Q_DECLARE_TR_FUNCTIONS(Contain)
};

class Run {
public:
    Run(const ContainOptions& options, const Interrupt& interrupt)
        : m_options(options), m_interrupt(interrupt)
    {
    }

    int go()
    {
        if (const auto prepared = prepare(); !prepared)
            return refuse(prepared.error());
        if (!m_options.action)
            return listActions();
        return m_options.action->object == Object::Queue ? onQueue() : onTarget();
    }

private:
    base::Result<void> prepare();
    base::Result<void> connect();
    base::Result<void> connectToSame();
    base::Result<evidence::Bundle> bundle();
    base::Result<evidence::Bundle> pulled();
    base::Result<void> analyse();
    base::Result<void> readNotice();

    std::vector<const attribution::Suspect*> suspects() const;
    std::uint64_t saved();
    Target target();
    int listActions();
    int onQueue();
    int onTarget();
    int concludeQueue(const Plan& plan, const Ending& ending) const;
    bool show(const QString& text, QJsonObject json) const;
    int dry(const Plan& plan) const;

    const ContainOptions& m_options;
    const Interrupt& m_interrupt;
    std::unique_ptr<Demo> m_demo;
    std::optional<RunCase> m_case;
    std::unique_ptr<ssh::Server> m_server;
    std::optional<std::string> m_noticeBytes;
    std::optional<notice::Notice> m_notice;
    std::shared_ptr<const triage::Analysis> m_analysis;
};

base::Result<void> Run::prepare()
{
    const TriageOptions& to = m_options.connection;
    const bool connects = !to.host.isEmpty() || to.demo;
    const std::filesystem::path folder = to.caseFolder.toStdString();
    std::error_code error;
    if (!connects && !std::filesystem::exists(folder, error))
        return base::fail(FailureKind::NotFound, folder.string());
    if (!connects && !casefile::CaseFolder::isCase(folder))
        return base::fail(FailureKind::NotUnderstood, folder.string(), "is not a case folder");
    if (to.demo) {
        auto started = Demo::start(to.incident.toStdString());
        if (!started)
            return std::unexpected(started.error());
        m_demo = std::move(*started);
    }
    auto opened = RunCase::open(to.caseFolder);
    if (!opened)
        return std::unexpected(opened.error());
    m_case = std::move(*opened);
    return readNotice().and_then([this] { return analyse(); });
}

base::Result<void> Run::readNotice()
{
    const QString& file = m_options.connection.notice;
    if (!file.isEmpty()) {
        auto read = readInput(file);
        if (!read)
            return std::unexpected(read.error());
        m_noticeBytes = std::move(*read);
    } else if (m_case->folder() && m_case->folder()->notice()) {
        m_noticeBytes = m_case->folder()->notice();
    } else if (m_demo) {
        m_noticeBytes = m_demo->notice();
    }
    if (!m_noticeBytes)
        return {};
    auto understood = notice::read(*m_noticeBytes);
    if (!understood)
        return std::unexpected(understood.error());
    m_notice = std::move(*understood);
    return {};
}

// Where the case was pulled from, when the operator names no host.
std::string lastHost(const casefile::CaseFolder& folder)
{
    std::string host;
    for (const auto& entry : folder.journal())
        if (entry.kind == "connected")
            host = entry.text.substr(0, entry.text.find(' '));
    return host;
}

base::Result<void> Run::connect()
{
    if (m_server)
        return {};
    TriageOptions to = m_options.connection;
    if (to.host.isEmpty() && m_case->folder())
        to.host = QString::fromStdString(lastHost(*m_case->folder()));
    if (to.host.isEmpty() && !m_demo)
        return base::fail(FailureKind::Usage, "contain", "the case names no server; add --host");
    auto server = m_demo ? m_demo->connect(m_interrupt.token()) : connectTo(to, m_interrupt);
    if (!server)
        return std::unexpected(server.error());
    m_server = std::move(*server);
    return {};
}

base::Result<void> Run::connectToSame()
{
    return connect().and_then([this] { return sameServer(*m_server, m_analysis->bundle.hostKey); });
}

base::Result<evidence::Bundle> Run::pulled()
{
    if (const auto connected = connect(); !connected)
        return std::unexpected(connected.error());
    evidence::Scope scope;
    if (m_notice)
        for (const notice::NoticedId& noticed : m_notice->ids)
            scope.messageIds.push_back(noticed.id.value);
    if (m_demo)
        scope.now = m_demo->clock();
    auto bundle = pullFrom(*m_server, scope, *m_case, m_interrupt);
    if (bundle && m_noticeBytes)
        if (const auto kept = m_case->folder()->keepNotice(*m_noticeBytes); !kept)
            return std::unexpected(kept.error());
    return bundle;
}

base::Result<evidence::Bundle> Run::bundle()
{
    if (m_options.pull || !m_case->folder())
        return pulled();
    auto kept = m_case->folder()->bundle();
    const bool canPull = !m_options.connection.host.isEmpty() || m_demo;
    if (!kept && kept.error().kind == FailureKind::Empty && canPull)
        return pulled();
    return kept;
}

base::Result<void> Run::analyse()
{
    auto found = bundle();
    if (!found)
        return std::unexpected(found.error());
    auto analysis
        = triage::analyse(std::move(*found), m_notice, {}, evidence::systemNow(), m_interrupt.token());
    if (!analysis)
        return std::unexpected(analysis.error());
    m_analysis = std::move(*analysis);
    return {};
}

std::vector<const attribution::Suspect*> Run::suspects() const
{
    return desk::suspects(*m_analysis, m_options.suspect);
}

std::uint64_t Run::saved()
{
    return m_case->folder() ? desk::savedIn(*m_case->folder()->ledger()) : 0;
}

// The operator's word goes before the suspect's.
Target Run::target()
{
    Target target = desk::targetFor(*m_analysis, m_options.suspect, saved());
    if (m_options.target.empty() || !m_options.action)
        return target;
    std::string* const field[] = {nullptr, &target.mailbox, &target.script, &target.user, &target.endpoint,
        &target.domain, &target.user}; // in the order of Object
    if (std::string* named = field[std::size_t(m_options.action->object)])
        *named = m_options.target;
    return target;
}

int Run::listActions()
{
    auto chosen = suspects();
    if (chosen.empty()) {
        print((words::sentence(m_analysis->verdict) + u'\n').toUtf8());
        return Done;
    }
    return print(actionsText(chosen, groundOf(m_analysis->bundle), saved()).toUtf8()) ? Done : PartlyDone;
}

bool Run::show(const QString& text, QJsonObject json) const
{
    if (!m_options.json)
        return print(text.toUtf8());
    json[QLatin1String("format")] = QStringLiteral("sluicegate-contain/1");
    json[QLatin1String("applied")] = m_options.apply;
    return print(QJsonDocument(json).toJson());
}

int Run::dry(const Plan& plan) const
{
    const bool shown = show(planText(plan), planJson(plan));
    say(Contain::tr("Nothing was changed. With --apply it is done."));
    return shown ? Done : PartlyDone;
}

int Run::onQueue()
{
    const Action& action = *m_options.action;
    if (const auto against = obstacle(action, target(), groundOf(m_analysis->bundle)))
        return refuse(
            {FailureKind::Unsupported, std::string(action.name), words::text(*against).toStdString()});
    const bool clears = action.id == ActionId::ClearQueue;
    std::vector<base::QueueId> ids;
    QStringList names;
    for (const attribution::Suspect* suspect : suspects()) {
        ids.insert(ids.end(), suspect->queueIds.begin(), suspect->queueIds.end());
        names << words::name(suspect->source);
    }
    const auto& only = m_options.wanted.ids;
    if (clears && !only.empty())
        std::erase_if(ids, [&only](const base::QueueId& id) { return !only.contains(id.value); });
    const Plan plan = clears ? planClearing(select(m_analysis->facts.queue, ids, m_options.exclusions),
                                   names.join(QStringLiteral(", ")).toStdString())
                             : planRestore(*m_case->folder()->ledger(), m_options.wanted);
    if (!m_options.apply)
        return dry(plan);
    if (const auto ready = connectToSame(); !ready)
        return refuse(ready.error());
    const auto ledger = m_case->folder()->ledger();
    Hand hand(*m_server, *ledger, m_interrupt.token());
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    const Report report = [terminal, last = Stage::List](const Progress& progress) mutable {
        if (terminal || progress.stage != last)
            say(QStringLiteral("%1: %L2 / %L3")
                    .arg(words::text(progress.stage))
                    .arg(progress.done)
                    .arg(progress.of));
        last = progress.stage;
    };
    return concludeQueue(plan,
        clears ? clearQueue(hand, plan.selection, report) : restoreQueue(hand, m_options.wanted, report));
}

int Run::concludeQueue(const Plan& plan, const Ending& ending) const
{
    QJsonObject json = endingJson(ending);
    json[QLatin1String("plan")] = planJson(plan);
    const bool shown = show(endingText(ending), json);
    const Totals all = ending.totals();
    if (ending.interrupted) {
        const int code = refuse(*ending.interrupted);
        say(Contain::tr("What was done until then is kept; the same command goes on from there."));
        return all.done > 0 || all.held > 0 || all.mustBeChecked > 0 ? PartlyDone : code;
    }
    return shown && ending.whole() ? Done : PartlyDone;
}

int Run::onTarget()
{
    const Action& action = *m_options.action;
    const Target on = target();
    if (const auto against = obstacle(action, on, groundOf(m_analysis->bundle)))
        return refuse(
            {FailureKind::Unsupported, std::string(action.name), words::text(*against).toStdString()});
    const Plan plan = action.plan(on);
    if (!m_options.apply)
        return dry(plan);
    if (const auto ready = connectToSame(); !ready)
        return refuse(ready.error());
    const auto ledger = m_case->folder()->ledger();
    Hand hand(*m_server, *ledger, m_interrupt.token());
    const Acted acted = action.run(hand, on);
    QJsonObject json = actedJson(acted);
    json[QLatin1String("plan")] = planJson(plan);
    const bool shown = show(actedText(acted, plan.target), json);
    if (acted.interrupted) {
        const int code = refuse(*acted.interrupted);
        return acted.deeds.size() > 1 ? PartlyDone : code;
    }
    return shown && acted.whole() ? Done : PartlyDone;
}

} // namespace

int contain(const QStringList& arguments)
{
    const auto options = readContainOptions(arguments);
    if (!options)
        return refuse(options.error());
    const Interrupt interrupt;
    return Run(*options, interrupt).go();
}

} // namespace sluicegate::app

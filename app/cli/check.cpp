// SPDX-License-Identifier: GPL-3.0-or-later
// The verb `check`: the conditions for unblocking, each met, not met or unknown, and why.
#include "app/cli/cli.h"
#include "app/cli/connect.h"
#include "app/cli/gather.h"

#include "models/base/operator.h"
#include "models/containment/hand.h"
#include "models/readiness/gate.h"
#include "models/words/conditions.h"
#include "models/words/words.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sluicegate::app {

namespace {

using namespace readiness;
using base::FailureKind;

struct Check {
    Q_DECLARE_TR_FUNCTIONS(Check)
};

struct CheckOptions {
    TriageOptions connection;
    bool json = false;
    bool unblocked = false;
    std::chrono::minutes watch {30};
    std::map<ConditionId, std::string> waived; // and the reasons
};

std::unexpected<base::Failure> usage(const QString& subject, const char* why)
{
    return base::fail(FailureKind::Usage, subject.toStdString(), why);
}

base::Result<void> takeWaived(const QStringList& given, CheckOptions& options)
{
    for (const QString& each : given) {
        const auto id = findCondition(each.section(u'=', 0, 0).toStdString());
        const QString reason = each.section(u'=', 1).trimmed();
        if (!id)
            return usage(each, "names no condition; --waive takes CONDITION=REASON");
        if (reason.isEmpty())
            return usage(each, "needs a reason, which the report will show");
        options.waived[*id] = reason.toStdString();
    }
    return {};
}

base::Result<CheckOptions> readOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    for (const char* name : {"host", "identity", "known-hosts", "watch", "waive"})
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value")});
    for (const char* name : {"json", "unblocked", "password-stdin", "accept-new"})
        parser.addOption(QCommandLineOption(QString::fromLatin1(name)));
    if (!parser.parse(QStringList {QStringLiteral("check")} + arguments))
        return usage(QStringLiteral("check"), parser.errorText().toUtf8().constData());
    if (parser.positionalArguments().size() != 1)
        return usage(QStringLiteral("check"), "needs one case, whose journal tells what was done");
    CheckOptions options;
    options.connection.caseFolder = parser.positionalArguments().first();
    options.connection.host = parser.value(QStringLiteral("host"));
    options.connection.identity = parser.value(QStringLiteral("identity"));
    options.connection.knownHosts = parser.value(QStringLiteral("known-hosts"));
    options.connection.passwordFromStdin = parser.isSet(QStringLiteral("password-stdin"));
    options.connection.acceptNew = parser.isSet(QStringLiteral("accept-new"));
    options.json = parser.isSet(QStringLiteral("json"));
    options.unblocked = parser.isSet(QStringLiteral("unblocked"));
    bool isNumber = true;
    if (parser.isSet(QStringLiteral("watch")))
        options.watch = std::chrono::minutes(parser.value(QStringLiteral("watch")).toInt(&isNumber));
    if (!isNumber || options.watch.count() < 0)
        return usage(QStringLiteral("--watch"), "takes minutes");
    return takeWaived(parser.values(QStringLiteral("waive")), options).transform([&] {
        return std::move(options);
    });
}

base::Result<evidence::Bundle> bundleFor(const CheckOptions& options,
    const std::optional<notice::Notice>& notice, RunCase& kept, const Interrupt& interrupt)
{
    if (options.connection.host.isEmpty())
        return kept.folder()->bundle();
    const auto known = kept.folder()->bundle();
    const auto server = connectTo(options.connection, interrupt);
    if (!server)
        return std::unexpected(server.error());
    if (known)
        if (const auto same = containment::sameServer(**server, known->hostKey); !same)
            return std::unexpected(same.error());
    evidence::Scope scope;
    if (notice)
        for (const notice::NoticedId& noticed : notice->ids)
            scope.messageIds.push_back(noticed.id.value);
    return pullFrom(**server, scope, kept, interrupt);
}

QString gateText(const Gate& gate)
{
    QString out;
    for (const Condition& condition : gate.conditions) {
        out += QStringLiteral("%1  %2\n")
                   .arg(words::name(condition.state), -8)
                   .arg(words::name(condition.id));
        out += QStringLiteral("          ") + words::text(condition);
        if (condition.asOf)
            out += QStringLiteral(" [%1]").arg(words::when(*condition.asOf));
        out += u'\n';
        for (const base::EvidenceLine& line : condition.evidence)
            out += QStringLiteral("            %1:%2  %3\n")
                       .arg(words::inert(line.file))
                       .arg(line.line)
                       .arg(words::inert(line.text));
        if (condition.waived)
            out += QStringLiteral("          ") + words::waiver(*condition.waived) + u'\n';
    }
    return out + u'\n'
        + (gate.permit ? Check::tr("Ready to unblock.")
                       : Check::tr("Not ready: unblocking now would bring the block back."))
        + u'\n';
}

QJsonObject gateJson(const Gate& gate)
{
    const auto latin
        = [](std::string_view name) { return QString::fromLatin1(name.data(), qsizetype(name.size())); };
    QJsonArray all;
    for (const Condition& condition : gate.conditions) {
        QJsonObject json {{QStringLiteral("name"), latin(name(condition.id))},
            {QStringLiteral("state"), latin(name(condition.state))},
            {QStringLiteral("why"), latin(name(condition.why))}, {QStringLiteral("needed"), condition.needed},
            {QStringLiteral("count"), qint64(condition.count)},
            {QStringLiteral("refused"), qint64(condition.refused)},
            {QStringLiteral("text"), words::text(condition)},
            {QStringLiteral("waived"),
                condition.waived ? words::inert(condition.waived->reason) : QString()}};
        json[QLatin1String("asOf")]
            = condition.asOf ? QJsonValue(QString::fromStdString(base::iso(*condition.asOf))) : QJsonValue();
        all.append(json);
    }
    return {{QStringLiteral("format"), QStringLiteral("sluicegate-check/1")},
        {QStringLiteral("ready"), gate.permit.has_value()}, {QStringLiteral("conditions"), all}};
}

// The operator's words first, then the judgement that heeds them. That a source was shut by hand, once said,
// asks for silence since: so one word may make room for another.
base::Result<Gate> judged(
    const CheckOptions& options, const triage::Analysis& analysis, containment::Ledger& ledger)
{
    const auto judge = [&] {
        const auto notes = ledger.notes();
        Facts facts = factsOf(analysis, notes, evidence::systemNow());
        facts.watch = options.watch;
        return evaluate(facts);
    };
    Gate gate = judge();
    for (const ConditionId id : conditions()) {
        const auto given = options.waived.find(id);
        const Condition& condition = *gate.find(id);
        if (given == options.waived.end() || condition.state == State::Met)
            continue;
        if (auto noted = recordWaiver(condition, given->second, base::operatorName(), ledger); !noted)
            return std::unexpected(noted.error());
        gate = judge();
    }
    return gate;
}

int run(const CheckOptions& options, RunCase& kept, const Interrupt& interrupt)
{
    std::optional<notice::Notice> notice;
    if (const auto bytes = kept.folder()->notice()) {
        auto read = notice::read(*bytes);
        if (!read)
            return refuse(read.error());
        notice = std::move(*read);
    }
    auto bundle = bundleFor(options, notice, kept, interrupt);
    if (!bundle)
        return refuse(bundle.error());
    const auto analysis = triage::analyse(
        std::move(*bundle), std::move(notice), {}, evidence::systemNow(), interrupt.token());
    if (!analysis)
        return refuse(analysis.error());
    const auto ledger = kept.folder()->ledger();
    const auto judgement = judged(options, **analysis, *ledger);
    if (!judgement)
        return refuse(judgement.error());
    const Gate& gate = *judgement;
    kept.record("checked", gate.permit ? "ready" : "not ready");
    const bool shown = print(options.json ? QJsonDocument(gateJson(gate)).toJson() : gateText(gate).toUtf8());
    if (options.unblocked && gate.permit) {
        if (const auto recorded = recordUnblock(*gate.permit, *ledger); !recorded)
            return refuse(recorded.error());
        say(Check::tr("Recorded that you unblock now."));
    }
    if (!gate.permit)
        return NeedsAttention;
    return shown ? Done : PartlyDone;
}

} // namespace

int checkReady(const QStringList& arguments)
{
    const auto options = readOptions(arguments);
    if (!options)
        return refuse(options.error());
    const std::filesystem::path folder = options->connection.caseFolder.toStdString();
    std::error_code error;
    if (!std::filesystem::exists(folder, error))
        return refuse({FailureKind::NotFound, folder.string(), {}});
    if (!casefile::CaseFolder::isCase(folder))
        return refuse({FailureKind::NotUnderstood, folder.string(), "is not a case folder"});
    const Interrupt interrupt;
    auto kept = RunCase::open(options->connection.caseFolder);
    if (!kept)
        return refuse(kept.error());
    return run(*options, *kept, interrupt);
}

} // namespace sluicegate::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/checktext.h"

#include "models/words/conditions.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace sluicegate::app {

namespace {

using namespace readiness;

struct Check {
    Q_DECLARE_TR_FUNCTIONS(Check)
};

QString latin(std::string_view name)
{
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

QString foreign(const std::string& text)
{
    return words::inert(text);
}

QString probesText(const Probes& probes)
{
    QString out;
    for (const PortTest& test : probes.ports)
        out += QStringLiteral("            %1 %2 %3: %4 %5\n")
                   .arg(
                       foreign(test.host), test.family == 6 ? QStringLiteral("IPv6") : QStringLiteral("IPv4"))
                   .arg(test.port)
                   .arg(latin(name(test.answer)), foreign(test.said));
    return out;
}

QString listsText(const Probes& probes)
{
    QString out;
    for (const ListTest& test : probes.lists)
        out += QStringLiteral("            %1 %2: %3\n")
                   .arg(foreign(test.zone), foreign(test.address), latin(name(test.answer)));
    return out;
}

QString conditionText(const Condition& condition, const Probes& probes)
{
    QString out
        = QStringLiteral("%1  %2\n").arg(words::name(condition.state), -8).arg(words::name(condition.id));
    out += QStringLiteral("          ") + words::text(condition, words::Naming::TitlesAndIds);
    if (condition.asOf)
        out += QStringLiteral(" [%1]").arg(words::when(*condition.asOf));
    out += u'\n';
    for (const base::EvidenceLine& line : condition.evidence)
        out += QStringLiteral("            %1:%2  %3\n")
                   .arg(foreign(line.file))
                   .arg(line.line)
                   .arg(foreign(line.text));
    if (condition.id == ConditionId::PortsTested)
        out += probesText(probes);
    if (condition.id == ConditionId::NotListed)
        out += listsText(probes);
    if (condition.waived)
        out += QStringLiteral("          ") + words::waiver(*condition.waived) + u'\n';
    return out;
}

QJsonValue timeOrNull(const std::optional<base::Instant>& at)
{
    return at ? QJsonValue(QString::fromStdString(base::iso(*at))) : QJsonValue();
}

QJsonObject waiverJson(const Waiver& waiver)
{
    return {{QStringLiteral("reason"), foreign(waiver.reason)}, {QStringLiteral("by"), foreign(waiver.by)},
        {QStringLiteral("at"), timeOrNull(waiver.at)}};
}

QJsonArray portsJson(const Probes& probes)
{
    QJsonArray all;
    for (const PortTest& test : probes.ports)
        all.append(QJsonObject {{QStringLiteral("host"), foreign(test.host)},
            {QStringLiteral("address"), foreign(test.address)}, {QStringLiteral("port"), test.port},
            {QStringLiteral("family"), test.family}, {QStringLiteral("answer"), latin(name(test.answer))},
            {QStringLiteral("said"), foreign(test.said)}});
    return all;
}

QJsonArray listsJson(const Probes& probes)
{
    QJsonArray all;
    for (const ListTest& test : probes.lists) {
        QJsonArray codes;
        for (const std::string& code : test.codes)
            codes.append(foreign(code));
        all.append(QJsonObject {{QStringLiteral("zone"), foreign(test.zone)},
            {QStringLiteral("address"), foreign(test.address)},
            {QStringLiteral("answer"), latin(name(test.answer))}, {QStringLiteral("codes"), codes}});
    }
    return all;
}

} // namespace

QString gateText(const Gate& gate)
{
    QString out;
    for (const Condition& condition : gate.conditions)
        out += conditionText(condition, gate.probes);
    return out + u'\n'
        + (gate.permit ? Check::tr("Ready to unblock.")
                       : Check::tr("Not ready: unblocking now would bring the block back."))
        + u'\n';
}

QJsonObject gateJson(const Gate& gate)
{
    QJsonArray all;
    for (const Condition& condition : gate.conditions)
        all.append(QJsonObject {{QStringLiteral("name"), latin(name(condition.id))},
            {QStringLiteral("state"), latin(name(condition.state))},
            {QStringLiteral("why"), latin(name(condition.why))}, {QStringLiteral("needed"), condition.needed},
            {QStringLiteral("count"), qint64(condition.count)},
            {QStringLiteral("refused"), qint64(condition.refused)},
            {QStringLiteral("text"), words::text(condition)},
            {QStringLiteral("asOf"), timeOrNull(condition.asOf)},
            {QStringLiteral("waived"),
                condition.waived ? QJsonValue(waiverJson(*condition.waived)) : QJsonValue()}});
    return {{QStringLiteral("format"), QStringLiteral("sluicegate-check/1")},
        {QStringLiteral("ready"), gate.permit.has_value()},
        {QStringLiteral("shutAt"), timeOrNull(gate.shutAt)},
        {QStringLiteral("quietMinutes"), qint64(gate.watch.count())}, {QStringLiteral("conditions"), all},
        {QStringLiteral("ports"), portsJson(gate.probes)}, {QStringLiteral("lists"), listsJson(gate.probes)}};
}

QString watchText(const desk::WatchState& state)
{
    const auto clock = [](std::chrono::seconds time) {
        return QStringLiteral("%1:%2").arg(time.count() / 60).arg(time.count() % 60, 2, 10, QLatin1Char('0'));
    };
    QString text = Check::tr("%1: quiet for %2 of %3, %4 new, %5 refused, %6 unclear")
                       .arg(words::when(state.seen.until), clock(state.quiet), clock(state.wanted))
                       .arg(state.seen.spam)
                       .arg(state.seen.refused)
                       .arg(state.seen.unclear);
    if (state.lost)
        text += u' ' + Check::tr("(connection lost, tried anew: %1)").arg(words::sentence(*state.lost));
    if (state.gaps > 0)
        text += u' ' + Check::tr("(lines of the log were gone before they were read)");
    return text;
}

} // namespace sluicegate::app

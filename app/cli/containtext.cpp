// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/containtext.h"

#include "models/words/actions.h"
#include "models/words/plans.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace sluicegate::app {

namespace {

using namespace containment;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ContainText)
};

constexpr std::size_t itemsShown = 20;

QString latin(std::string_view name)
{
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

QString indented(const QStringList& lines, const QString& before)
{
    QString out;
    for (const QString& line : lines)
        out += before + line + u'\n';
    return out;
}

QJsonArray strings(const std::vector<std::string>& all)
{
    QJsonArray array;
    for (const std::string& each : all)
        array.append(QString::fromStdString(each));
    return array;
}

} // namespace

QString actionsText(
    const std::vector<const attribution::Suspect*>& suspects, const Ground& ground, std::uint64_t saved)
{
    QString out;
    for (const attribution::Suspect* suspect : suspects) {
        out += QStringLiteral("%1. %2 - %3\n")
                   .arg(suspect->rank)
                   .arg(words::name(suspect->source), words::name(suspect->cause));
        Target target = targetOf(*suspect);
        target.saved = saved;
        for (const Action& action : actions()) {
            const auto against = helpsAgainst(action, *suspect) ? obstacle(action, target, ground)
                                                                : std::optional(Obstacle::OtherCause);
            if (against == Obstacle::OtherCause || against == Obstacle::HasPanel)
                continue;
            out += QStringLiteral("   %1  %2").arg(latin(action.name), -18).arg(words::meaning(action.id));
            if (against)
                out += u'\n' + QString(23, u' ') + Text::tr("Not here: %1.").arg(words::text(*against));
            out += u'\n';
        }
    }
    return out;
}

QString planText(const Plan& plan)
{
    QString out = words::name(plan.action);
    if (!plan.target.empty())
        out += QStringLiteral(": ") + words::inert(plan.target);
    out += u'\n' + words::meaning(plan.action) + u'\n' + indented(words::selectionLines(plan), {});
    out += Text::tr("Commands on the server, as root:") + u'\n';
    int number = 0;
    for (const PlannedCommand& command : plan.commands)
        out += QStringLiteral("  %1. %2\n").arg(++number).arg(words::text(command.stage))
            + indented(words::commandLines(command), QStringLiteral("     "));
    if (!plan.effects.empty())
        out += Text::tr("Effects:") + u'\n' + indented(words::effectLines(plan), QStringLiteral("  - "));
    return out + indented(words::wayBackLines(plan), QStringLiteral("  - "));
}

QString endingText(const Ending& ending)
{
    QString out = words::counts(ending.totals()) + u'\n';
    std::size_t shown = 0;
    for (const ItemOutcome& each : ending.items) {
        if (each.outcome == Outcome::Done || each.outcome == Outcome::NotReached || each.reason.empty()
            || shown++ >= itemsShown)
            continue;
        out += QStringLiteral("  %1  %2: %3\n")
                   .arg(words::inert(each.item.id.value), words::name(each.outcome),
                       words::inert(each.reason));
    }
    if (ending.keptBefore > 0)
        out += Text::tr("Other messages in the queue: %L1 before, %L2 of them now.")
                   .arg(ending.keptBefore)
                   .arg(ending.keptAfter)
            + u'\n';
    if (ending.released > 0)
        out += Text::tr("%Ln message(s) had got a selected queue id meanwhile; held for a moment and let go.",
                   nullptr, int(ending.released))
            + u'\n';
    return out;
}

QString actedText(const Acted& acted, const std::string& target)
{
    QString out;
    for (const Deed& deed : acted.deeds) {
        out += QStringLiteral("%1: %2").arg(words::text(deed.stage), words::name(deed.outcome));
        const QStringList lines = words::inert(deed.said).split(words::inert("\n"), Qt::SkipEmptyParts);
        for (const QString& line : lines)
            out += QStringLiteral("\n    ") + line;
        out += u'\n';
    }
    if (!acted.secret.empty())
        out += Text::tr("New password of %1, shown only now: %2")
                   .arg(words::inert(target), QString::fromStdString(acted.secret))
            + u'\n';
    return out;
}

QJsonObject planJson(const Plan& plan)
{
    QJsonArray commands;
    for (const PlannedCommand& command : plan.commands)
        commands.append(QJsonObject {{QStringLiteral("stage"), latin(name(command.stage))},
            {QStringLiteral("script"), QString::fromStdString(command.script)},
            {QStringLiteral("arguments"), strings(command.arguments)},
            {QStringLiteral("input"), QString::fromStdString(command.input)},
            {QStringLiteral("lines"), qint64(command.lines)}, {QStringLiteral("asRoot"), command.asRoot}});
    const Selection& selection = plan.selection;
    return {{QStringLiteral("action"), latin(action(plan.action).name)},
        {QStringLiteral("target"), words::inert(plan.target)}, {QStringLiteral("commands"), commands},
        {QStringLiteral("undo"), plan.undo ? QJsonValue(latin(action(*plan.undo).name)) : QJsonValue()},
        {QStringLiteral("selection"),
            QJsonObject {{QStringLiteral("messages"), qint64(selection.items.size())},
                {QStringLiteral("bytes"), qint64(selection.bytes)},
                {QStringLiteral("absent"), qint64(selection.absent)},
                {QStringLiteral("excluded"), qint64(selection.excluded)},
                {QStringLiteral("kept"), qint64(selection.kept)}}}};
}

QJsonObject endingJson(const Ending& ending)
{
    const Totals all = ending.totals();
    QJsonArray open;
    for (const ItemOutcome& each : ending.items)
        if (each.outcome != Outcome::Done)
            open.append(QJsonObject {{QStringLiteral("id"), QString::fromStdString(each.item.id.value)},
                {QStringLiteral("outcome"), latin(name(each.outcome))}, {QStringLiteral("held"), each.held},
                {QStringLiteral("saved"), each.saved},
                {QStringLiteral("reason"), words::inert(each.reason)}});
    return {{QStringLiteral("whole"), ending.whole()},
        {QStringLiteral("totals"),
            QJsonObject {{QStringLiteral("done"), qint64(all.done)},
                {QStringLiteral("alreadySo"), qint64(all.alreadySo)},
                {QStringLiteral("failed"), qint64(all.failed)},
                {QStringLiteral("mustBeChecked"), qint64(all.mustBeChecked)},
                {QStringLiteral("notReached"), qint64(all.notReached)},
                {QStringLiteral("held"), qint64(all.held)}}},
        {QStringLiteral("keptBefore"), qint64(ending.keptBefore)},
        {QStringLiteral("keptAfter"), qint64(ending.keptAfter)}, {QStringLiteral("items"), open}};
}

QJsonObject actedJson(const Acted& acted)
{
    QJsonArray deeds;
    for (const Deed& deed : acted.deeds)
        deeds.append(QJsonObject {{QStringLiteral("stage"), latin(name(deed.stage))},
            {QStringLiteral("outcome"), latin(name(deed.outcome))},
            {QStringLiteral("said"), words::inert(deed.said)}});
    QJsonObject json {{QStringLiteral("whole"), acted.whole()}, {QStringLiteral("deeds"), deeds}};
    if (!acted.secret.empty())
        json[QLatin1String("newPassword")] = QString::fromStdString(acted.secret);
    return json;
}

} // namespace sluicegate::app

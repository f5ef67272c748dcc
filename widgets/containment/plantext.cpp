// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/containment/plantext.h"

#include "models/words/actions.h"
#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluicegate::containmentscreen {

using namespace containment;

namespace {

struct PlanText {
    Q_DECLARE_TR_FUNCTIONS(PlanText)
};

constexpr std::size_t examples = 4;

QString commandText(const PlannedCommand& command)
{
    QString out = QStringLiteral("# ") + words::text(command.stage) + u'\n' + words::inert(command.script);
    for (std::size_t i = 0; i < command.arguments.size(); ++i)
        out += QStringLiteral("\n  $%1 = %2").arg(i + 1).arg(words::inert(command.arguments[i]));
    if (command.lines > command.arguments.size() && command.input.empty() && !command.arguments.empty())
        out += QStringLiteral("\n  ") + PlanText::tr("and so on, %Ln in all", nullptr, int(command.lines));
    if (!command.input.empty())
        out += QStringLiteral("\n  ")
            + PlanText::tr("standard input: %Ln line(s): %1", nullptr, int(command.lines))
                  .arg(words::inert(command.input).replace(words::inert("\n"), QStringLiteral(" ")));
    return out;
}

QString exampleText(const Item& item)
{
    return QStringLiteral("%1   %2   %3   <%4>")
        .arg(words::inert(item.id.value), words::when(item.arrival), words::size(item.size),
            words::inert(item.sender));
}

void addExamples(QStringList& lines, const std::vector<Item>& items)
{
    for (std::size_t i = 0; i < std::min(examples, items.size()); ++i)
        lines += QStringLiteral("      ") + exampleText(items[i]);
}

QStringList sentences(const std::vector<Remark>& remarks)
{
    QStringList lines;
    for (const Remark remark : remarks)
        lines += QStringLiteral("•  ") + words::text(remark);
    return lines;
}

} // namespace

QString commandsText(const Plan& plan)
{
    QStringList all;
    for (const PlannedCommand& command : plan.commands)
        all += commandText(command);
    return all.join(QStringLiteral("\n\n"));
}

QStringList selectionLines(const Plan& plan)
{
    if (action(plan.action).object != Object::Queue)
        return {};
    const Selection& selection = plan.selection;
    QStringList lines {PlanText::tr("Selected: %1").arg(words::counts(selection))};
    addExamples(lines, selection.items);
    if (selection.absent > 0)
        lines += PlanText::tr(
            "%Ln more of the source's messages were not in the listing.", nullptr, int(selection.absent));
    lines += PlanText::tr("Not touched: %Ln other message(s)", nullptr, int(selection.kept));
    addExamples(lines, selection.keptExamples);
    return lines;
}

QStringList effectLines(const Plan& plan)
{
    return sentences(plan.effects);
}

QStringList wayBackLines(const Plan& plan)
{
    QStringList lines;
    if (plan.undo)
        lines += QStringLiteral("•  ") + PlanText::tr("To go back: %1").arg(words::name(*plan.undo));
    return lines + sentences(plan.cannotBeUndone);
}

QString deedName(const Plan& plan)
{
    const int items = int(plan.selection.items.size());
    switch (plan.action) {
    case ActionId::ClearQueue:
        return PlanText::tr("Delete %Ln message(s)", nullptr, items);
    case ActionId::RestoreQueue:
        return PlanText::tr("Bring %Ln message(s) back", nullptr, items);
    default:
        return words::name(plan.action);
    }
}

} // namespace sluicegate::containmentscreen

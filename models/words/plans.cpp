// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/words/plans.h"

#include "models/words/actions.h"
#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluicegate::words {

using namespace containment;

namespace {

struct Plans {
    Q_DECLARE_TR_FUNCTIONS(Plans)
};

constexpr std::size_t examples = 4;

QString exampleText(const Item& item)
{
    return QStringLiteral("%1   %2   %3   <%4>")
        .arg(inert(item.id.value), when(item.arrival), size(item.size), inert(item.sender));
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
        lines += text(remark);
    return lines;
}

} // namespace

QStringList commandLines(const PlannedCommand& command)
{
    QStringList lines {inert(command.script)};
    for (std::size_t i = 0; i < command.arguments.size(); ++i)
        lines += QStringLiteral("  $%1 = %2").arg(i + 1).arg(inert(command.arguments[i]));
    if (command.lines > command.arguments.size() && command.input.empty() && !command.arguments.empty())
        lines += QStringLiteral("  ") + Plans::tr("and so on, %Ln in all", nullptr, int(command.lines));
    if (!command.input.empty())
        lines += QStringLiteral("  ")
            + Plans::tr("standard input: %Ln line(s): %1", nullptr, int(command.lines))
                  .arg(inert(command.input).replace(inert("\n"), QStringLiteral(" ")));
    return lines;
}

QStringList selectionLines(const Plan& plan)
{
    if (action(plan.action).object != Object::Queue)
        return {};
    const Selection& selection = plan.selection;
    QStringList lines {Plans::tr("Selected: %1").arg(counts(selection))};
    addExamples(lines, selection.items);
    if (selection.absent > 0)
        lines += Plans::tr(
            "%Ln more of the source's messages were not in the listing.", nullptr, int(selection.absent));
    if (selection.excluded > 0)
        lines += Plans::tr("%Ln message(s) excluded.", nullptr, int(selection.excluded));
    lines += Plans::tr("Not touched: %Ln other message(s)", nullptr, int(selection.kept));
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
        lines += Plans::tr("The way back: %1 (%2)")
                     .arg(name(*plan.undo),
                         QString::fromLatin1(
                             action(*plan.undo).name.data(), qsizetype(action(*plan.undo).name.size())));
    return lines + sentences(plan.cannotBeUndone);
}

QString deedName(const Plan& plan)
{
    const int items = int(plan.selection.items.size());
    switch (plan.action) {
    case ActionId::ClearQueue:
        return Plans::tr("Delete %Ln message(s)", nullptr, items);
    case ActionId::RestoreQueue:
        return Plans::tr("Bring %Ln message(s) back", nullptr, items);
    default:
        return name(plan.action);
    }
}

} // namespace sluicegate::words

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/keys.h"

#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace sluicegate::shell {

using common::Step;

namespace {

struct ViewKey {
    const char* view;
    const char* keys;
    const char* text;
};

/// What the views do by themselves; the menus know nothing of it.
constexpr ViewKey viewKeys[] = {
    {QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Timeline"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Left, Right"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Move the cursor")},
    {QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Timeline"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Shift+Left, Shift+Right"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Show only this range of time")},
    {QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Timeline"), "S",
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Linear scale, or by the square root")},
    {QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Timeline"), "+, -, 0",
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Closer, wider, all of it")},
    {QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Timeline"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Esc"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Show all times again")},
    {QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Tables"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Menu, Shift+F10"),
        QT_TRANSLATE_NOOP(
            "sluicegate::shell::KeyList", "What can be done with the row: filter, exclude, copy")},
    {QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Filters"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Space"),
        QT_TRANSLATE_NOOP(
            "sluicegate::shell::KeyList", "Invert, edit or remove the chip that has the focus")},
    {QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Filters"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Return"),
        QT_TRANSLATE_NOOP("sluicegate::shell::KeyList", "Filter by the text in the search field")},
};

QTreeWidgetItem* group(QTreeWidget& tree, const QString& name)
{
    for (int row = 0; row < tree.topLevelItemCount(); ++row) {
        if (tree.topLevelItem(row)->text(0) == name)
            return tree.topLevelItem(row);
    }
    auto* item = new QTreeWidgetItem(&tree, {name});
    QFont font = tree.font();
    font.setWeight(QFont::DemiBold);
    item->setFont(0, font);
    item->setFirstColumnSpanned(true);
    return item;
}

} // namespace

KeyList::KeyList(const QList<Command>& commands, QWidget* parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    auto* tree = common::named(new QTreeWidget, tr("Keys and what they do"), QStringLiteral("keys"));
    tree->setHeaderLabels({tr("What it does"), tr("Keys")});
    tree->setRootIsDecorated(false);
    tree->setItemsExpandable(false);
    tree->setUniformRowHeights(true);
    tree->setFrameShape(QFrame::NoFrame);
    for (const Command& command : commands) {
        if (!command.keys.isEmpty())
            new QTreeWidgetItem(
                group(*tree, command.place), {command.text, command.keys.toString(QKeySequence::NativeText)});
    }
    for (const ViewKey& key : viewKeys)
        new QTreeWidgetItem(group(*tree, tr(key.view)), {tr(key.text), tr(key.keys)});
    tree->expandAll();
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    tree->header()->setStretchLastSection(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(2 * Step, 2 * Step, 2 * Step, 2 * Step);
    rows->addWidget(tree);
    rows->addWidget(buttons);
    resize(72 * Step, 68 * Step);
}

} // namespace sluicegate::shell

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/palette.h"

#include "widgets/common/pieces.h"
#include "widgets/common/tables.h"
#include "widgets/common/theme.h"

#include <QAbstractListModel>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sluicegate::shell {

using common::Step;
using common::theme;

class CommandModel : public QAbstractListModel {
public:
    enum Role { PlaceRole = Qt::UserRole, KeysRole };
    using QAbstractListModel::QAbstractListModel;

    void show(QList<Command> commands)
    {
        beginResetModel();
        m_commands = std::move(commands);
        endResetModel();
    }
    const Command& command(int row) const { return m_commands[row]; }
    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_commands.size());
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!index.isValid() || index.row() >= m_commands.size())
            return {};
        const Command& command = m_commands[index.row()];
        switch (role) {
        case Qt::DisplayRole:
            return command.text;
        case PlaceRole:
            return command.place;
        case KeysRole:
            return command.keys.toString(QKeySequence::NativeText);
        case Qt::AccessibleTextRole:
            return QStringList {command.text, command.place, command.keys.toString(QKeySequence::NativeText)}
                .join(QStringLiteral(", "));
        default:
            return {};
        }
    }

private:
    QList<Command> m_commands;
};

namespace {

constexpr int wide = 75 * Step;
constexpr int mostRows = 10;

int rowHeight(const QFontMetrics& metrics)
{
    return metrics.height() + 2 * Step;
}

class CommandDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {0, rowHeight(option.fontMetrics)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, theme().accentSoft);
        QRect room = option.rect.adjusted(2 * Step, 0, -2 * Step, 0);
        const QString keys = index.data(CommandModel::KeysRole).toString();
        const QString aside = keys.isEmpty() ? index.data(CommandModel::PlaceRole).toString() : keys;
        const QFontMetrics& metrics = option.fontMetrics;
        const QString shownAside = metrics.elidedText(aside, Qt::ElideMiddle, room.width() / 2);
        painter->setFont(option.font);
        painter->setPen(theme().muted);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignTrailing, shownAside);
        const int left = room.width() - metrics.horizontalAdvance(shownAside) - 2 * Step;
        painter->setPen(theme().text);
        const QRect text = QStyle::alignedRect(
            option.direction, Qt::AlignLeading | Qt::AlignVCenter, {left, room.height()}, room);
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeading,
            metrics.elidedText(index.data().toString(), Qt::ElideMiddle, left));
        painter->restore();
    }
};

} // namespace

Palette::Palette(QList<Command> commands, Places places, QWidget* parent)
    : QDialog(parent, Qt::Popup)
    , m_commands(std::move(commands))
    , m_places(std::move(places))
    , m_model(new CommandModel(this))
    , m_typed(common::named(
          new QLineEdit, tr("Command, queue ID, Message-ID or address"), QStringLiteral("paletteText")))
    , m_list(common::named(new QListView, tr("What it leads to"), QStringLiteral("paletteList")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Go to or do"));
    setAccessibleName(windowTitle());
    m_typed->setPlaceholderText(tr("Command, queue ID, Message-ID or address"));
    m_typed->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    common::sayWhenEmpty(*m_list, tr("Nothing here is called that."));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(Step, Step, Step, Step);
    rows->setSpacing(Step);
    rows->addWidget(m_typed);
    rows->addWidget(m_list);
    connect(m_typed, &QLineEdit::textChanged, this, &Palette::search);
    connect(m_list, &QListView::clicked, this, &Palette::run);
    search({});
    const int width = std::min(wide, parent->width() - 4 * Step);
    setFixedWidth(width);
    move(parent->mapToGlobal(QPoint((parent->width() - width) / 2, 6 * Step)));
    m_typed->setFocus();
}

/// The text keeps the keyboard; what moves through a list moves through the list below it.
bool Palette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_typed && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int step = key->key() == Qt::Key_Down ? 1
            : key->key() == Qt::Key_Up              ? -1
            : key->key() == Qt::Key_PageDown        ? mostRows
            : key->key() == Qt::Key_PageUp          ? -mostRows
                                                    : 0;
        if (step != 0) {
            const int row = std::clamp(m_list->currentIndex().row() + step, 0, m_model->rowCount() - 1);
            m_list->setCurrentIndex(m_model->index(row));
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            run(m_list->currentIndex());
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void Palette::search(const QString& typed)
{
    const Finds finds = typed.trimmed().isEmpty() ? Finds() : m_places(typed.trimmed());
    m_model->show(finds.named + matching(m_commands, typed) + finds.searches);
    m_list->setCurrentIndex(m_model->index(0));
    const int shown = std::clamp(m_model->rowCount(), 1, mostRows);
    m_list->setFixedHeight(shown * rowHeight(m_list->fontMetrics()) + 2);
    adjustSize();
}

void Palette::run(const QModelIndex& row)
{
    if (!row.isValid())
        return;
    const std::function<void()> chosen = m_model->command(row.row()).run;
    close(); // first: what follows may open a dialog of its own
    chosen();
}

} // namespace sluicegate::shell

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/queuetable.h"

#include "models/base/discard.h"
#include "models/words/words.h"

#include <QLocale>

#include <algorithm>
#include <ranges>

namespace sluicegate::items {

namespace {

const QString& text(const QueueRow& row, QueueTable::Column column)
{
    static const QString none;
    switch (column) {
    case QueueTable::Time:
        return row.time;
    case QueueTable::Age:
        return row.age;
    case QueueTable::Sender:
        return row.sender;
    case QueueTable::Account:
        return row.account;
    case QueueTable::Recipients:
        return row.to;
    case QueueTable::Size:
        return row.sizeText;
    case QueueTable::Reason:
        return row.reason;
    case QueueTable::Why:
        return row.why;
    case QueueTable::Fate:
    case QueueTable::Place:
    case QueueTable::ColumnCount:
        break;
    }
    return none;
}

bool matches(const QueueRows& queue, const QueueRow& row, const QString& search)
{
    if (search.isEmpty())
        return true;
    for (const QString* text : {&row.sender, &row.account, &row.to, &row.reason, &row.why})
        if (text->contains(search, Qt::CaseInsensitive))
            return true;
    const queue::Entry& entry = queue.entry(row);
    if (QString::fromStdString(entry.id.value).contains(search, Qt::CaseInsensitive))
        return true;
    if (queue.isSampled(row)
        && words::inert(queue.templates[std::size_t(row.made)].subject).contains(search, Qt::CaseInsensitive))
        return true;
    return std::ranges::any_of(entry.recipients | std::views::drop(1), [&](const queue::Recipient& to) {
        return QString::fromStdString(to.address).contains(search, Qt::CaseInsensitive);
    });
}

bool isLess(const QueueRow& a, const QueueRow& b, QueueTable::Column column)
{
    switch (column) {
    case QueueTable::Time:
        return a.arrival < b.arrival;
    case QueueTable::Age:
        return a.arrival > b.arrival;
    case QueueTable::Size:
        return a.size < b.size;
    case QueueTable::Recipients:
        return a.recipients != b.recipients ? a.recipients < b.recipients : a.to < b.to;
    case QueueTable::Fate:
        return a.fate < b.fate;
    case QueueTable::Place:
        return a.place < b.place;
    default:
        return text(a, column) < text(b, column);
    }
}

/// Groups of all that meet the search, and the rows of the chosen one in order.
struct Seen {
    QueueGroups groups;
    Rows rows;
};

Seen seen(const QueueRows& queue, const QueueTable::View& view, QueueTable::Column column,
    Qt::SortOrder order, const std::stop_token& stop)
{
    Seen result;
    for (std::uint32_t i = 0; i < queue.rows.size(); ++i) {
        if (i % 1024 == 0 && stop.stop_requested())
            return result;
        if (matches(queue, queue.rows[i], view.search))
            result.rows.push_back(i);
    }
    result.groups = groupsOf(queue, result.rows, view.grouping);
    if (view.group && view.grouping != Grouping::None) {
        const auto chosen = std::ranges::find(result.groups.groups, *view.group, &QueueGroup::key);
        result.rows = chosen == result.groups.groups.end()
            ? Rows()
            : result.groups.members[std::size_t(chosen - result.groups.groups.begin())];
    }
    std::ranges::stable_sort(result.rows, [&](std::uint32_t a, std::uint32_t b) {
        return order == Qt::AscendingOrder ? isLess(queue.rows[a], queue.rows[b], column)
                                           : isLess(queue.rows[b], queue.rows[a], column);
    });
    return result;
}

} // namespace

QString placeName(queue::Place place)
{
    switch (place) {
    case queue::Place::Active:
        return QueueTable::tr("active");
    case queue::Place::Deferred:
        return QueueTable::tr("deferred");
    case queue::Place::Hold:
        return QueueTable::tr("held");
    case queue::Place::Incoming:
        return QueueTable::tr("incoming");
    case queue::Place::Maildrop:
        return QueueTable::tr("maildrop");
    case queue::Place::Unknown:
        break;
    }
    return QueueTable::tr("not known");
}

QueueTable::QueueTable(QObject* parent) : QAbstractTableModel(parent) { }

void QueueTable::show(std::shared_ptr<const triage::Analysis> analysis)
{
    m_busy = true;
    m_background.start([this, analysis = std::move(analysis)](std::stop_token stop) {
        std::shared_ptr<const QueueRows> queue = QueueRows::of(analysis, stop);
        if (!queue)
            return;
        m_background.deliver(stop, [this, queue = std::move(queue)] {
            beginResetModel();
            m_rows.clear();
            base::discard(std::exchange(m_queue, queue)); // a hundred thousand rows of texts
            endResetModel();
            Q_EMIT loaded();
            refresh();
        });
    });
}

void QueueTable::setView(const View& view)
{
    if (m_view == view)
        return;
    m_view = view;
    refresh();
}

void QueueTable::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || (m_sortColumn == column && m_sortOrder == order))
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    refresh();
}

void QueueTable::refresh()
{
    if (!m_queue)
        return;
    m_busy = true;
    m_background.start([this, queue = m_queue, view = m_view, column = Column(m_sortColumn),
                           order = m_sortOrder](std::stop_token stop) {
        Seen found = seen(*queue, view, column, order, stop);
        auto groups = std::make_shared<const QueueGroups>(std::move(found.groups));
        m_background.deliver(
            stop, [this, groups = std::move(groups), rows = std::move(found.rows)]() mutable {
                beginResetModel();
                m_rows = std::move(rows);
                m_busy = false;
                endResetModel();
                Q_EMIT grouped(groups);
                Q_EMIT counted();
            });
    });
}

const QueueRow* QueueTable::rowAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_queue->rows[m_rows[std::size_t(row)]] : nullptr;
}

int QueueTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int QueueTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant QueueTable::data(const QModelIndex& index, int role) const
{
    const QueueRow* row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row || index.column() >= ColumnCount)
        return {};
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return column == Fate ? fateName(row->fate)
            : column == Place ? placeName(row->place)
                              : text(*row, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (column == Size ? Qt::AlignRight : Qt::AlignLeft)));
    case SortRole:
        return raw(*row, column);
    case FateRole:
        return int(row->fate);
    case SampledRole:
        return m_queue->isSampled(*row);
    default:
        return {};
    }
}

QVariant QueueTable::raw(const QueueRow& row, Column column) const
{
    switch (column) {
    case Time:
    case Age:
        return qlonglong(row.arrival.time_since_epoch().count());
    case Size:
        return qulonglong(row.size);
    case Recipients:
        return row.recipients;
    case Fate:
        return int(row.fate);
    case Place:
        return int(row.place);
    default:
        return text(row, column);
    }
}

QVariant QueueTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section == Size ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (Column(section)) {
    case Fate:
        return tip ? tr("Whether it is of the spam, good mail, or neither proven.") : tr("Verdict");
    case Time:
        return tip ? tr("When it came into the queue, in UTC.") : tr("Arrived (UTC)");
    case Age:
        return tip ? tr("How long it had waited when the queue was listed.") : tr("Age");
    case Sender:
        return tip ? tr("Envelope sender; <> is the null sender of bounces.") : tr("From");
    case Account:
        return tip ? tr("The source of the spam; else the login or system user that handed it in.")
                   : tr("Login or script");
    case Recipients:
        return tip ? tr("To whom it has still to go.") : tr("To");
    case Size:
        return tip ? tr("Size of the message in the queue.") : tr("Size");
    case Place:
        return tip ? tr("Which of the mail server's queues holds it.") : tr("Queue");
    case Reason:
        return tip ? tr("Why it waits, in the mail server's words.") : tr("Waits because");
    case Why:
        return tip ? tr("Why it is held to be spam, good, or neither.") : tr("Why this verdict");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace sluicegate::items

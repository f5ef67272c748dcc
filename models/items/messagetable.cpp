// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/messagetable.h"

#include "models/items/cells.h"
#include "models/items/messageorder.h"
#include "models/words/words.h"

#include <QElapsedTimer>
#include <QLocale>

#include <algorithm>

namespace sluicegate::items {

MessageTable::MessageTable(QObject* parent) : QAbstractTableModel(parent) { }

void MessageTable::show(std::shared_ptr<const triage::Analysis> analysis)
{
    m_busy = true;
    m_background.start([this, analysis = std::move(analysis)](std::stop_token stop) {
        std::shared_ptr<const Messages> messages = Messages::of(analysis, stop);
        if (!messages)
            return;
        std::shared_ptr<const TimeLanes> lanes = TimeLanes::of(*messages, stop);
        m_background.deliver(stop, [this, messages = std::move(messages), lanes = std::move(lanes)] {
            m_messages = messages;
            refilter();
            Q_EMIT lanesReady(lanes);
        });
    });
}

void MessageTable::setFilter(const Filter& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    if (m_messages)
        refilter();
}

void MessageTable::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || (m_sortColumn == column && m_sortOrder == order))
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    if (m_messages)
        refilter();
}

void MessageTable::refilter()
{
    m_busy = true;
    m_background.start([this, messages = m_messages, filter = m_filter, column = m_sortColumn,
                           order = m_sortOrder](std::stop_token stop) {
        eachChunk(*messages, filter, {Column(column), order}, stop, [&](Chunk chunk, bool first, bool last) {
            m_background.deliver(
                stop, [this, chunk = std::move(chunk), first, last] { take(chunk, first, last); });
        });
    });
}

void MessageTable::take(Chunk chunk, bool first, bool last)
{
    if (first) {
        beginResetModel();
        m_chunks.clear();
        m_starts.clear();
        m_rows = 0;
    } else if (!chunk->empty()) {
        beginInsertRows({}, int(m_rows), int(m_rows + chunk->size()) - 1);
    }
    if (!chunk->empty()) {
        m_starts.push_back(m_rows);
        m_rows += std::uint32_t(chunk->size());
        m_chunks.push_back(chunk);
    }
    if (first)
        endResetModel();
    else if (!chunk->empty())
        endInsertRows();
    m_busy = !last;
    Q_EMIT counted();
}

std::optional<std::uint32_t> MessageTable::journeyAt(int row) const
{
    if (row < 0 || std::uint32_t(row) >= m_rows)
        return {};
    const auto chunk = std::ranges::upper_bound(m_starts, std::uint32_t(row)) - 1;
    return (*m_chunks[std::size_t(chunk - m_starts.begin())])[std::uint32_t(row) - *chunk];
}

int MessageTable::rowOf(std::uint32_t journey) const
{
    for (std::size_t i = 0; i < m_chunks.size(); ++i) {
        const auto found = std::ranges::find(*m_chunks[i], journey);
        if (found != m_chunks[i]->end())
            return int(m_starts[i]) + int(found - m_chunks[i]->begin());
    }
    return -1;
}

int MessageTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows);
}

int MessageTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MessageTable::data(const QModelIndex& index, int role) const
{
    const std::optional<std::uint32_t> journey = journeyAt(index.row());
    if (!journey || index.column() >= ColumnCount)
        return {};
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(*journey, column);
    case Qt::ToolTipRole:
        return column == Recipients ? recipientNames(m_messages->journey(*journey), 12)
                                    : text(*journey, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            Qt::AlignVCenter | (column == Size || column == Recipients ? Qt::AlignRight : Qt::AlignLeft)));
    case SortRole:
        return raw(*journey, column);
    case IndexRole:
        return *journey;
    case OutcomeRole:
        return int(m_messages->outcome[*journey]);
    case SuspectRole:
        return int(m_messages->suspect[*journey]);
    case NoticedRole:
        return bool(m_messages->noticed[*journey]);
    default:
        return {};
    }
}

QString MessageTable::text(std::uint32_t index, Column column) const
{
    const maillog::Journey journey = m_messages->journey(index);
    switch (column) {
    case Time:
        return timeText(m_messages->at[index]);
    case Sender:
        return journey.hasSender() && journey.sender().empty() ? tr("<> (bounce)")
                                                               : words::inert(journey.sender());
    case Account:
        return words::inert(m_messages->account(index));
    case Client:
        return words::inert(journey.clientIp());
    case Recipients:
        return QLocale().toString(journey.recipientCount().value_or(tally(journey).recipients));
    case Status:
        return outcomeText(tally(journey));
    case Size:
        return journey.size() ? QLocale().formattedDataSize(qint64(*journey.size()), 1) : QString();
    case Queue:
        return words::inert(journey.queueId());
    case Subject:
        return words::inert(m_messages->subject(index));
    case Id:
        return journey.hasMessageId() && journey.messageId().empty() ? tr("<> (none sent)")
                                                                     : words::inert(journey.messageId());
    case ColumnCount:
        break;
    }
    return {};
}

QVariant MessageTable::raw(std::uint32_t index, Column column) const
{
    const maillog::Journey journey = m_messages->journey(index);
    switch (column) {
    case Time:
        return qlonglong(m_messages->at[index].time_since_epoch().count());
    case Recipients:
        return qulonglong(journey.recipientCount().value_or(tally(journey).recipients));
    case Status:
        return int(m_messages->outcome[index]);
    case Size:
        return qulonglong(journey.size().value_or(0));
    case Sender:
    case Account:
    case Client:
    case Queue:
    case Subject:
    case Id:
        return text(index, column);
    case ColumnCount:
        break;
    }
    return {};
}

std::optional<Term> MessageTable::termAt(const QModelIndex& cell) const
{
    const std::optional<std::uint32_t> index = journeyAt(cell.row());
    if (!index)
        return {};
    const maillog::Journey journey = m_messages->journey(*index);
    const auto term = [](Field field, std::string value) -> std::optional<Term> {
        if (value.empty())
            return {};
        return Term {.field = field, .value = std::move(value)};
    };
    switch (Column(cell.column())) {
    case Time: {
        const base::Instant at = m_messages->at[*index];
        return Term {.field = Field::Time,
            .from = at - std::chrono::minutes(5),
            .until = at + std::chrono::minutes(5)};
    }
    case Sender:
        return term(Field::Sender, std::string(journey.sender()));
    case Account:
        return term(Field::Account, m_messages->account(*index));
    case Client:
        return term(Field::Client, std::string(journey.clientIp()));
    case Status:
        return term(Field::Outcome, std::string(name(m_messages->outcome[*index])));
    case Queue:
        return term(Field::Text, std::string(journey.queueId()));
    case Subject:
        return term(Field::Text, std::string(m_messages->subject(*index)));
    case Id:
        return term(Field::Text, std::string(journey.messageId()));
    case Recipients:
    case Size:
    case ColumnCount:
        break;
    }
    return {};
}

QVariant MessageTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            Qt::AlignVCenter | (section == Size || section == Recipients ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (Column(section)) {
    case Time:
        return tip ? tr("When the log first mentions the message, in UTC.") : tr("Time (UTC)");
    case Sender:
        return tip ? tr("Envelope sender; <> is the null sender of bounces.") : tr("From");
    case Account:
        return tip
            ? tr("The login it was sent with, or the system user that handed it in on the server itself.")
            : tr("Login or user");
    case Client:
        return tip ? tr("Address of the machine that handed the message in.") : tr("Client");
    case Recipients:
        return tip ? tr("How many recipients it was meant for.") : tr("Rcpt.");
    case Status:
        return tip ? tr("How the last attempt for each recipient ended.") : tr("Status");
    case Size:
        return tip ? tr("Size of the message in the queue.") : tr("Size");
    case Queue:
        return tip ? tr("The mail server's own name for it; short ids are used again later.")
                   : tr("Queue ID");
    case Subject:
        return tip
            ? tr("Known of messages that wait in the queue and were sampled, and of those in PHP's mail "
                 "log: the mail log itself does not tell it.")
            : tr("Subject");
    case Id:
        return tip ? tr("The Message-ID header, as a notice would name it.") : tr("Message-ID");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace sluicegate::items

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/noticeidmodel.h"

#include "models/words/words.h"

#include <algorithm>

namespace sluicegate::items {

void NoticeIdModel::show(
    std::optional<notice::Notice> notice, std::shared_ptr<const triage::Analysis> analysis)
{
    beginResetModel();
    m_analysis = std::move(analysis);
    m_rows.clear();
    for (const notice::NoticedId& id : notice ? notice->ids : std::vector<notice::NoticedId>()) {
        Row row {.id = id, .finding = Finding::NoLog, .journeys = {}};
        if (m_analysis && m_analysis->log) {
            row.journeys = m_analysis->log->findMessageId(id.id.value);
            row.finding = row.journeys.empty() ? Finding::Missing : Finding::Found;
        }
        m_rows.push_back(std::move(row));
    }
    endResetModel();
}

int NoticeIdModel::found() const
{
    return int(std::ranges::count(m_rows, Finding::Found, &Row::finding));
}

int NoticeIdModel::missing() const
{
    return int(std::ranges::count(m_rows, Finding::Missing, &Row::finding));
}

int NoticeIdModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int NoticeIdModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString NoticeIdModel::foundText(const Row& row) const
{
    switch (row.finding) {
    case Finding::NoLog:
        return tr("no log yet");
    case Finding::Missing:
        return tr("not in the log");
    case Finding::Found:
        return tr("found: %1").arg(words::inert(m_analysis->log->journey(row.journeys.front()).queueId()));
    }
    return {};
}

QVariant NoticeIdModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case SortRole:
        return Column(index.column()) == Id ? words::inert(row.id.id.value) : foundText(row);
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(words::inert(row.id.id.value), foundText(row));
    case FoundRole:
        return int(row.finding);
    case JourneyRole:
        return row.journeys.empty() ? QVariant() : QVariant(row.journeys.front());
    default:
        return {};
    }
}

QVariant NoticeIdModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (Column(section)) {
    case Id:
        return tip ? tr("As the notice names it.") : tr("Message-ID");
    case Found:
        return tip ? tr("Whether the mail log knows it, and under which queue ID.") : tr("In the log");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace sluicegate::items

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/queuegroups.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace sluicegate::items {

namespace {

struct Groups {
    Q_DECLARE_TR_FUNCTIONS(Groups)
};

constexpr std::array<int, 6> ageHours {1, 6, 24, 48, 96, 120};

int ageOf(const QueueRows& queue, const QueueRow& row)
{
    const auto age = queue.analysis->facts.now - row.arrival;
    int step = 0;
    for (const int hours : ageHours)
        step += age >= std::chrono::hours(hours) ? 1 : 0;
    return step;
}

QString ageName(int step)
{
    switch (step) {
    case 0:
        return Groups::tr("under 1 h");
    case 1:
        return Groups::tr("1 to 6 h");
    case 2:
        return Groups::tr("6 to 24 h");
    case 3:
        return Groups::tr("1 to 2 d");
    case 4:
        return Groups::tr("2 to 4 d");
    case 5:
        return Groups::tr("4 to 5 d");
    default:
        return Groups::tr("over 5 d");
    }
}

QString templateName(const QueueRows& queue, const QueueRow& row)
{
    if (!queue.isSampled(row))
        return Groups::tr("Subject not known: not sampled");
    const QString subject = words::inert(queue.templates[std::size_t(row.made)].subject);
    return subject.isEmpty() ? Groups::tr("(no subject)") : subject;
}

std::set<std::string> domainsOf(const queue::Entry& entry)
{
    std::set<std::string> domains;
    for (const queue::Recipient& to : entry.recipients) {
        std::string domain = to.address.substr(to.address.rfind('@') + 1);
        std::ranges::transform(
            domain, domain.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        domains.insert(std::move(domain));
    }
    return domains;
}

class Grouper {
public:
    Grouper(const QueueRows& queue, Grouping grouping) : m_queue(queue), m_grouping(grouping) { }

    void take(std::uint32_t index)
    {
        const QueueRow& row = m_queue.rows[index];
        switch (m_grouping) {
        case Grouping::None:
            return;
        case Grouping::Sender:
            return add(index, row.sender, row.sender);
        case Grouping::Account:
            return add(index, row.account, row.account.isEmpty() ? Groups::tr("not known") : row.account);
        case Grouping::Template:
            return add(index, QString::number(row.made), templateName(m_queue, row));
        case Grouping::Age: {
            const int step = ageOf(m_queue, row);
            return add(index, QString::number(step), ageName(step));
        }
        case Grouping::Domain:
            for (const std::string& domain : domainsOf(m_queue.entry(row))) {
                const QString name = words::inert(domain);
                add(index, name, name.isEmpty() ? Groups::tr("no recipient known") : name);
            }
        }
    }

    QueueGroups finish()
    {
        std::vector<std::size_t> order(m_result.groups.size());
        std::iota(order.begin(), order.end(), 0u);
        std::ranges::stable_sort(order, [this](std::size_t a, std::size_t b) {
            if (m_grouping == Grouping::Age)
                return m_result.groups[a].key < m_result.groups[b].key;
            return m_result.groups[a].count() > m_result.groups[b].count();
        });
        QueueGroups sorted;
        for (const std::size_t at : order) {
            sorted.groups.push_back(std::move(m_result.groups[at]));
            sorted.members.push_back(std::move(m_result.members[at]));
        }
        return sorted;
    }

private:
    void add(std::uint32_t index, const QString& key, const QString& name)
    {
        auto found = m_places.constFind(key);
        if (found == m_places.constEnd()) {
            found = m_places.insert(key, m_result.groups.size());
            m_result.groups.push_back(
                {.key = key, .name = name, .note = noteOf(index), .representative = index});
            m_result.members.emplace_back();
        }
        QueueGroup& group = m_result.groups[*found];
        const Fate fate = m_queue.rows[index].fate;
        const QueueRow& first = m_queue.rows[group.representative];
        if (!m_queue.isSampled(first) && m_queue.isSampled(m_queue.rows[index]))
            group.representative = index;
        ++(fate == Fate::Spam ? group.spam : fate == Fate::Keep ? group.keep : group.undecided);
        m_result.members[*found].push_back(index);
    }

    QString noteOf(std::uint32_t index) const
    {
        const QueueRow& row = m_queue.rows[index];
        if (m_grouping != Grouping::Template || !m_queue.isSampled(row))
            return {};
        return words::inert(m_queue.templates[std::size_t(row.made)].mailer);
    }

    const QueueRows& m_queue;
    Grouping m_grouping;
    QueueGroups m_result;
    QHash<QString, std::size_t> m_places;
};

} // namespace

QString groupingName(Grouping grouping)
{
    switch (grouping) {
    case Grouping::None:
        return Groups::tr("not grouped");
    case Grouping::Sender:
        return Groups::tr("by sender");
    case Grouping::Account:
        return Groups::tr("by login or script");
    case Grouping::Template:
        return Groups::tr("by template (subject and header)");
    case Grouping::Domain:
        return Groups::tr("by recipient's domain");
    case Grouping::Age:
        return Groups::tr("by age");
    }
    return {};
}

QueueGroups groupsOf(const QueueRows& queue, const Rows& rows, Grouping grouping)
{
    Grouper grouper(queue, grouping);
    for (const std::uint32_t row : rows)
        grouper.take(row);
    return grouper.finish();
}

void QueueGroupModel::show(std::shared_ptr<const QueueGroups> groups)
{
    beginResetModel();
    m_groups = std::move(groups);
    endResetModel();
}

const QueueGroup* QueueGroupModel::group(int row) const
{
    return row >= 0 && row < rowCount() ? &m_groups->groups[std::size_t(row)] : nullptr;
}

int QueueGroupModel::rowOf(const QString& key) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (m_groups->groups[std::size_t(row)].key == key)
            return row;
    return -1;
}

int QueueGroupModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_groups ? 0 : int(m_groups->groups.size());
}

int QueueGroupModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant QueueGroupModel::data(const QModelIndex& index, int role) const
{
    const QueueGroup* group = index.isValid() ? this->group(index.row()) : nullptr;
    if (!group)
        return {};
    const auto number = [&]() -> std::uint32_t {
        switch (Column(index.column())) {
        case Messages:
            return group->count();
        case Spam:
            return group->spam;
        case Keep:
            return group->keep;
        case Undecided:
            return group->undecided;
        case Name:
        case ColumnCount:
            break;
        }
        return 0;
    };
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? group->name : QLocale().toString(number());
    case Qt::ToolTipRole:
        return group->note.isEmpty() ? group->name : tr("%1\nMailer: %2").arg(group->name, group->note);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (index.column() == Name ? Qt::AlignLeft : Qt::AlignRight)));
    case SortRole:
        return index.column() == Name ? QVariant(group->name) : QVariant(number());
    case RepresentativeRole:
        return group->representative;
    case NoteRole:
        return group->note;
    default:
        return {};
    }
}

QVariant QueueGroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section == Name ? Qt::AlignLeft : Qt::AlignRight)));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (Column(section)) {
    case Name:
        return tip ? tr("What the messages of the group share.") : tr("Group");
    case Messages:
        return tip ? tr("Messages of the group that meet the search.") : tr("All");
    case Spam:
        return tip ? tr("Of these, proven to be of the spam.") : tr("Spam");
    case Keep:
        return tip ? tr("Of these, shown to be good mail.") : tr("Keep");
    case Undecided:
        return tip ? tr("Of these, neither proven nor cleared; they are kept.") : tr("Open");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace sluicegate::items

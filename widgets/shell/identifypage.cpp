// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/identifypage.h"

#include "models/attribution/queuesplit.h"
#include "models/items/filtertext.h"
#include "models/words/words.h"
#include "widgets/common/chiprow.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"
#include "widgets/inspector/inspector.h"
#include "widgets/message/messagescreen.h"
#include "widgets/timeline/timeline.h"

#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace sluicegate::shell {

using common::Step;

namespace {

class FilterChange : public QUndoCommand {
public:
    using Put = std::function<void(const items::Filter&)>;
    FilterChange(Put put, items::Filter before, items::Filter after)
        : QUndoCommand(IdentifyPage::tr("filter"))
        , m_put(std::move(put))
        , m_before(std::move(before))
        , m_after(std::move(after))
    {
    }
    void undo() override { m_put(m_before); }
    void redo() override { m_put(m_after); }

private:
    Put m_put;
    items::Filter m_before;
    items::Filter m_after;
};

std::vector<timeline::Mark> marksOf(const desk::Snapshot& snapshot)
{
    using timeline::Mark;
    std::vector<Mark> marks;
    if (snapshot.notice && snapshot.notice->detected)
        marks.push_back({*snapshot.notice->detected, Mark::Kind::Notice});
    if (snapshot.gate && snapshot.gate->shutAt)
        marks.push_back({*snapshot.gate->shutAt, Mark::Kind::Shut});
    return marks;
}

} // namespace

IdentifyPage::IdentifyPage(QWidget* parent)
    : QWidget(parent)
    , m_chips(new common::ChipRow)
    , m_timeline(new timeline::Timeline)
    , m_plot(new common::Card)
    , m_messages(new messagescreen::MessageScreen)
    , m_changes(new QUndoStack(this))
    , m_inspector(new inspector::Inspector)
{
    QVBoxLayout* rows = common::page(this, tr("Identify"),
        tr("Every message in the log. A bar marks those of a suspect, a dot those the notice names."));
    rows->setSpacing(Step + Step / 2);
    m_plot->rows()->setContentsMargins(2 * Step, Step, Step, Step / 2);
    m_plot->rows()->addWidget(m_timeline);
    rows->addWidget(m_chips);
    rows->addWidget(m_plot);
    rows->addWidget(m_messages, 1);
    m_messages->addPage(m_inspector, tr("Header of its queued copy"));
    connectParts();
    show(desk::Snapshot(), desk::Part::Everything);
}

void IdentifyPage::connectParts()
{
    items::MessageTable& table = m_messages->table();
    connect(m_chips, &common::ChipRow::filterChanged, this, &IdentifyPage::apply);
    connect(m_messages, &messagescreen::MessageScreen::actionRequested, this, &IdentifyPage::actionRequested);
    connect(m_messages, &messagescreen::MessageScreen::filterWanted, this,
        [this](const items::Term& term) { apply(m_filter.with(term)); });
    connect(m_messages, &messagescreen::MessageScreen::pinWanted, this, &IdentifyPage::pinWanted);
    connect(m_inspector, &inspector::Inspector::pinWanted, this, &IdentifyPage::pinWanted);
    connect(m_inspector, &inspector::Inspector::filterWanted, this,
        [this](const items::Term& term) { apply(m_filter.with(term)); });
    connect(
        m_messages, &messagescreen::MessageScreen::selected, this, [this](std::optional<quint32> journey) {
            const auto& messages = m_messages->table().messages();
            m_timeline->setSelected(
                journey && messages ? std::optional(messages->at[*journey]) : std::nullopt);
            inspect(journey);
        });
    connect(m_timeline, &timeline::Timeline::brushed, this, [this](std::optional<timeline::Range> range) {
        items::Filter filter = m_filter;
        std::erase_if(filter.terms,
            [](const items::Term& term) { return term.field == items::Field::Time && !term.inverted; });
        if (range)
            filter = filter.with({.field = items::Field::Time, .from = range->from, .until = range->until});
        apply(filter);
    });
    connect(&table, &items::MessageTable::lanesReady, this, &IdentifyPage::showLanes);
    connect(&table, &items::MessageTable::counted, this, &IdentifyPage::showCounts);
}

// A short queue id may have been used before: the copy is of the life that the queue holds now.
void IdentifyPage::inspect(std::optional<quint32> index)
{
    if (!index)
        return m_inspector->showEmpty(tr("No message is selected"),
            tr("Select one that is still in the queue to look into its header."));
    const triage::Analysis& analysis = *m_messages->table().messages()->analysis;
    const maillog::Journey journey = analysis.log->journey(*index);
    const auto& queue = analysis.facts.queue;
    const auto entry = std::ranges::find(
        queue, journey.queueId(), [](const queue::Entry& each) { return std::string_view(each.id.value); });
    const bool waits = entry != queue.end() && attribution::lifeOf(*analysis.log, *entry) == *index;
    const auto copy = waits ? analysis.facts.queued.find(entry->id.value) : analysis.facts.queued.end();
    if (copy != analysis.facts.queued.end())
        return m_inspector->show(
            words::inert(journey.queueId()), copy->second.bytes, copy->second.inspection);
    const int sampled = int(analysis.facts.queued.size());
    m_inspector->showEmpty(
        waits ? tr("This message was not sampled") : tr("This message is no longer in the queue"),
        tr("Only messages still in the queue, of which %Ln were sampled, can be looked into.", nullptr,
            sampled));
}

void IdentifyPage::apply(const items::Filter& filter)
{
    if (filter != m_filter)
        m_changes->push(
            new FilterChange([this](const items::Filter& other) { put(other); }, m_filter, filter));
}

void IdentifyPage::put(const items::Filter& filter)
{
    m_filter = filter;
    m_chips->setFilter(filter);
    m_messages->table().setFilter(filter);
    std::optional<timeline::Range> brush;
    for (const items::Term& term : filter.terms) {
        if (term.field == items::Field::Time && !term.inverted && term.from && term.until)
            brush = timeline::Range {*term.from, *term.until};
    }
    m_timeline->setBrush(brush);
    Q_EMIT filterChanged(filter);
}

void IdentifyPage::filterBy(const items::Filter& filter)
{
    apply(filter);
}

void IdentifyPage::selectJourney(quint32 journey, const std::optional<base::EvidenceLine>& line)
{
    apply({});
    if (line)
        m_messages->select(journey, *line);
    else
        m_messages->select(journey);
}

void IdentifyPage::beginSearch()
{
    m_chips->beginSearch();
}

void IdentifyPage::showCounts()
{
    const items::MessageTable& table = m_messages->table();
    m_chips->setCounts(quint64(table.rowCount()), table.messages() ? table.messages()->size() : 0);
}

void IdentifyPage::showLanes(std::shared_ptr<const items::TimeLanes> lanes)
{
    QStringList names;
    for (const items::Lane& lane : lanes->lanes) {
        const auto& suspects = m_analysis->verdict.suspects;
        const bool other = lane.rank == 0 || std::size_t(lane.rank) > suspects.size();
        names += other ? tr("Everything else") : words::name(suspects[std::size_t(lane.rank) - 1].source);
    }
    m_timeline->setLanes(std::move(lanes), names);
    // The first message the notice names is what the operator came for.
    const std::vector<bool>& noticed = m_messages->table().messages()->noticed;
    const auto first = std::ranges::find(noticed, true);
    if (first != noticed.end())
        m_messages->select(quint32(first - noticed.begin()));
}

void IdentifyPage::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    if (parts & (desk::Part::Notice | desk::Part::Gate))
        m_timeline->setMarks(marksOf(snapshot));
    if (parts.testFlag(desk::Part::Analysis) && m_analysis != snapshot.analysis) {
        const bool first = !m_analysis;
        m_analysis = snapshot.analysis;
        if (!m_analysis) { // another case: its filters are not this one's
            put({});
            m_changes->clear();
        } else if (first) { // as they were when the case was closed
            put(items::filterOf(snapshot.filter).value_or(items::Filter()));
        }
        m_messages->table().show(m_analysis);
    }
    const bool there = snapshot.analysis && snapshot.analysis->log;
    m_chips->setVisible(there);
    m_plot->setVisible(there);
    if (there)
        return m_messages->showMessages();
    if (snapshot.running && snapshot.running->stage == desk::Stage::Analysing)
        return m_messages->showBusy(
            tr("Reading the log"), tr("Every line is read once and put together by message."));
    m_messages->showEmpty(tr("No mail log yet"),
        tr("The messages are read from the server's mail log. Get it from the server, or open a copy of it."),
        tr("Get the &evidence"));
}

} // namespace sluicegate::shell

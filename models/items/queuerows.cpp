// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/queuerows.h"

#include "models/attribution/queuesplit.h"
#include "models/items/cells.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace sluicegate::items {

namespace {

struct Queue {
    Q_DECLARE_TR_FUNCTIONS(Queue)
};

// Why it is held to be spam, good, or neither; the sentences differ by what was found.
class Builder {
public:
    Builder(QueueRows& result, std::stop_token stop) : m_result(result), m_stop(std::move(stop)) { }

    bool build()
    {
        collectVerdict();
        const std::vector<queue::Entry>& entries = facts().queue;
        m_result.rows.reserve(entries.size());
        for (std::uint32_t i = 0; i < entries.size(); ++i) {
            if (i % 1024 == 0 && m_stop.stop_requested())
                return false;
            m_result.rows.push_back(rowOf(i, entries[i]));
        }
        findTemplates();
        return readSettings();
    }

private:
    const attribution::Facts& facts() const { return m_result.analysis->facts; }
    const attribution::Verdict& verdict() const { return m_result.analysis->verdict; }

    // Many rows say the same; one text serves them all.
    QString shared(const QString& text) { return *m_texts.insert(text); }

    void collectVerdict()
    {
        for (const attribution::Suspect& suspect : verdict().suspects) {
            for (const base::QueueId& id : suspect.queueIds)
                m_suspectOf.emplace(id.value, &suspect);
            for (const std::uint32_t journey : suspect.journeys)
                m_spamJourneys.emplace(journey, &suspect);
        }
        for (const base::QueueId& id : verdict().suspectQueue)
            m_spam.insert(id.value);
    }

    const attribution::QueuedMessage* sampleOf(const queue::Entry& entry) const
    {
        const auto found = facts().queued.find(entry.id.value);
        return found == facts().queued.end() ? nullptr : &found->second;
    }

    QueueRow rowOf(std::uint32_t index, const queue::Entry& entry)
    {
        QueueRow row;
        row.arrival = entry.arrival;
        row.size = entry.size;
        row.entry = index;
        row.recipients = std::uint32_t(entry.recipients.size());
        row.place = entry.place;
        row.time = timeText(entry.arrival);
        row.age = shared(words::span(std::chrono::floor<std::chrono::seconds>(facts().now - entry.arrival)));
        row.sender = shared(entry.sender.empty() ? Queue::tr("<> (bounce)") : words::inert(entry.sender));
        row.sizeText = shared(words::size(entry.size));
        fillRecipients(row, entry);
        decide(row, entry);
        return row;
    }

    void fillRecipients(QueueRow& row, const queue::Entry& entry)
    {
        if (entry.recipients.empty())
            return;
        const QString first = words::inert(entry.recipients.front().address);
        row.to = row.recipients == 1
            ? first
            : Queue::tr("%1 and %Ln more", nullptr, int(row.recipients) - 1).arg(first);
        const auto waits = std::ranges::find_if(
            entry.recipients, [](const queue::Recipient& to) { return !to.reason.empty(); });
        if (waits != entry.recipients.end())
            row.reason = shared(words::inert(std::string_view(waits->reason).substr(0, 400)));
    }

    void decide(QueueRow& row, const queue::Entry& entry)
    {
        const maillog::History* log = m_result.analysis->log.get();
        const auto journey = log ? attribution::lifeOf(*log, entry) : std::nullopt;
        row.account = shared(accountOf(journey, entry));
        if (m_spam.contains(entry.id.value))
            return decideSpam(row, entry, journey);
        const auto named = journey ? m_spamJourneys.find(*journey) : m_spamJourneys.end();
        row.fate = Fate::Undecided;
        if (named != m_spamJourneys.end()) {
            row.why = shared(Queue::tr("Of suspect %1, against whom the evidence does not suffice to delete")
                    .arg(named->second->rank));
        } else if (journey) {
            row.fate = Fate::Keep;
            row.why = shared(Queue::tr("The log shows it, and it is not of the spam"));
        } else if (sampleOf(entry)) {
            row.fate = Fate::Keep;
            row.why = shared(Queue::tr("Its own header shows another origin than the spam's"));
        } else {
            row.why = shared(log ? Queue::tr("Not in the log and not sampled: kept, in doubt")
                                 : Queue::tr("No mail log tells where it came from: kept, in doubt"));
        }
        if (verdict().suspects.empty()) {
            row.fate = Fate::Undecided;
            row.why = shared(Queue::tr("No source of spam is named yet: nothing can be judged"));
        }
    }

    void decideSpam(QueueRow& row, const queue::Entry& entry, std::optional<std::uint32_t> journey)
    {
        row.fate = Fate::Spam;
        const auto found = m_suspectOf.find(entry.id.value);
        if (found == m_suspectOf.end())
            return;
        const QString source = words::name(found->second->source);
        row.account = shared(source);
        if (journey && m_spamJourneys.contains(*journey))
            row.why = shared(Queue::tr("The log shows it came from %1").arg(source));
        else if (sampleOf(entry))
            row.why = shared(Queue::tr("Its queue file names %1").arg(source));
        else
            row.why = shared(Queue::tr("Only the spam of %1 has this sender").arg(source));
    }

    QString accountOf(std::optional<std::uint32_t> index, const queue::Entry& entry) const
    {
        if (index) {
            const maillog::Journey journey = m_result.analysis->log->journey(*index);
            if (!journey.saslUsername().empty())
                return words::inert(journey.saslUsername());
            if (journey.uid())
                return userOf(*journey.uid());
        }
        const attribution::QueuedMessage* sample = sampleOf(entry);
        if (!sample)
            return {};
        const message::Origin& origin = sample->inspection.origin;
        if (!origin.authUser.empty())
            return words::inert(origin.authUser);
        if (!origin.script.empty())
            return words::inert(origin.script);
        return origin.uid ? userOf(*origin.uid) : QString();
    }

    QString userOf(std::uint32_t uid) const
    {
        const hosting::Account* owner = facts().hosting.byUid(uid);
        return owner ? words::inert(owner->user) : Queue::tr("uid %1").arg(uid);
    }

    void findTemplates()
    {
        std::vector<const message::Inspection*> inspections(m_result.rows.size(), nullptr);
        for (std::size_t i = 0; i < m_result.rows.size(); ++i)
            if (const auto* sample = sampleOf(m_result.entry(m_result.rows[i])))
                inspections[i] = &sample->inspection;
        m_result.templates = message::templatesOf(inspections);
        for (std::size_t made = 0; made < m_result.templates.size(); ++made)
            for (const std::size_t row : m_result.templates[made].members)
                m_result.rows[row].made = std::int32_t(made);
    }

    bool readSettings()
    {
        if (const evidence::Item* item = m_result.analysis->bundle.command("postconf-n"))
            if (const auto unpacked = evidence::unpack(item->local, m_stop)) {
                m_result.lifetime = queue::readLifetime(unpacked->bytes.view());
                m_result.lifetimeKnown = true;
            }
        return !m_stop.stop_requested();
    }

    QueueRows& m_result;
    std::stop_token m_stop;
    QSet<QString> m_texts;
    std::unordered_map<std::string, const attribution::Suspect*> m_suspectOf;
    std::unordered_map<std::uint32_t, const attribution::Suspect*> m_spamJourneys;
    std::unordered_set<std::string> m_spam;
};

} // namespace

QString fateName(Fate fate)
{
    switch (fate) {
    case Fate::Spam:
        return Queue::tr("spam");
    case Fate::Keep:
        return Queue::tr("keep");
    case Fate::Undecided:
        break;
    }
    return Queue::tr("undecided");
}

std::uint32_t QueueRows::count(Fate fate) const
{
    return std::uint32_t(std::ranges::count(rows, fate, &QueueRow::fate));
}

std::optional<Deadline> QueueRows::deadline() const
{
    std::optional<Deadline> result;
    for (const QueueRow& row : rows) {
        if (row.fate == Fate::Spam)
            continue;
        const base::Instant end = queue::givenUp(entry(row), lifetime);
        if (!result)
            result = Deadline {.first = end, .last = end};
        ++result->good;
        result->over += end <= analysis->facts.now ? 1 : 0;
        result->first = std::min(result->first, end);
        result->last = std::max(result->last, end);
    }
    return result;
}

std::shared_ptr<const QueueRows> QueueRows::of(
    std::shared_ptr<const triage::Analysis> analysis, std::stop_token stop)
{
    auto result = std::make_shared<QueueRows>();
    result->analysis = std::move(analysis);
    if (result->analysis && !Builder(*result, stop).build())
        return {};
    return result;
}

} // namespace sluicegate::items

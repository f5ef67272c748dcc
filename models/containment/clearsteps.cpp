// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/clearsteps.h"

#include "models/containment/savedmessage.h"

#include <algorithm>
#include <format>
#include <unordered_set>

namespace sluicegate::containment {

namespace {

constexpr std::size_t batchSize = 5000; // ids for one postsuper
constexpr std::size_t chunkSize = 200; // messages for one postcat: far below any limit of a command line
constexpr std::uint64_t chunkBytes = 16u << 20;
constexpr int rounds = 3;
constexpr int passes = 3;

std::vector<base::QueueId> idsOf(const auto& works)
{
    std::vector<base::QueueId> ids;
    for (const auto* work : works)
        ids.push_back(work->about.item.id);
    return ids;
}

template <typename Works> std::vector<Works> inBatches(const Works& works, std::size_t size)
{
    std::vector<Works> batches;
    for (std::size_t from = 0; from < works.size(); from += size)
        batches.emplace_back(works.begin() + std::ptrdiff_t(from),
            works.begin() + std::ptrdiff_t(std::min(from + size, works.size())));
    return batches;
}

} // namespace

Clearing::Clearing(Hand& hand, MailServer server, const Selection& selection, const Report& report)
    : m_hand(hand), m_report(report), m_server(server), m_scripts(scriptsOf(server))
{
    const auto known = recall(hand.ledger());
    for (const Item& item : selection.items) {
        Work work {.about = {.item = item}, .known = {}};
        if (const auto at = known.find(item); at != known.end())
            work.known = at->second;
        m_works.push_back(std::move(work));
    }
}

Ending Clearing::run()
{
    if (const auto done = steps(); !done) {
        m_ending.interrupted = done.error();
        settleCut();
    }
    for (Work& work : m_works)
        m_ending.items.push_back(std::move(work.about));
    return std::move(m_ending);
}

// A message that moves between two queues while they are listed may be missed: who was missed is looked for
// again.
base::Result<void> Clearing::steps()
{
    auto done = look().and_then([this] {
        countKept();
        return noteSelection();
    });
    for (int pass = 0; done && pass < passes; ++pass) {
        done = holdAll().and_then([this] { return saveAll(); }).and_then([this] { return deleteAll(); });
        if (done && pick([](const Work& work) { return work.present && !work.about.held; }).empty())
            break;
    }
    return done.and_then([this] { return settle(); });
}

// What was given to postsuper before the cut: seen to be gone, or only said to be.
void Clearing::settleCut()
{
    Works gone;
    for (Work* work : pick([](const Work& each) { return each.known.deleting; })) {
        const bool isGone = work->looked && !work->present;
        work->about.outcome = isGone ? Outcome::Done : Outcome::MustBeChecked;
        if (isGone)
            gone.push_back(work);
        else
            work->about.reason = "deleted, and not yet seen to be gone";
    }
    (void)noteDeleted(gone); // when the case cannot be written either, the next run sees the same
}

Clearing::Works Clearing::pick(bool (*wanted)(const Work&))
{
    Works works;
    for (Work& work : m_works)
        if (work.open() && wanted(work))
            works.push_back(&work);
    return works;
}

std::vector<Row> Clearing::rowsOf(const Works& works)
{
    std::vector<Row> rows;
    for (const Work* work : works)
        rows.push_back({work->about.item, work->known.sha256});
    return rows;
}

void Clearing::progress(Stage stage, std::uint64_t done, std::uint64_t of) const
{
    if (m_report)
        m_report({stage, done, of});
}

base::Result<void> Clearing::noteSelection()
{
    // A deletion that was begun once and did not happen is over.
    const auto still = pick([](const Work& work) { return work.present && work.known.deleting; });
    for (Work* work : still)
        work->known.deleting = false;
    if (auto noted = noteRows(m_hand.ledger(), kinds::notDeleted, rowsOf(still)); !noted)
        return noted;
    return noteRows(
        m_hand.ledger(), kinds::selected, rowsOf(pick([](const Work& work) { return work.present; })));
}

base::Result<void> Clearing::look()
{
    auto now = QueueNow::ask(m_hand, m_server);
    if (!now)
        return std::unexpected(now.error());
    m_queue = std::move(*now);
    for (Work& work : m_works)
        see(work);
    m_ending.keptAfter = std::uint64_t(
        std::ranges::count_if(m_kept, [this](const Item& item) { return m_queue->find(item) != nullptr; }));
    return {};
}

void Clearing::see(Work& work)
{
    const queue::Entry* entry = m_queue->find(work.about.item);
    work.present = entry != nullptr;
    work.looked = true;
    work.place = entry ? entry->place : queue::Place::Unknown;
    work.about.held = work.place == queue::Place::Hold;
}

// Good mail is counted by message, so that a queue id that came again does not pass for the one before.
void Clearing::countKept()
{
    std::unordered_set<base::QueueId> selected;
    for (const Work& work : m_works)
        if (work.present)
            selected.insert(work.about.item.id);
    for (const queue::Entry& entry : m_queue->entries()) {
        if (!selected.contains(entry.id))
            m_kept.push_back(itemOf(entry));
        if (entry.place == queue::Place::Hold)
            m_held.insert(entry.id);
    }
    m_ending.keptBefore = m_ending.keptAfter = m_kept.size();
}

// A message that is no longer there: we deleted it, now or before, or it left by itself.
void Clearing::settleAbsent()
{
    for (Work& work : m_works) {
        if (!work.open() || work.present)
            continue;
        if (m_queue->doubtful(work.about.item.id)) {
            work.about.outcome = Outcome::MustBeChecked;
            work.about.reason = "the listing has lines that were not understood";
        } else {
            work.about.outcome = work.known.deleting ? Outcome::Done : Outcome::AlreadySo;
            work.about.saved = !work.known.sha256.empty();
            if (m_queue->byId(work.about.item.id))
                work.about.reason = "another message has this queue id by now";
        }
    }
}

base::Result<ssh::Output> Clearing::tell(std::string_view script, const Works& works)
{
    const auto command = onIds(script, idsOf(works));
    auto output = m_hand.run(command);
    if (output && output->exitStatus != 0) {
        auto said = complaintsIn(m_server, *output);
        if (said.empty())
            m_complaint = complaint(*output);
        m_said.merge(said);
    }
    if (output && (output->exitStatus == 126 || output->exitStatus == 127))
        return std::unexpected(failureOf(command, *output));
    return output;
}

base::Result<void> Clearing::holdAll()
{
    for (int round = 0; round < rounds; ++round) {
        const auto works = pick([](const Work& work) {
            return work.present && !work.about.held && work.place != queue::Place::Maildrop;
        });
        const bool allSeen
            = std::ranges::all_of(m_works, [](const Work& work) { return work.present || !work.open(); });
        if (works.empty() && (allSeen || round > 0))
            break;
        progress(Stage::Hold, 0, works.size());
        if (auto held = holdRound(works); !held)
            return held;
        progress(Stage::Hold, works.size(), works.size());
    }
    return {};
}

// Between listing and holding a message may leave and its id come again; such a one is let go at once.
base::Result<void> Clearing::holdRound(const Works& works)
{
    for (const Works& batch : inBatches(works, batchSize)) {
        if (m_hand.stopped())
            return base::fail(base::FailureKind::Cancelled, std::string(m_scripts.hold));
        if (auto noted = noteRows(m_hand.ledger(), kinds::holding, rowsOf(batch)); !noted)
            return noted;
        const auto told = tell(m_scripts.hold, batch);
        for (Work* work : batch) {
            work->known.sha256.clear(); // a copy from before may know recipients who have it by now
            work->about.held = told && told->exitStatus == 0;
            if (told || told.error().kind == base::FailureKind::CommandMissing
                || told.error().kind == base::FailureKind::SudoRefused)
                continue; // it was answered, or never ran
            work->about.outcome = Outcome::MustBeChecked;
            work->about.reason = "the answer to the hold did not come";
        }
        if (!told)
            return std::unexpected(told.error());
    }
    return look().and_then([&] { return releaseStrangers(works); });
}

base::Result<void> Clearing::releaseStrangers(const Works& works)
{
    Works strangers;
    for (Work* work : works) {
        const queue::Entry* entry = work->present ? nullptr : m_queue->byId(work->about.item.id);
        if (entry && entry->place == queue::Place::Hold && !m_held.contains(entry->id))
            strangers.push_back(work);
    }
    if (strangers.empty())
        return {};
    if (auto noted = noteRows(m_hand.ledger(), kinds::releasing, rowsOf(strangers)); !noted)
        return noted;
    m_ending.released += strangers.size();
    const auto told = tell(m_scripts.release, strangers);
    return told ? base::Result<void>() : std::unexpected(told.error());
}

void Clearing::checkBackup(Work& work)
{
    if (work.known.sha256.empty())
        return;
    const auto bytes = m_hand.ledger().kept(work.known.sha256);
    work.about.saved = bytes && judgeCopy(m_server, *bytes, work.about.item) == Copy::Good;
}

base::Result<void> Clearing::saveAll()
{
    const auto isHeld = [](const Work& work) { return work.present && work.about.held && !work.about.saved; };
    for (Work* work : pick(isHeld))
        checkBackup(*work);
    const auto works = pick(isHeld);
    std::uint64_t done = 0;
    for (auto at = works.begin(); at != works.end();) {
        progress(Stage::Save, done, works.size());
        Works chunk;
        std::uint64_t bytes = 0;
        while (at != works.end() && chunk.size() < chunkSize && (chunk.empty() || bytes < chunkBytes)) {
            bytes += (*at)->about.item.size;
            chunk.push_back(*at++);
        }
        if (auto saved = saveChunk(chunk); !saved)
            return saved;
        done += chunk.size();
    }
    progress(Stage::Save, done, works.size());
    return {};
}

// postcat ends at the first message that it cannot open: that one is asked for alone, the rest again.
base::Result<void> Clearing::saveChunk(const Works& chunk)
{
    for (std::span<Work* const> rest = chunk; !rest.empty();) {
        const auto ids = idsOf(rest);
        auto command = onIds(m_scripts.show, {});
        for (const auto& id : ids)
            command.arguments.push_back(id.value);
        const auto output = m_hand.run(command);
        if (!output)
            return std::unexpected(output.error());
        if (output->exitStatus == 126 || output->exitStatus == 127)
            return std::unexpected(failureOf(command, *output));
        const auto messages = splitCopies(m_server, output->out, ids);
        if (auto kept = keep(rest.first(messages.size()), messages); !kept)
            return kept;
        rest = rest.subspan(messages.size());
        if (rest.empty())
            break;
        if (auto saved = saveOne(*rest.front()); !saved)
            return saved;
        rest = rest.subspan(1);
    }
    return {};
}

base::Result<void> Clearing::saveOne(Work& work)
{
    auto command = onIds(m_scripts.show, {});
    command.arguments.push_back(work.about.item.id.value);
    const auto output = m_hand.run(command);
    if (!output)
        return std::unexpected(output.error());
    if (output->exitStatus != 0 || !output->signal.empty()) {
        work.about.reason = complaint(*output);
        return {}; // whether it is still there, the next listing tells
    }
    const auto copies = splitCopies(m_server, output->out, {work.about.item.id});
    Work* const one[] = {&work};
    const std::string_view bytes[] = {copies.empty() ? std::string_view(output->out) : copies.front()};
    return keep(one, bytes);
}

base::Result<void> Clearing::keep(std::span<Work* const> works, std::span<const std::string_view> bytes)
{
    Works right;
    std::vector<std::string_view> copies;
    for (std::size_t i = 0; i < works.size(); ++i) {
        const Copy copy = judgeCopy(m_server, bytes[i], works[i]->about.item);
        if (copy == Copy::Good) {
            right.push_back(works[i]);
            copies.push_back(bytes[i]);
        } else {
            works[i]->about.reason
                = copy == Copy::OfAnother ? "the copy is of another message" : "the copy is not whole";
        }
    }
    const auto hashes = m_hand.ledger().keep(copies);
    if (!hashes)
        return std::unexpected(hashes.error());
    for (std::size_t i = 0; i < right.size(); ++i)
        right[i]->known.sha256 = (*hashes)[i];
    if (auto noted = noteRows(m_hand.ledger(), kinds::saved, rowsOf(right)); !noted)
        return noted;
    for (Work* work : right)
        work->about.saved = true;
    return {};
}

base::Result<void> Clearing::deleteAll()
{
    const auto ready = [](const Work& work) { return work.present && work.about.held && work.about.saved; };
    const auto planned = pick(ready);
    std::uint64_t done = 0;
    for (const Works& batch : inBatches(planned, batchSize)) {
        progress(Stage::Compare, done, planned.size());
        if (auto looked = look(); !looked)
            return looked;
        Works still = batch;
        std::erase_if(still, [&](Work* work) { return !ready(*work); });
        progress(Stage::Delete, done, planned.size());
        if (auto deleted = deleteBatch(still); !deleted)
            return deleted;
        done += batch.size();
    }
    progress(Stage::Verify, done, planned.size());
    return look();
}

// Every item gets its outcome: gone, or there and why.
base::Result<void> Clearing::settle()
{
    settleAbsent();
    for (Work* work : pick([](const Work&) { return true; })) {
        work->about.outcome = Outcome::Failed;
        if (!work->about.reason.empty())
            continue;
        if (work->place == queue::Place::Maildrop)
            work->about.reason = "waits in maildrop, where nothing can be held";
        else if (const auto said = m_said.find(work->about.item.id.value); said != m_said.end())
            work->about.reason = said->second;
        else if (!m_complaint.empty())
            work->about.reason = m_complaint;
        else
            work->about.reason = work->about.held ? "is still in the queue" : "could not be put on hold";
    }
    Works gone;
    for (Work& work : m_works)
        if (work.about.outcome == Outcome::Done && !work.known.deleted)
            gone.push_back(&work);
    return noteDeleted(gone);
}

base::Result<void> Clearing::deleteBatch(const Works& batch)
{
    if (batch.empty())
        return {};
    if (m_hand.stopped())
        return base::fail(base::FailureKind::Cancelled, std::string(m_scripts.erase));
    if (auto noted = noteRows(m_hand.ledger(), kinds::deleting, rowsOf(batch)); !noted)
        return noted;
    const auto told = tell(m_scripts.erase, batch);
    const auto removed = told ? removedIds(m_server, *told) : std::set<std::string_view>();
    Works others;
    for (Work* work : batch) {
        work->looked = false;
        work->known.deleting = removed.empty() || removed.contains(work->about.item.id.value);
        if (!work->known.deleting)
            others.push_back(work);
        if (!told) {
            work->about.outcome = Outcome::MustBeChecked;
            work->about.reason = "the answer to the deletion did not come";
        }
    }
    if (!told)
        return std::unexpected(told.error());
    return noteRows(m_hand.ledger(), kinds::notDeleted, rowsOf(others));
}

base::Result<void> Clearing::noteDeleted(const Works& works)
{
    return noteRows(m_hand.ledger(), kinds::deleted, rowsOf(works));
}

} // namespace sluicegate::containment

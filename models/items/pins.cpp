// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/pins.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>
#include <ranges>

namespace sluicegate::items {

namespace {

using casefile::Remark;
using casefile::RemarkKind;

struct Pins {
    Q_DECLARE_TR_FUNCTIONS(Pins)
};

constexpr std::size_t mostLines = 12; // of one pin: the report must stay readable

Remark fresh(RemarkKind kind)
{
    return {.id = QUuid::createUuid().toString(QUuid::Id128).toStdString(), .kind = kind};
}

// The reason that weighs most speaks for the suspect.
const attribution::Clue* strongest(const attribution::Suspect& suspect)
{
    const auto most = std::ranges::max_element(suspect.clues, {},
        [](const attribution::Clue& clue) { return clue.evidence.empty() ? -1.0e9 : clue.weight; });
    return most == suspect.clues.end() ? nullptr : &*most;
}

} // namespace

Remark noteOf(const QString& words)
{
    Remark remark = fresh(RemarkKind::Note);
    remark.words = words.trimmed().toStdString();
    return remark;
}

Remark pinOf(const Messages& messages, std::uint32_t index)
{
    const maillog::Journey journey = messages.journey(index);
    Remark remark = fresh(RemarkKind::Message);
    remark.at = messages.at[index];
    remark.title = remark.target = std::string(journey.queueId());
    for (const maillog::LineRef ref : journey.lines() | std::views::take(mostLines))
        remark.lines.push_back(messages.analysis->log->evidence(ref));
    return remark;
}

Remark pinOf(const queue::Entry& entry)
{
    Remark remark = fresh(RemarkKind::Message);
    remark.at = entry.arrival;
    remark.target = entry.id.value;
    remark.title = entry.id.value + (entry.sender.empty() ? " <>" : ' ' + entry.sender);
    return remark;
}

Remark pinOf(const attribution::Suspect& suspect)
{
    Remark remark = fresh(RemarkKind::Suspect);
    remark.at = suspect.first;
    remark.title = words::name(suspect.source).toStdString();
    remark.target = keyOf(suspect.source);
    if (const attribution::Clue* clue = strongest(suspect)) {
        for (const base::EvidenceLine& line : clue->evidence | std::views::take(mostLines))
            remark.lines.push_back(line);
    }
    return remark;
}

Remark pinOf(const base::EvidenceLine& line, std::string target, std::optional<base::Instant> at)
{
    Remark remark = fresh(RemarkKind::LogLine);
    remark.at = at;
    remark.title = line.file + ':' + std::to_string(line.line);
    remark.target = std::move(target);
    remark.lines = {line};
    return remark;
}

base::Instant timeOfLine(const Messages& messages, std::uint32_t index, const base::EvidenceLine& line)
{
    const maillog::Journey journey = messages.journey(index);
    base::Instant at = messages.at[index];
    for (const maillog::Attempt& attempt : journey.attempts()) {
        const base::EvidenceLine other = messages.analysis->log->evidence(attempt.line);
        if (other.line == line.line && other.file == line.file)
            at = attempt.at;
    }
    return at;
}

Remark pinOf(const Letter& letter, std::size_t offset, const QString& title)
{
    Remark remark = fresh(RemarkKind::Header);
    remark.title = (title.isEmpty() ? letter.name : letter.name + QStringLiteral(": ") + title).toStdString();
    remark.target = letter.name.toStdString();
    const auto lines = letter.linesOf(offset);
    for (std::size_t i = lines ? lines->first : 1; lines && i <= lines->second; ++i) {
        if (remark.lines.size() == mostLines)
            break;
        remark.lines.push_back(letter.lines[i]);
        if (remark.lines.back().file.empty())
            remark.lines.back().file = letter.name.toStdString();
    }
    return remark;
}

std::string keyOf(const attribution::SuspectSource& source)
{
    std::string key(attribution::name(source.kind));
    for (const std::string& part : {source.account, source.domain,
             source.uid ? std::to_string(*source.uid) : std::string(), source.script, source.client})
        key += '|' + part;
    return key;
}

QString kindName(RemarkKind kind)
{
    switch (kind) {
    case RemarkKind::Note:
        return Pins::tr("Note");
    case RemarkKind::Message:
        return Pins::tr("Message");
    case RemarkKind::LogLine:
        return Pins::tr("Log line");
    case RemarkKind::Suspect:
        return Pins::tr("Suspect");
    case RemarkKind::Header:
        return Pins::tr("Header field");
    }
    return {};
}

} // namespace sluicegate::items

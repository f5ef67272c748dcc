// SPDX-License-Identifier: GPL-3.0-or-later
// Notes and pins in the journal: each writing of one is a line, the last line of an id counts.
#include "models/casefile/bytesjson.h"
#include "models/casefile/casestate.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace sluicegate::casefile {

namespace {

constexpr std::string_view written = "remark";
constexpr std::string_view removed = "remark-removed";
constexpr QLatin1String key("remark");

constexpr std::array<std::pair<RemarkKind, const char*>, 5> kinds {
    {{RemarkKind::Note, "note"}, {RemarkKind::Message, "message"}, {RemarkKind::LogLine, "log-line"},
        {RemarkKind::Suspect, "suspect"}, {RemarkKind::Header, "header"}}};

QJsonObject toJson(const Remark& remark)
{
    QJsonArray lines;
    for (const base::EvidenceLine& line : remark.lines)
        lines.append(QJsonArray {fromBytes(line.file), qint64(line.line), fromBytes(line.text)});
    QJsonObject json {{QStringLiteral("id"), QString::fromStdString(remark.id)},
        {QStringLiteral("kind"), QString::fromLatin1(name(remark.kind))},
        {QStringLiteral("written"), QString::fromStdString(base::iso(remark.written))}};
    if (remark.at)
        json[QLatin1String("at")] = QString::fromStdString(base::iso(*remark.at));
    for (const auto& [name, value] :
        {std::pair {"title", &remark.title}, {"target", &remark.target}, {"words", &remark.words}}) {
        if (!value->empty())
            json[QLatin1String(name)] = fromBytes(*value);
    }
    if (!lines.isEmpty())
        json[QLatin1String("lines")] = lines;
    return json;
}

// A line of a newer program may hold a kind that is not known here: it is still what somebody wrote.
Remark fromJson(const QJsonValue& json)
{
    Remark remark;
    remark.id = json[QLatin1String("id")].toString().toStdString();
    const QString kind = json[QLatin1String("kind")].toString();
    for (const auto& [each, name] : kinds) {
        if (kind == QLatin1String(name))
            remark.kind = each;
    }
    remark.written
        = base::parseIso(json[QLatin1String("written")].toString().toStdString()).value_or(base::Instant());
    remark.at = base::parseIso(json[QLatin1String("at")].toString().toStdString());
    remark.title = toBytes(json[QLatin1String("title")]);
    remark.target = toBytes(json[QLatin1String("target")]);
    remark.words = toBytes(json[QLatin1String("words")]);
    for (const QJsonValue& line : json[QLatin1String("lines")].toArray())
        remark.lines.push_back({toBytes(line[0]), std::uint64_t(line[1].toInteger()), toBytes(line[2])});
    return remark;
}

std::string summary(const Remark& remark)
{
    std::string text = name(remark.kind);
    for (const std::string* part : {&remark.title, &remark.words})
        text += part->empty() ? std::string() : ": " + *part;
    return text;
}

void take(std::vector<Remark>& remarks, Remark remark)
{
    const auto old = std::ranges::find(remarks, remark.id, &Remark::id);
    if (old != remarks.end())
        *old = std::move(remark);
    else
        remarks.push_back(std::move(remark));
}

} // namespace

const char* name(RemarkKind kind)
{
    return std::ranges::find(kinds, kind, &std::pair<RemarkKind, const char*>::first)->second;
}

base::Result<void> CaseFolder::keepRemark(const Remark& remark)
{
    return m_state->append(
        {evidence::systemNow(), std::string(written), summary(remark)}, {{QString(key), toJson(remark)}});
}

base::Result<void> CaseFolder::removeRemark(const std::string& id)
{
    return m_state->append(
        {evidence::systemNow(), std::string(removed), id}, {{QString(key), QString::fromStdString(id)}});
}

std::vector<Remark> CaseFolder::remarks() const
{
    std::vector<Remark> remarks;
    for (const JournalLine& line : m_state->lines()) {
        if (line.entry.kind == removed)
            std::erase_if(remarks,
                [&line](const Remark& each) { return each.id == line.more[key].toString().toStdString(); });
        if (line.entry.kind != written)
            continue;
        Remark remark = fromJson(line.more[key]);
        remark.by = line.by;
        take(remarks, std::move(remark));
    }
    std::ranges::stable_sort(remarks, {}, &Remark::when);
    return remarks;
}

// What was looked at last is no evidence and needs no journal: it may be lost, but never half there.
base::Result<void> CaseFolder::keepFilter(std::string_view filter)
{
    return replaceFile(m_state->folder / "filter.json", filter);
}

std::string CaseFolder::filter() const
{
    return readFile(m_state->folder / "filter.json").value_or(std::string());
}

} // namespace sluicegate::casefile

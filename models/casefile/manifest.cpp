// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/manifest.h"

#include "models/casefile/bytesjson.h"
#include "models/casefile/chain.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace sluicegate::casefile {

namespace {

using evidence::Provenance;

constexpr std::array<std::pair<Provenance, const char*>, 4> provenances {
    {{Provenance::ByteExact, "byte-exact"}, {Provenance::Journal, "journal"},
        {Provenance::CommandOutput, "command"}, {Provenance::Operator, "operator"}}};

QJsonValue fromInstant(const std::optional<base::Instant>& at)
{
    return at ? QJsonValue(QString::fromStdString(base::iso(*at))) : QJsonValue();
}

std::optional<base::Instant> toInstant(const QJsonValue& value)
{
    return base::parseIso(value.toString().toStdString());
}

QJsonObject clockToJson(const evidence::Clock& clock)
{
    QJsonObject object {{QStringLiteral("server"), fromInstant(clock.server)},
        {QStringLiteral("here"), fromInstant(clock.here)}};
    if (clock.zone)
        object[QLatin1String("zoneSeconds")] = qint64(clock.zone->count());
    if (clock.server && clock.here)
        object[QLatin1String("skewSeconds")]
            = double((*clock.server - *clock.here) / std::chrono::milliseconds(1)) / 1000;
    return object;
}

evidence::Clock clockFromJson(const QJsonObject& object)
{
    evidence::Clock clock {
        toInstant(object[QLatin1String("server")]), toInstant(object[QLatin1String("here")]), {}};
    if (const auto zone = object[QLatin1String("zoneSeconds")]; zone.isDouble())
        clock.zone = std::chrono::seconds(zone.toInteger());
    return clock;
}

} // namespace

QJsonObject itemToJson(const evidence::Item& item)
{
    const auto* known
        = std::ranges::find(provenances, item.provenance, [](const auto& pair) { return pair.first; });
    QJsonObject object {{QStringLiteral("path"), fromBytes(item.path)},
        {QStringLiteral("bytes"), qint64(item.bytes)},
        {QStringLiteral("sha256"), QString::fromStdString(item.sha256)},
        {QStringLiteral("complete"), item.complete},
        {QStringLiteral("provenance"), QString::fromLatin1(known->second)},
        {QStringLiteral("pulled"), fromInstant(item.pulled)}};
    if (!item.command.empty())
        object[QLatin1String("command")] = fromBytes(item.command);
    if (item.exitStatus)
        object[QLatin1String("exitStatus")] = *item.exitStatus;
    if (!item.note.empty())
        object[QLatin1String("note")] = fromBytes(item.note);
    return object;
}

base::Result<evidence::Item> itemFromJson(const QJsonObject& object, const std::filesystem::path& evidence)
{
    evidence::Item item;
    item.path = toBytes(object[QLatin1String("path")]);
    item.command = toBytes(object[QLatin1String("command")]);
    item.bytes = std::uint64_t(object[QLatin1String("bytes")].toInteger());
    item.sha256 = object[QLatin1String("sha256")].toString().toStdString();
    item.complete = object[QLatin1String("complete")].toBool();
    item.pulled = toInstant(object[QLatin1String("pulled")]);
    item.note = toBytes(object[QLatin1String("note")]);
    if (const auto status = object[QLatin1String("exitStatus")]; status.isDouble())
        item.exitStatus = status.toInt();
    const auto word = object[QLatin1String("provenance")].toString();
    const auto* known = std::ranges::find_if(
        provenances, [&word](const auto& pair) { return word == QLatin1String(pair.second); });
    // A hash is the name of a file of ours: nothing else may become one.
    if (!isHash(item.sha256) || known == provenances.end())
        return base::fail(base::FailureKind::CaseDamaged, item.path, "its record is not whole");
    item.provenance = known->first;
    item.local = evidence / item.sha256;
    return item;
}

QByteArray manifestToJson(const evidence::Bundle& bundle)
{
    QJsonArray items, warnings;
    for (const auto& item : bundle.items)
        items.append(itemToJson(item));
    for (const auto& warning : bundle.warnings)
        warnings.append(fromBytes(warning));
    return QJsonDocument(QJsonObject {{QStringLiteral("format"), QStringLiteral("sluicegate-manifest/1")},
                             {QStringLiteral("host"), fromBytes(bundle.host)},
                             {QStringLiteral("hostKey"), fromBytes(bundle.hostKey)},
                             {QStringLiteral("clock"), clockToJson(bundle.clock)},
                             {QStringLiteral("items"), items}, {QStringLiteral("warnings"), warnings}})
        .toJson();
}

base::Result<evidence::Bundle> manifestFromJson(
    const QByteArray& bytes, const std::filesystem::path& evidence, const std::filesystem::path& manifest)
{
    QJsonParseError error;
    const auto object = QJsonDocument::fromJson(bytes, &error).object();
    if (object[QLatin1String("format")].toString() != QLatin1String("sluicegate-manifest/1"))
        return base::fail(base::FailureKind::CaseDamaged, manifest.string(),
            error.error ? error.errorString().toStdString() : "it is no manifest");
    evidence::Bundle bundle;
    bundle.host = toBytes(object[QLatin1String("host")]);
    bundle.hostKey = toBytes(object[QLatin1String("hostKey")]);
    bundle.clock = clockFromJson(object[QLatin1String("clock")].toObject());
    for (const auto& warning : object[QLatin1String("warnings")].toArray())
        bundle.warnings.push_back(toBytes(warning));
    for (const auto& each : object[QLatin1String("items")].toArray()) {
        auto item = itemFromJson(each.toObject(), evidence);
        if (!item)
            return std::unexpected(item.error());
        bundle.items.push_back(std::move(*item));
    }
    return bundle;
}

} // namespace sluicegate::casefile

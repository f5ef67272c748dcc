// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/letterjson.h"

#include "models/message/grade.h"

#include <QJsonArray>

namespace sluicegate::app {

namespace {

QString string(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QJsonValue optional(std::string_view text)
{
    return text.empty() ? QJsonValue() : QJsonValue(string(text));
}

QJsonValue optional(const std::optional<base::Instant>& at)
{
    return at ? QJsonValue(string(base::iso(*at))) : QJsonValue();
}

QJsonValue optional(const std::optional<std::uint32_t>& value)
{
    return value ? QJsonValue(qint64(*value)) : QJsonValue();
}

QJsonArray array(const std::vector<std::string>& texts)
{
    QJsonArray result;
    for (const auto& text : texts)
        result << string(text);
    return result;
}

QJsonObject toJson(const message::Field& field)
{
    return {{QStringLiteral("name"), string(field.name)}, {QStringLiteral("raw"), string(field.raw)},
        {QStringLiteral("value"), string(field.value)}, {QStringLiteral("offset"), qint64(field.offset)}};
}

QJsonObject toJson(const message::Received& hop)
{
    return {{QStringLiteral("kind"), string(hop.kind)}, {QStringLiteral("helo"), optional(hop.helo)},
        {QStringLiteral("rdns"), optional(hop.rdns)}, {QStringLiteral("ip"), optional(hop.ip)},
        {QStringLiteral("by"), optional(hop.by)}, {QStringLiteral("with"), optional(hop.with)},
        {QStringLiteral("id"), optional(hop.id)}, {QStringLiteral("for"), optional(hop.forRecipient)},
        {QStringLiteral("authenticated"), hop.authenticated},
        {QStringLiteral("authUser"), optional(hop.authUser)}, {QStringLiteral("uid"), optional(hop.uid)},
        {QStringLiteral("localUser"), optional(hop.localUser)}, {QStringLiteral("date"), optional(hop.date)},
        {QStringLiteral("delaySeconds"), hop.delaySeconds ? QJsonValue(*hop.delaySeconds) : QJsonValue()},
        {QStringLiteral("offset"), qint64(hop.offset)}};
}

QJsonObject toJson(const message::Origin& origin)
{
    return {{QStringLiteral("authUser"), optional(origin.authUser)},
        {QStringLiteral("uid"), optional(origin.uid)},
        {QStringLiteral("localUser"), optional(origin.localUser)},
        {QStringLiteral("script"), optional(origin.script)},
        {QStringLiteral("scriptUid"), optional(origin.scriptUid)},
        {QStringLiteral("directory"), optional(origin.directory)},
        {QStringLiteral("vhost"), optional(origin.vhost)}, {QStringLiteral("ip"), optional(origin.ip)}};
}

// A record that stands once is a string, one that is repeated (recipient) a list.
QJsonObject toJson(const std::multimap<std::string, std::string>& envelope)
{
    QJsonObject result;
    for (auto record = envelope.begin(); record != envelope.end();) {
        const auto end = envelope.upper_bound(record->first);
        QJsonArray values;
        for (auto each = record; each != end; ++each)
            values << string(each->second);
        result.insert(string(record->first), values.size() == 1 ? values.first() : QJsonValue(values));
        record = end;
    }
    return result;
}

QJsonObject toJson(const notice::NoticedId& id)
{
    return {{QStringLiteral("id"), string(id.id.value)}, {QStringLiteral("offset"), qint64(id.offset)},
        {QStringLiteral("destinationIp"), optional(id.destinationIp)},
        {QStringLiteral("shape"), string(notice::name(id.shape))},
        {QStringLiteral("queueId"), optional(id.hintQueueId)},
        {QStringLiteral("time"), optional(id.hintTime)}, {QStringLiteral("host"), optional(id.hintHost)}};
}

} // namespace

QJsonObject toJson(const message::Inspection& inspection)
{
    QJsonArray fields;
    for (const auto& field : inspection.fields)
        fields << toJson(field);
    QJsonArray received;
    for (const auto& hop : inspection.received)
        received << toJson(hop);
    QJsonArray anomalies;
    for (const auto& odd : inspection.anomalies)
        anomalies << QJsonObject {{QStringLiteral("id"), string(odd.id)},
            {QStringLiteral("grade"), string(message::name(message::gradeOf(odd.id)))},
            {QStringLiteral("text"), string(odd.text)}, {QStringLiteral("offset"), qint64(odd.offset)}};
    return {{QStringLiteral("fields"), fields}, {QStringLiteral("received"), received},
        {QStringLiteral("origin"), toJson(inspection.origin)},
        {QStringLiteral("submission"),
            inspection.submission ? QJsonValue(qint64(*inspection.submission)) : QJsonValue()},
        {QStringLiteral("authentication"), array(inspection.authentication)},
        {QStringLiteral("anomalies"), anomalies}, {QStringLiteral("envelope"), toJson(inspection.envelope)},
        {QStringLiteral("bodyOffset"), qint64(inspection.bodyOffset)},
        {QStringLiteral("truncated"), inspection.truncated}};
}

QJsonObject toJson(const notice::Notice& notice)
{
    QJsonArray ports;
    for (const int port : notice.ports)
        ports << port;
    QJsonArray messageIds;
    QJsonArray ids;
    for (const auto& id : notice.ids) {
        messageIds << string(id.id.value);
        ids << toJson(id);
    }
    return {{QStringLiteral("kind"), string(notice::name(notice.kind))},
        {QStringLiteral("server"), optional(notice.server)},
        {QStringLiteral("ip"), notice.ips.empty() ? QJsonValue() : QJsonValue(string(notice.ips.front()))},
        {QStringLiteral("ips"), array(notice.ips)}, {QStringLiteral("detected"), optional(notice.detected)},
        {QStringLiteral("detectedHasZone"), notice.detectedHasZone}, {QStringLiteral("ports"), ports},
        {QStringLiteral("helo"), optional(notice.helo)},
        {QStringLiteral("reference"), optional(notice.reference)}, {QStringLiteral("messageIds"), messageIds},
        {QStringLiteral("ids"), ids}, {QStringLiteral("candidates"), array(notice.candidates)},
        {QStringLiteral("warnings"), array(notice.warnings)}};
}

} // namespace sluicegate::app

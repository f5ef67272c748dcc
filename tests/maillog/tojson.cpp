// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/maillog/tojson.h"

#include <QJsonArray>

namespace sluicegate::maillog {

namespace {

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

void put(QJsonObject& object, const char* key, std::string_view value)
{
    if (!value.empty())
        object[QLatin1String(key)] = text(value);
}

template <typename Number> void put(QJsonObject& object, const char* key, const std::optional<Number>& value)
{
    if (value)
        object[QLatin1String(key)] = qint64(*value);
}

QString where(const History& history, LineRef ref)
{
    const auto line = history.evidence(ref);
    return text(line.file) + u':' + QString::number(line.line);
}

QJsonObject toJson(const History& history, const Attempt& attempt)
{
    QJsonObject object;
    put(object, "to", attempt.to);
    put(object, "origTo", attempt.origTo);
    put(object, "relay", attempt.relay);
    put(object, "dsn", attempt.dsn);
    put(object, "status", name(attempt.status));
    put(object, "response", attempt.response);
    put(object, "at", base::iso(attempt.at));
    put(object, "line", where(history, attempt.line).toStdString());
    object[QStringLiteral("delay")] = attempt.delay;
    return object;
}

QJsonObject toJson(const History& history, const Journey& journey)
{
    QJsonObject object;
    put(object, "queueId", journey.queueId());
    if (journey.hasMessageId())
        object[QStringLiteral("messageId")] = text(journey.messageId());
    put(object, "entry", name(journey.entry()));
    put(object, "saslUsername", journey.saslUsername());
    put(object, "saslMethod", journey.saslMethod());
    put(object, "saslSender", journey.saslSender());
    put(object, "uid", journey.uid());
    put(object, "localUser", journey.localUser());
    put(object, "directory", journey.directory());
    put(object, "clientName", journey.clientName());
    put(object, "clientIp", journey.clientIp());
    put(object, "clientPort", journey.clientPort());
    put(object, "originClient", journey.originClient());
    put(object, "helo", journey.helo());
    if (journey.hasSender())
        object[QStringLiteral("sender")] = text(journey.sender());
    put(object, "size", journey.size());
    put(object, "nrcpt", journey.recipientCount());
    put(object, "service", journey.service());
    put(object, "host", journey.host());
    put(object, "first", base::iso(journey.first()));
    put(object, "last", base::iso(journey.last()));
    if (journey.arrived())
        put(object, "arrived", base::iso(*journey.arrived()));
    if (journey.removed())
        put(object, "removed", base::iso(*journey.removed()));
    put(object, "parent", journey.parent());
    if (journey.rejectedByMilter())
        object[QStringLiteral("rejected")] = true;
    if (journey.expired())
        object[QStringLiteral("expired")] = true;
    QJsonArray attempts;
    for (const Attempt& attempt : journey.attempts())
        attempts << toJson(history, attempt);
    QJsonArray incidents;
    for (const Incident& incident : journey.incidents())
        incidents << QString(
            text(name(incident.kind)) + u' ' + text(base::iso(incident.at)) + u' ' + text(incident.text));
    QJsonArray lines;
    for (const LineRef& line : journey.lines())
        lines << where(history, line);
    QJsonArray children;
    for (const std::uint32_t child : journey.children())
        children << qint64(child);
    for (const auto& [key, array] : {std::pair {"attempts", attempts}, {"incidents", incidents},
             {"lines", lines}, {"children", children}})
        if (!array.isEmpty())
            object[QLatin1String(key)] = array;
    return object;
}

QJsonObject toJson(const History& history, const Event& event)
{
    QJsonObject object;
    put(object, "kind", name(event.kind));
    put(object, "at", base::iso(event.at));
    put(object, "user", event.user);
    put(object, "ip", event.ip);
    put(object, "text", event.text);
    put(object, "line", where(history, event.line).toStdString());
    if (event.count != 1)
        object[QStringLiteral("count")] = qint64(event.count);
    return object;
}

} // namespace

QJsonObject toJson(const History& history)
{
    QJsonArray journeys;
    for (std::uint32_t n = 0; n < history.size(); ++n)
        journeys << toJson(history, history.journey(n));
    QJsonArray events;
    for (const Event& event : history.events())
        events << toJson(history, event);
    const Summary& summary = history.summary();
    QJsonObject object;
    object[QStringLiteral("journeys")] = journeys;
    object[QStringLiteral("events")] = events;
    object[QStringLiteral("lines")] = qint64(summary.lines);
    object[QStringLiteral("unparsed")] = qint64(summary.unparsed);
    QJsonObject unread;
    for (std::size_t kind = 0; kind < unreadKinds; ++kind) {
        const UnreadLines& lines = summary.unread[kind];
        QJsonArray examples;
        for (const LineRef& line : lines.examples)
            examples << where(history, line);
        if (lines.count != 0)
            unread[text(name(Unread(kind)))] = QJsonObject {
                {QStringLiteral("count"), qint64(lines.count)}, {QStringLiteral("examples"), examples}};
    }
    if (!unread.isEmpty())
        object[QStringLiteral("unread")] = unread;
    if (summary.from && summary.to) {
        put(object, "from", base::iso(*summary.from));
        put(object, "to", base::iso(*summary.to));
    }
    return object;
}

} // namespace sluicegate::maillog

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/spool.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <format>

namespace sluicegate::demo {

namespace {

std::string text(const QJsonObject& from, QLatin1StringView key)
{
    return from.value(key).toString().toStdString();
}

Queued readOne(const QJsonObject& from)
{
    using namespace Qt::StringLiterals;
    const QJsonObject origin = from.value("origin"_L1).toObject();
    Queued message {.id = text(from, "id"_L1),
        .place = text(from, "place"_L1),
        .arrival = from.value("arrival"_L1).toInteger(),
        .sender = text(from, "sender"_L1),
        .client = text(origin, "client"_L1),
        .ip = text(origin, "ip"_L1),
        .helo = text(origin, "helo"_L1),
        .login = text(origin, "login"_L1),
        .method = text(origin, "method"_L1),
        .fullname = text(origin, "fullname"_L1),
        .port = origin.value("port"_L1).toInt(),
        .serverPort = origin.value("server_port"_L1).toInt(),
        .family = origin.value("family"_L1).toInt(2),
        .bounce = origin.value("bounce"_L1).toBool(),
        .recipients = {},
        .content = text(from, "content"_L1)};
    for (const QJsonValue& value : from.value("recipients"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        message.recipients.push_back({text(one, "address"_L1), text(one, "orig"_L1), text(one, "reason"_L1)});
    }
    return message;
}

} // namespace

Spool Spool::read(std::string_view lines)
{
    Spool spool;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const QByteArray line(lines.data(), qsizetype(end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (const auto document = QJsonDocument::fromJson(line); document.isObject())
            spool.m_messages.push_back(readOne(document.object()));
    }
    return spool;
}

Queued* Spool::find(std::string_view id)
{
    const auto at = std::ranges::find(m_messages, id, &Queued::id);
    return at == m_messages.end() ? nullptr : &*at;
}

void Spool::remove(std::string_view id)
{
    std::erase_if(m_messages, [id](const Queued& message) { return message.id == id; });
}

std::string Spool::freshId(std::int64_t microseconds)
{
    std::string id;
    do {
        id = std::format("{:05X}{:06X}", microseconds % 1000000, m_inode++);
    } while (find(id));
    return id;
}

} // namespace sluicegate::demo

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/cli.h"
#include "app/cli/letterjson.h"
#include "app/cli/onefile.h"
#include "models/message/inspection.h"
#include "models/words/words.h"

#include <algorithm>

namespace sluicegate::app {

namespace {

QString hopLine(const message::Received& hop, bool submission)
{
    QString text = hop.date ? QString::fromStdString(base::iso(*hop.date)) : QStringLiteral("no date");
    if (hop.delaySeconds)
        text += QStringLiteral(" (%1%2 s)").arg(*hop.delaySeconds < 0 ? u"" : u"+").arg(*hop.delaySeconds);
    const auto part = [&text](const char16_t* word, std::string_view value) {
        if (!value.empty())
            text += QStringView(word) + words::inert(value);
    };
    part(u" from ", hop.helo);
    part(u" ", hop.rdns.empty() || hop.rdns == hop.helo ? std::string_view() : std::string_view(hop.rdns));
    part(u" ", hop.ip);
    part(u" by ", hop.by);
    part(u" with ", hop.with);
    part(u" id ", hop.id);
    part(u" for ", hop.forRecipient);
    part(u", login ", hop.authUser);
    part(u", local user ", hop.localUser);
    if (hop.uid)
        text += QStringLiteral(", uid %1").arg(*hop.uid);
    return (submission ? QStringLiteral("  > ") : QStringLiteral("    ")) + text + u'\n';
}

QString originLines(const message::Origin& origin)
{
    QString text = line(QStringLiteral("Login"), origin.authUser);
    if (origin.uid)
        text += line(QStringLiteral("Uid"), std::to_string(*origin.uid));
    text += line(QStringLiteral("Local user"), origin.localUser)
        + line(QStringLiteral("Script"), origin.script) + line(QStringLiteral("Directory"), origin.directory)
        + line(QStringLiteral("Site"), origin.vhost) + line(QStringLiteral("Client"), origin.ip);
    return text;
}

QString text(const message::Inspection& inspection)
{
    QString text;
    for (const char* const name : {"From", "To", "Subject", "Date", "Message-ID"})
        text += line(QString::fromLatin1(name), inspection.value(name));
    text += originLines(inspection.origin);
    const auto login = inspection.envelope.find("sasl_username");
    const auto sender = inspection.envelope.find("sender");
    if (sender != inspection.envelope.end())
        text += line(QStringLiteral("Envelope from"), sender->second);
    if (login != inspection.envelope.end())
        text += line(QStringLiteral("Envelope login"), login->second);
    if (!inspection.received.empty())
        text += QStringLiteral("Received, newest first; > took the message in\n");
    for (std::size_t i = 0; i < inspection.received.size(); ++i)
        text += hopLine(inspection.received[i], inspection.submission == i);
    if (!inspection.anomalies.empty())
        text += QStringLiteral("Odd\n");
    for (const auto& odd : inspection.anomalies)
        text += QStringLiteral("    byte %1: ").arg(odd.offset) + words::inert(odd.text) + u" ("
            + words::inert(odd.id) + u")\n";
    return text;
}

} // namespace

int headers(const QStringList& arguments)
{
    const auto input = oneFile("headers", arguments);
    if (!input)
        return refuse(input.error());
    const bool blank
        = std::ranges::all_of(input->bytes, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
    if (blank)
        return refuse({base::FailureKind::Empty, input->file.toStdString(), {}});
    const auto inspection = message::inspect(input->bytes);
    if (inspection.fields.empty() && inspection.envelope.empty())
        return refuse({base::FailureKind::NotUnderstood, input->file.toStdString(), "no header field in it"});
    const QByteArray result = input->json ? quietJson(toJson(inspection)) : text(inspection).toUtf8();
    return print(result) ? Done : PartlyDone;
}

} // namespace sluicegate::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/notice.h"

#include "app/cli/cli.h"
#include "app/cli/letterjson.h"
#include "app/cli/onefile.h"
#include "models/words/words.h"

namespace sluicegate::app {

namespace {

QString idLine(const notice::NoticedId& id)
{
    QString text = QStringLiteral("    ") + words::inert(id.id.value);
    if (!id.hintQueueId.empty())
        text += QStringLiteral("  queue id ") + words::inert(id.hintQueueId);
    if (!id.hintHost.empty())
        text += QStringLiteral("  made on ") + words::inert(id.hintHost);
    if (!id.destinationIp.empty())
        text += QStringLiteral("  sent to ") + words::inert(id.destinationIp);
    return text + u'\n';
}

QString list(const std::vector<std::string>& texts)
{
    QStringList result;
    for (const auto& text : texts)
        result << words::inert(text);
    return result.join(QStringLiteral(", "));
}

QString when(const notice::Notice& notice)
{
    if (!notice.detected)
        return QStringLiteral("not said");
    return QString::fromStdString(base::iso(*notice.detected))
        + (notice.detectedHasZone ? QString() : QStringLiteral(" (no zone given: read as UTC)"));
}

QString text(const notice::Notice& notice)
{
    QStringList ports;
    for (const int port : notice.ports)
        ports << QString::number(port);
    QString text = line(QStringLiteral("Kind"), notice::name(notice.kind))
        + line(QStringLiteral("Server"), notice.server)
        + line(QStringLiteral("Address"), list(notice.ips).toStdString())
        + line(QStringLiteral("Detected"), when(notice).toStdString())
        + line(QStringLiteral("Ports"), ports.join(QStringLiteral(", ")).toStdString())
        + line(QStringLiteral("HELO"), notice.helo) + line(QStringLiteral("Reference"), notice.reference);
    if (!notice.ids.empty())
        text += QStringLiteral("Message-IDs\n");
    for (const auto& id : notice.ids)
        text += idLine(id);
    text += line(QStringLiteral("Candidates"), list(notice.candidates).toStdString());
    for (const auto& warning : notice.warnings)
        text += line(QStringLiteral("Note"), warning);
    return text;
}

} // namespace

int notice(const QStringList& arguments)
{
    const auto input = oneFile("notice", arguments);
    if (!input)
        return refuse(input.error());
    const auto read = notice::read(input->bytes, input->file.toStdString());
    if (!read)
        return refuse(read.error());
    const QByteArray result = input->json ? quietJson(toJson(*read)) : text(*read).toUtf8();
    return print(result) ? Done : PartlyDone;
}

} // namespace sluicegate::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/fixture.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

namespace sluicegate::support {

namespace {

struct Mail {
    QDateTime at;
    QString id;
    QString login;
    QString ip;
    QString sender;
    QString messageId;
    QString to;
    bool refused = false;
};

QByteArray linesOf(const Mail& mail)
{
    const QString head = mail.at.toString(Qt::ISODate) + QStringLiteral(" mail ");
    const QString status = mail.refused
        ? QStringLiteral(
              "dsn=5.1.1, status=bounced (host mx.far.test[203.0.113.9] said: 550 5.1.1 no such user)")
        : QStringLiteral("dsn=2.0.0, status=sent (250 2.0.0 Ok)");
    QString text;
    text += head
        + QStringLiteral(
            "postfix/submission/smtpd[811]: %1: client=unknown[%2], sasl_method=PLAIN, sasl_username=%3\n")
              .arg(mail.id, mail.ip, mail.login);
    text += head + QStringLiteral("postfix/cleanup[812]: %1: message-id=<%2>\n").arg(mail.id, mail.messageId);
    text += head
        + QStringLiteral("postfix/qmgr[90]: %1: from=<%2>, size=2301, nrcpt=1 (queue active)\n")
              .arg(mail.id, mail.sender);
    text += head
        + QStringLiteral("postfix/smtp[813]: %1: to=<%2>, relay=mx.far.test[203.0.113.9]:25, delay=1, "
                         "delays=0.1/0/0.4/0.5, %3\n")
              .arg(mail.id, mail.to, status);
    text += head + QStringLiteral("postfix/qmgr[90]: %1: removed\n").arg(mail.id);
    return text.toUtf8();
}

QDateTime spamBegins()
{
    return {QDate(2026, 11, 23), QTime(2, 0), QTimeZone::utc()};
}

} // namespace

QByteArray stolenPasswordLog()
{
    QByteArray log;
    int number = 0x1000;
    const auto id
        = [&number] { return QStringLiteral("4F0%1A").arg(++number, 7, 16, QLatin1Char('0')).toUpper(); };
    for (int hour = 0; hour < 66; ++hour) {
        for (const char* login : {"anna@shop.example", "office@shop.example"}) {
            const QString who = QString::fromLatin1(login);
            if (hour % 3 == 0)
                log += linesOf({spamBegins().addSecs((hour - 66) * 3600), id(), who,
                    QStringLiteral("192.0.2.40"), who, QStringLiteral("calm%1@shop.example").arg(number),
                    QStringLiteral("friend%1@near.test").arg(hour % 5)});
        }
    }
    for (int i = 0; i < 240; ++i)
        log += linesOf({spamBegins().addSecs(i * 15), id(), QStringLiteral("anna@shop.example"),
            QStringLiteral("198.51.%1.%2").arg(100 + i % 40).arg(i % 200 + 1),
            QStringLiteral("win%1@prize.test").arg(i % 30), QStringLiteral("spam%1@prize.test").arg(i),
            QStringLiteral("victim%1@far%2.test").arg(i).arg(i % 60), i % 3 == 0});
    return log;
}

QByteArray notice(Ids ids)
{
    QByteArray text = "Port 25 outgoing has been blocked on mail.shop.example (192.0.2.25) due to spam as of "
                      "2026-11-23 03:10:00 UTC.\nSample of the messages:\n";
    if (ids == Ids::OfTheSpam)
        text += "Message-ID: <spam17@prize.test>\nMessage-ID: <spam80@prize.test>\n";
    else
        text += "Message-ID: <never-seen-1@elsewhere.test>\nMessage-ID: <never-seen-2@elsewhere.test>\n";
    return text;
}

bool put(const QString& folder, const QString& path, const QByteArray& bytes)
{
    const QString name = folder + u'/' + path;
    QFile file(name);
    return QDir().mkpath(QFileInfo(name).path()) && file.open(QIODevice::WriteOnly)
        && file.write(bytes) == bytes.size();
}

bool putIncident(const QString& folder)
{
    return put(folder, QStringLiteral("var/log/maillog"), stolenPasswordLog())
        && put(folder, QStringLiteral("commands/date.txt"), "1795428000 +0000\n") // 2026-11-23T10:00:00Z
        && put(folder, QStringLiteral("commands/postqueue-j.txt"),
            R"({"queue_name":"deferred","queue_id":"4F00009999A","arrival_time":1795401000,"message_size":2301,"forced_expire":false,"sender":"office@shop.example","recipients":[{"address":"friend1@near.test","delay_reason":"connect to mx.near.test[203.0.113.7]:25: Connection timed out"}]})"
            "\n");
}

} // namespace sluicegate::support

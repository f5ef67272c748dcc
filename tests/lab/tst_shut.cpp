// SPDX-License-Identifier: GPL-3.0-or-later
// An incident on a real server, shut down over SSH: the attack, repeated, gets through no more, the spam is
// gone from the queue, and no good message with it.
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

class ShutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // One incident each time, another with each seed; SLUICEGATE_INCIDENT and SLUICEGATE_SEED name one.
    void shutsTheSource()
    {
        const quint32 given = qEnvironmentVariable("SLUICEGATE_SEED").toUInt();
        const quint32 seed = given != 0 ? given : QRandomGenerator::global()->bounded(1u, 1000000u);
        const QStringList all {QStringLiteral("stolen-password"), QStringLiteral("hacked-site"),
            QStringLiteral("registrations"), QStringLiteral("contact-form")};
        const QString incident = qEnvironmentVariable("SLUICEGATE_INCIDENT", all.at(seed % all.size()));
        const QTemporaryDir folder;
        QProcess lab;
        lab.setProcessChannelMode(QProcess::MergedChannels);
        lab.start(QStringLiteral("tests/lab/shut"), {incident, QString::number(seed), folder.path()});
        QVERIFY2(lab.waitForFinished(340000), "the lab did not end in time");
        const QByteArray talk = lab.readAll();
        qInfo("%s", talk.constData());
        if (lab.exitCode() == 77)
            QSKIP("the lab needs root and namespaces");
        QVERIFY2(lab.exitStatus() == QProcess::NormalExit && lab.exitCode() == 0, talk.constData());
        QFile file(folder.filePath(QStringLiteral("shut.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        qInfo("%s", text.constData());
        const QJsonObject shut = QJsonDocument::fromJson(text).object();
        QVERIFY(shut[u"attacks"].toInt() > 0 && shut[u"goodBefore"].toInt() > 0);
        QCOMPARE(shut[u"through"].toInt(-1), 0);
        QCOMPARE(shut[u"spamLeft"].toInt(-1), 0);
        QVERIFY(shut[u"spamUndecided"].toInt(99) * 4 <= shut[u"spamBefore"].toInt());
        QCOMPARE(shut[u"goodAccused"].toInt(-1), 0);
        QCOMPARE(shut[u"goodLost"].toInt(-1), 0);
        QCOMPARE(shut[u"gateBefore"].toInt(-1), 1); // no permit while the source is open, ...
        QCOMPARE(shut[u"gateAfter"].toInt(-1), 0); // ... and one when all was done
        QCOMPARE(shut[u"heldStays"].toInt(-1), 1);
        QCOMPARE(shut[u"goodDelivered"].toInt(), shut[u"goodBefore"].toInt());
        QCOMPARE(shut[u"restored"].toInt(-1), shut[u"restorable"].toInt());
        for (const QString& each : shut[u"codes"].toString().split(u' ', Qt::SkipEmptyParts))
            if (each.at(0).isDigit())
                QCOMPARE(each, QStringLiteral("0")); // every action ended whole
    }
};

QTEST_GUILESS_MAIN(ShutTest)
#include "tst_shut.moc"

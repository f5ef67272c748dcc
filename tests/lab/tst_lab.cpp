// SPDX-License-Identifier: GPL-3.0-or-later
// Incidents played on a real mail server, triaged over SSH: the right cause and source, from lines that stand
// in its log.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

namespace {

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QSet<QString> strings(const QJsonValue& list)
{
    QSet<QString> all;
    for (const QJsonValue& item : list.toArray())
        all << item.toString();
    return all;
}

QString text(const QSet<QString>& set)
{
    QStringList list(set.begin(), set.end());
    list.sort();
    return list.join(u' ');
}

} // namespace

class LabTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTheSource_data()
    {
        QTest::addColumn<QString>("incident");
        QTest::newRow("a mailbox's stolen password") << QStringLiteral("stolen-password");
        QTest::newRow("a hacked site") << QStringLiteral("hacked-site");
    }

    void namesTheSource()
    {
        QFETCH(QString, incident);
        const QTemporaryDir folder;
        play(incident, folder.path());
        if (QTest::currentTestFailed() || !m_played)
            QSKIP("the lab needs root and namespaces");
        const QByteArray talk = readAll(folder.filePath(QStringLiteral("triage.err")));
        QCOMPARE(readAll(folder.filePath(QStringLiteral("exit"))).trimmed() + ' ' + talk, "0 " + talk);
        m_truth = QJsonDocument::fromJson(readAll(folder.filePath(QStringLiteral("truth.json")))).object();
        m_triage = QJsonDocument::fromJson(readAll(folder.filePath(QStringLiteral("triage.json")))).object();
        checkSource();
        checkIds();
        checkQueue(folder.path());
        checkEvidence(folder.path());
    }

private:
    // The seed is new each time; a failing one is played again with SLUICEGATE_SEED.
    void play(const QString& incident, const QString& folder)
    {
        const quint32 given = qEnvironmentVariable("SLUICEGATE_SEED").toUInt();
        const quint32 seed = given != 0 ? given : QRandomGenerator::global()->bounded(1u, 1000000u);
        QProcess lab;
        lab.setProcessChannelMode(QProcess::MergedChannels);
        lab.start(QStringLiteral("tests/lab/play"), {incident, QString::number(seed), folder});
        QVERIFY2(lab.waitForFinished(280000), "the lab did not end in time");
        const QByteArray talk = lab.readAll();
        qInfo("%s", talk.constData());
        m_played = lab.exitCode() != 77;
        if (m_played)
            QVERIFY2(lab.exitStatus() == QProcess::NormalExit && lab.exitCode() == 0, talk.constData());
    }

    QJsonObject suspect() const { return m_triage[u"suspects"].toArray().first().toObject(); }

    void checkSource() const
    {
        const QJsonObject source = suspect()[u"source"].toObject();
        QCOMPARE(suspect()[u"cause"].toString(), m_truth[u"cause"].toString());
        for (const char* key : {"account", "script", "domain"}) {
            const QString name = QString::fromLatin1(key);
            if (!m_truth[name].toString().isEmpty())
                QCOMPARE(source[name].toString(), m_truth[name].toString());
        }
    }

    void checkIds() const
    {
        QCOMPARE(text(strings(m_triage[u"unexplainedIds"])), QString());
        QCOMPARE(text(strings(suspect()[u"noticedIds"])), text(strings(m_truth[u"noticed"])));
        QCOMPARE(suspect()[u"messages"].toInt(), m_truth[u"messages"].toInt());
    }

    // Every good message that waits in the real queue is kept, every spam is in the suspect list.
    void checkQueue(const QString& folder) const
    {
        const QSet<QString> suspects = strings(m_triage[u"queue"][u"suspect"]);
        const QSet<QString> spam = strings(m_truth[u"spam"]);
        const QSet<QString> good = strings(m_truth[u"good"]);
        int waitingSpam = 0;
        for (const QByteArray& line : readAll(folder + QStringLiteral("/queue.tsv")).split('\n')) {
            const QList<QByteArray> parts = line.split('\t');
            const QString id = QString::fromUtf8(parts.value(1));
            const bool listed = suspects.contains(QString::fromUtf8(parts[0]));
            if (good.contains(id))
                QVERIFY2(
                    !listed, qPrintable(u"good mail is in the suspect list: " + QString::fromUtf8(line)));
            if (spam.contains(id)) {
                QVERIFY2(
                    listed, qPrintable(u"spam is missing from the suspect list: " + QString::fromUtf8(line)));
                ++waitingSpam;
            }
        }
        QVERIFY(waitingSpam > 0);
    }

    // Each clue cites lines; those of the mail log stand there to the letter.
    void checkEvidence(const QString& folder) const
    {
        const QList<QByteArray> log = readAll(folder + QStringLiteral("/maillog")).split('\n');
        const QSet<QByteArray> lines(log.begin(), log.end());
        int cited = 0;
        for (const QJsonValue& clue : suspect()[u"clues"].toArray()) {
            for (const QJsonValue& line : clue[u"evidence"].toArray()) {
                if (!line[u"file"].toString().startsWith(u"/var/log/mail"))
                    continue;
                QVERIFY2(
                    lines.contains(line[u"text"].toString().toUtf8()), qPrintable(line[u"text"].toString()));
                ++cited;
            }
        }
        QVERIFY(cited > 0);
    }

    bool m_played = false;
    QJsonObject m_truth;
    QJsonObject m_triage;
};

QTEST_GUILESS_MAIN(LabTest)
#include "tst_lab.moc"

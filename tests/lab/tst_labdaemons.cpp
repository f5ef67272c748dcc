// SPDX-License-Identifier: GPL-3.0-or-later
// Real mail servers from Debian's packages: what their logs tell is what was done to them, no more and no
// less.
#include "models/maillog/history.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace sluicegate;
using namespace sluicegate::maillog;

namespace {

QString word(std::string_view text)
{
    return text.empty() ? QStringLiteral("-") : QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QStringList rowsOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

// What became of each recipient.
QStringList recipientsOf(const History& history)
{
    QStringList rows;
    for (std::uint32_t n = 0; n < history.size(); ++n) {
        const Journey journey = history.journey(n);
        std::map<std::string_view, Status> last;
        for (const Attempt& attempt : journey.attempts())
            last[attempt.to] = attempt.status;
        const QStringList who {word(name(journey.entry())), word(journey.saslUsername()),
            journey.uid() ? QString::number(*journey.uid()) : QStringLiteral("-"),
            journey.sender().empty() ? QString() : word(journey.sender())};
        const auto child = QString::fromLatin1(journey.parent() ? "child" : "-");
        for (const auto& [to, status] : last)
            rows << (who + QStringList {word(to), word(journey.expired() ? "expired" : name(status)), child})
                        .join(u'\t');
    }
    return rows;
}

QStringList eventsOf(const History& history)
{
    QStringList rows;
    for (const Event& event : history.events())
        for (std::uint32_t n = 0; n < event.count; ++n)
            rows << QStringList {word(name(event.kind)), word(event.user), word(event.ip)}.join(u'\t');
    return rows;
}

// What only one of the two has.
QString difference(const QStringList& done, const QStringList& read)
{
    QStringList onlyDone = done;
    QStringList onlyRead;
    for (const QString& row : read)
        if (!onlyDone.removeOne(row))
            onlyRead << row;
    onlyDone.replaceInStrings(QRegularExpression(QStringLiteral("^")), QStringLiteral("done: "));
    onlyRead.replaceInStrings(QRegularExpression(QStringLiteral("^")), QStringLiteral("read: "));
    return (onlyDone + onlyRead).join(u'\n');
}

} // namespace

class LabDaemonsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // SLUICEGATE_LAB: where the logs lie that were made before.
    void initTestCase()
    {
        m_folder = qEnvironmentVariable("SLUICEGATE_LAB", m_temporary.path());
        if (m_folder != m_temporary.path())
            return;
        QProcess lab;
        lab.start(QStringLiteral("tests/lab/daemons-at-once"), {m_folder});
        QVERIFY(lab.waitForFinished(280'000));
        const QByteArray talk = lab.readAllStandardError();
        if (lab.exitCode() == 77)
            QSKIP(talk.constData());
        QVERIFY2(lab.exitStatus() == QProcess::NormalExit && lab.exitCode() == 0, talk.constData());
    }

    void readsTheLog_data()
    {
        QTest::addColumn<QString>("daemon");
        for (const char* name : {"exim", "postfix", "sendmail"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void readsTheLog()
    {
        QFETCH(QString, daemon);
        const auto history = read(daemon);
        QVERIFY(history != nullptr);
        const auto done
            = [&](const char* name) { return rowsOf(m_folder + u'/' + daemon + QLatin1String(name)); };
        QVERIFY(!done("/truth.tsv").isEmpty());
        const QString truth = difference(done("/truth.tsv"), recipientsOf(*history));
        const QString events = difference(done("/events.tsv"), eventsOf(*history));
        QVERIFY2(truth.isEmpty() && events.isEmpty(), qPrintable(u'\n' + truth + u'\n' + events));
    }

    void understandsTheLog_data() { readsTheLog_data(); }
    void understandsTheLog()
    {
        QFETCH(QString, daemon);
        const auto history = read(daemon);
        QVERIFY(history != nullptr);
        const Summary& summary = history->summary();
        QString unread;
        for (const UnreadLines& lines : summary.unread)
            for (const LineRef& line : lines.examples)
                unread += QString::fromStdString(history->evidence(line).text) + u'\n';
        QVERIFY2(summary.understood() * 100 >= summary.lines * 99, qPrintable(unread));
    }

    // With log_selector = +arguments, as on cPanel, Exim tells where the sendmail command was called.
    void knowsWhereEximWasCalled()
    {
        const auto history = read(QStringLiteral("exim"));
        QVERIFY(history != nullptr);
        for (std::uint32_t n = 0; n < history->size(); ++n)
            if (const Journey journey = history->journey(n); journey.entry() == Entry::Pickup)
                QCOMPARE(word(journey.directory()), QStringLiteral("/home/larchweb/public_html"));
    }

private:
    std::shared_ptr<const History> read(const QString& daemon) const
    {
        const auto bytes = base::Bytes::map(QString(m_folder + u'/' + daemon).toStdString() + "/log");
        if (!bytes)
            return nullptr;
        const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
        return History::read({Source {"log", *bytes}}, {.now = now, .zone = {}, .since = {}, .until = {}})
            .value_or(nullptr);
    }

    QTemporaryDir m_temporary;
    QString m_folder;
};

QTEST_GUILESS_MAIN(LabDaemonsTest)
#include "tst_labdaemons.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The script behind a pull, run by real shells on real files: header, coding, and everything that is no log.
#include "models/ssh/decoder.h"
#include "models/ssh/quote.h"
#include "models/ssh/scripts.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace sluicegate;
using namespace sluicegate::ssh;

namespace {

struct Ran {
    int status = -1;
    QByteArray header;
    QByteArray body;
};

QByteArray decoded(const QByteArray& body, Codec codec)
{
    const auto decoder = Decoder::make(codec);
    std::string plain;
    const auto done = decoder->decode(body.toStdString(), [&](std::string_view part) -> base::Result<void> {
        plain += part;
        return {};
    });
    return done && decoder->finished() ? QByteArray::fromStdString(plain) : QByteArray("damaged");
}

} // namespace

class PullScriptTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_tools; // a PATH without zstd

    QString path(const QString& name) const { return m_folder.filePath(name); }

    QString write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }

    static QByteArray log(int lines)
    {
        QByteArray text;
        for (int at = 0; at < lines; ++at)
            text += "Nov 23 09:44:08 mail postfix/smtp[" + QByteArray::number(at * 7919) + "]: sent\n";
        return text;
    }

    Ran run(const QString& shell, const QString& file, const char* codec, const QString& tools = {})
    {
        QProcess process;
        if (!tools.isEmpty()) {
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("PATH"), tools);
            process.setProcessEnvironment(environment);
        }
        process.start(QStandardPaths::findExecutable(shell),
            {QStringLiteral("-c"), QString::fromStdString(std::string(pullScript)), shell, file,
                QString::fromLatin1(codec)});
        if (!process.waitForFinished(10'000))
            return {};
        const auto out = process.readAllStandardOutput();
        const auto end = out.indexOf('\n');
        return {process.exitCode(), out.left(end), out.mid(end + 1)};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_tools = path(QStringLiteral("tools"));
        QVERIFY(QDir().mkdir(m_tools));
        for (const char* tool : {"sh", "ls", "stat", "dd", "head", "nice", "gzip"}) {
            const auto name = QString::fromLatin1(tool);
            QVERIFY(QFile::link(QStandardPaths::findExecutable(name), m_tools + u'/' + name));
        }
    }

    void staysReadableOnTheServer()
    {
        QVERIFY(wrap(pullScript, {"/var/log/maillog", "any"}).contains("echo \"SG1 $s $c\""));
    }

    void sendsFiles_data()
    {
        QTest::addColumn<QString>("shell");
        for (const char* shell : {"dash", "bash"})
            QTest::newRow(shell) << QString::fromLatin1(shell);
    }

    void sendsFiles()
    {
        QFETCH(QString, shell);
        const auto text = log(20'000);
        const auto large = write(QStringLiteral("maillog"), text);
        struct stat info {};
        QCOMPARE(::stat(qPrintable(large), &info), 0);
        const auto begin = "SG1 " + QByteArray::number(quint64(info.st_dev)) + ':'
            + QByteArray::number(quint64(info.st_ino)) + ' ' + QByteArray::number(text.size()) + ' '
            + QByteArray::number(qint64(info.st_mtime)) + ' ';

        const auto raw = run(shell, large, "raw");
        QCOMPARE(raw.header, begin + "raw");
        QVERIFY(raw.body == text);
        const auto zstd = run(shell, large, "any");
        QCOMPARE(zstd.header, begin + "zstd");
        QVERIFY(zstd.body.size() < text.size() / 3);
        QVERIFY(decoded(zstd.body, Codec::Zstd) == text);
        const auto gzip = run(shell, large, "any", m_tools);
        QCOMPARE(gzip.header, begin + "gzip");
        QVERIFY(decoded(gzip.body, Codec::Gzip) == text);
        QCOMPARE(raw.status + zstd.status + gzip.status, 0);
    }

    void doesNotCompressWhatDoesNotNeedIt()
    {
        const auto small = run(QStringLiteral("dash"), write(QStringLiteral("small"), "a line\n"), "any");
        QVERIFY(small.header.endsWith(" raw"));
        QCOMPARE(small.body, QByteArray("a line\n"));
        const auto packed
            = run(QStringLiteral("dash"), write(QStringLiteral("maillog.1.gz"), log(5000)), "any");
        QVERIFY(packed.header.endsWith(" raw"));
        const auto empty = run(QStringLiteral("dash"), write(QStringLiteral("empty"), {}), "any");
        QCOMPARE(empty.status, 0);
        QVERIFY(empty.header.contains(" 0 ") && empty.body.isEmpty());
    }

    void takesAnyName()
    {
        for (const auto& name : {QStringLiteral("-n"), QStringLiteral("it's; touch x"),
                 QStringLiteral("a\nb\n"), QStringLiteral("$(touch x)"), QStringLiteral("*")}) {
            const auto ran = run(QStringLiteral("dash"), write(name, "bytes"), "any");
            QCOMPARE(ran.body, QByteArray("bytes"));
        }
        QVERIFY(!QFile::exists(path(QStringLiteral("x"))));
    }

    void refusesWhatIsNoFile()
    {
        const auto fifo = path(QStringLiteral("fifo"));
        QCOMPARE(::mkfifo(qPrintable(fifo), 0600), 0);
        const auto link = path(QStringLiteral("endless"));
        QVERIFY(QFile::link(QStringLiteral("/dev/zero"), link));
        for (const auto& file : {fifo, link, m_folder.path(), QStringLiteral("/dev/zero")})
            QCOMPARE(run(QStringLiteral("dash"), file, "any").status, int(PullNotRegular));
        QCOMPARE(run(QStringLiteral("dash"), path(QStringLiteral("absent")), "any").status, int(PullAbsent));
    }

    void refusesWhatMayNotBeRead()
    {
        if (::geteuid() != 0 || QStandardPaths::findExecutable(QStringLiteral("setpriv")).isEmpty())
            QSKIP("needs root, to become somebody who may not read");
        const auto secret = write(QStringLiteral("secret"), "bytes");
        QFile::setPermissions(secret, QFile::ReadOwner);
        ::chmod(qPrintable(m_folder.path()), 0755);
        const auto closed = path(QStringLiteral("closed"));
        QVERIFY(QDir().mkdir(closed));
        ::chmod(qPrintable(closed), 0700);
        const QString inside = closed + QStringLiteral("/inside");
        for (const QString& file : {secret, inside}) {
            QProcess process;
            process.start(QStringLiteral("setpriv"),
                {QStringLiteral("--reuid=65534"), QStringLiteral("--clear-groups"), QStringLiteral("sh"),
                    QStringLiteral("-c"), QString::fromStdString(std::string(pullScript)),
                    QStringLiteral("sh"), file, QStringLiteral("any")});
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.exitCode(), int(PullUnreadable));
        }
    }

    // A daemon writes on while its log is read: the announced size stands. What was cut short says so.
    void keepsToTheAnnouncedSize()
    {
        const auto growing = write(QStringLiteral("growing"), log(200'000));
        QProcess process;
        process.start(QStringLiteral("sh"),
            {QStringLiteral("-c"), QString::fromStdString("echo late >>\"$1\" & " + std::string(pullScript)),
                QStringLiteral("sh"), growing, QStringLiteral("raw")});
        QVERIFY(process.waitForFinished());
        const auto out = process.readAllStandardOutput();
        const auto header = out.left(out.indexOf('\n')).split(' ');
        QCOMPARE(out.size() - out.indexOf('\n') - 1, header.at(2).toLongLong());

        auto cutting = std::string(pullScript);
        cutting.replace(cutting.find("echo \"SG1"), 0, ": >\"$p\"; ");
        process.start(QStringLiteral("sh"),
            {QStringLiteral("-c"), QString::fromStdString(cutting), QStringLiteral("sh"), growing,
                QStringLiteral("raw")});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), int(PullShrunk));
    }
};

QTEST_GUILESS_MAIN(PullScriptTest)
#include "tst_pullscript.moc"

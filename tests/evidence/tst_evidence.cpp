// SPDX-License-Identifier: GPL-3.0-or-later
// A folder that mirrors a server: which files are found, in which order, and how they are unpacked.
#include "models/evidence/bundle.h"
#include "models/evidence/unpackall.h"
#include "models/evidence/logname.h"
#include "models/evidence/sha256.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using namespace sluicegate::evidence;

namespace {

void put(const QTemporaryDir& folder, const QString& path, const QByteArray& bytes)
{
    const QString full = folder.filePath(path);
    QDir().mkpath(QFileInfo(full).path());
    QFile file(full);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray packed(const QString& program, const QByteArray& plain)
{
    QProcess process;
    process.start(program, {QStringLiteral("-c")});
    process.write(plain);
    process.closeWriteChannel();
    return process.waitForFinished() && process.exitCode() == 0 ? process.readAllStandardOutput()
                                                                : QByteArray();
}

QStringList paths(const std::vector<const Item*>& items)
{
    QStringList result;
    for (const Item* item : items)
        result << QString::fromStdString(item->path);
    return result;
}

QByteArray someLog(int lines)
{
    QByteArray log;
    for (int i = 0; i < lines; ++i)
        log += "Nov 23 09:44:08 mail.example.test postfix/qmgr[" + QByteArray::number(i * 7919 % 32768)
            + "]: 4F7K2p1XjRz9Q3: removed\n";
    return log;
}

} // namespace

class EvidenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mailLogsStandOldestFirst_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QStringList>("order");
        const auto list
            = [](const char* text) { return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts); };
        QTest::newRow("Plesk keeps the older part in .processed")
            << list("/var/log/maillog /var/log/maillog.processed /var/log/maillog.processed.1.gz "
                    "/var/log/maillog.processed.2.gz")
            << list("/var/log/maillog.processed.2.gz /var/log/maillog.processed.1.gz "
                    "/var/log/maillog.processed /var/log/maillog");
        QTest::newRow("ten is older than nine")
            << list("/var/log/mail.log /var/log/mail.log.1 /var/log/mail.log.10.gz /var/log/mail.log.9.gz")
            << list("/var/log/mail.log.10.gz /var/log/mail.log.9.gz /var/log/mail.log.1 /var/log/mail.log");
        QTest::newRow("dates") << list(
            "/var/log/maillog /var/log/maillog-20261108 /var/log/maillog-20261115.xz")
                               << list("/var/log/maillog-20261108 /var/log/maillog-20261115.xz "
                                       "/var/log/maillog");
        QTest::newRow("an interrupted rotation leaves a twin")
            << list("/var/log/mail.log /var/log/mail.log.1 /var/log/mail.log.1.gz")
            << list("/var/log/mail.log.1 /var/log/mail.log");
        QTest::newRow("the common log only where there is no other")
            << list("/var/log/mail.log /var/log/syslog /var/log/mail.err") << list("/var/log/mail.log");
        QTest::newRow("nothing but the common log")
            << list("/var/log/messages /var/log/messages-20261101 /var/log/maillogger /etc/passwd")
            << list("/var/log/messages-20261101 /var/log/messages");
        QTest::newRow("Exim") << list(
            "/var/log/exim4/mainlog /var/log/exim4/mainlog.1 /var/log/exim4/paniclog")
                              << list("/var/log/exim4/mainlog.1 /var/log/exim4/mainlog");
        QTest::newRow("the journal when there is no file")
            << list("/etc/passwd commands/journalctl.txt") << list("commands/journalctl.txt");
    }

    void mailLogsStandOldestFirst()
    {
        QFETCH(QStringList, files);
        QFETCH(QStringList, order);
        const QTemporaryDir folder;
        for (const QString& file : files)
            put(folder, file.startsWith(u'/') ? file.mid(1) : file, file.toUtf8());
        const auto bundle = fromFolder(folder.path().toStdString());
        QVERIFY(bundle.has_value());
        QCOMPARE(paths(bundle->mailLogs()), order);
    }

    void aLogWrittenTwiceIsReadOnce()
    {
        const QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), someLog(30));
        put(folder, QStringLiteral("var/log/mail.log"), someLog(40).last(2000));
        put(folder, QStringLiteral("usr/local/psa/var/log/maillog"), someLog(20) + "another end\n");
        const auto bundle = fromFolder(folder.path().toStdString());
        QVERIFY(bundle.has_value());
        // mail.log ends otherwise than maillog here: both stay. Then it is made to end alike.
        QCOMPARE(bundle->mailLogs().size(), 3u);
        put(folder, QStringLiteral("var/log/mail.log"), someLog(30).last(1000));
        const auto again = fromFolder(folder.path().toStdString());
        QCOMPARE(paths(again->mailLogs()).filter(QStringLiteral("mail.log")), QStringList());
        QCOMPARE(again->mailLogs().size(), 2u);
    }

    void ownLogOfPostfixIsFound()
    {
        const QTemporaryDir folder;
        put(folder, QStringLiteral("srv/log/mta.txt"), someLog(3));
        put(folder, QStringLiteral("commands/maillog_file.txt"), "/srv/log/mta.txt\n");
        const auto bundle = fromFolder(folder.path().toStdString());
        QCOMPARE(paths(bundle->mailLogs()), QStringList {QStringLiteral("/srv/log/mta.txt")});
    }

    void phpsMailLogIsNoServersMailLog()
    {
        const QTemporaryDir folder;
        put(folder, QStringLiteral("var/www/vhosts/shop.example/logs/mail.log"), "php");
        put(folder, QStringLiteral("home/shop/.php/php-mail.log"), "php");
        put(folder, QStringLiteral("srv/own.log"), "php");
        put(folder, QStringLiteral("var/log/mail.log"), someLog(1));
        put(folder, QStringLiteral("commands/php-settings"),
            "/etc/php/8.4/fpm/pool.d/shop.conf:php_admin_value[mail.log] = \"/srv/own.log\" ; ours\n"
            "/etc/php/8.4/fpm/php.ini:mail.log = syslog\n");
        const auto bundle = fromFolder(folder.path().toStdString());
        QCOMPARE(paths(bundle->mailLogs()), QStringList {QStringLiteral("/var/log/mail.log")});
        QCOMPARE(paths(bundle->phpMailLogs()).join(u' '),
            QStringLiteral(
                "/home/shop/.php/php-mail.log /srv/own.log /var/www/vhosts/shop.example/logs/mail.log"));
        QVERIFY(!bundle->accounts());
        put(folder, QStringLiteral("etc/passwd"), "root:x:0:0::/:\n");
        QCOMPARE(fromFolder(folder.path().toStdString())->accounts()->path, std::string("/etc/passwd"));
        put(folder, QStringLiteral("commands/getent-passwd.txt"), "root:x:0:0::/:\n");
        QCOMPARE(fromFolder(folder.path().toStdString())->accounts()->path,
            std::string("commands/getent-passwd.txt"));
    }

    void linksStayInTheMirror()
    {
        const QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), someLog(3));
        QDir().mkpath(folder.filePath(QStringLiteral("usr/local/psa/var/log")));
        QVERIFY(QFile::link(QStringLiteral("/var/log/maillog"),
            folder.filePath(QStringLiteral("usr/local/psa/var/log/maillog"))));
        QVERIFY(QFile::link(
            QStringLiteral("/nowhere/at/all"), folder.filePath(QStringLiteral("var/log/mail.log"))));
        QVERIFY(QFile::link(QStringLiteral("/dev/zero"), folder.filePath(QStringLiteral("var/log/syslog"))));
        const auto bundle = fromFolder(folder.path().toStdString());
        QCOMPARE(bundle->mailLogs().size(), 1u);
        QCOMPARE(bundle->warnings.size(), 2u);
    }

    void webLogsKnowTheirDomain_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("domain");
        const auto row = [](const char* path, const char* domain) {
            QTest::newRow(path) << QByteArray(path) << QByteArray(domain);
        };
        row("/var/www/vhosts/system/shop.example/logs/access_log", "shop.example");
        row("/var/www/vhosts/system/shop.example/logs/proxy_access_ssl_log.processed.3.gz", "shop.example");
        row("/var/www/vhosts/system/Shop.Example/logs/access_ssl_log.webstat", "no");
        row("/var/www/vhosts/system/shop.example/logs/error_log", "no");
        row("/var/www/vhosts/system/shop.example/logs/webmail_access_log", "no");
        row("/var/log/apache2/shop.example-access.log.2.gz", "shop.example");
        row("/var/log/apache2/shop.example-ssl_access.log", "shop.example");
        row("/var/log/nginx/access.shop.example.log", "shop.example");
        row("/var/log/nginx/shop.example.access.log-20261101.gz", "shop.example");
        row("/var/log/httpd/www.shop.example_access_log-20261101", "www.shop.example");
        row("/var/log/apache2/access.log", "");
        row("/var/log/apache2/other_vhosts_access.log.1", "");
        row("/var/log/httpd/ssl_access_log", "");
        row("/var/log/apache2/shop.example-error.log", "no");
        row("/var/log/apache2/error.log", "no");
        row("/var/log/maillog", "no");
        row("/usr/local/apache/domlogs/shop.example-ssl_log", "shop.example");
        row("/var/log/httpd/domains/shop.example.log", "shop.example");
        row("/var/log/ispconfig/httpd/shop.example/access.log", "shop.example");
    }

    void webLogsKnowTheirDomain()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, domain);
        QCOMPARE(QByteArray::fromStdString(webLogDomain(path.toStdString()).value_or("no")), domain);
    }

    void webLogsOfADomainStandOldestFirst()
    {
        const QTemporaryDir folder;
        const QString logs = QStringLiteral("var/www/vhosts/system/shop.example/logs/");
        for (const char* name :
            {"access_log", "access_log.processed", "access_log.processed.1.gz", "error_log"})
            put(folder, logs + QLatin1String(name), name);
        const auto bundle = fromFolder(folder.path().toStdString());
        QStringList names;
        for (const auto& log : bundle->webLogs())
            names << QFileInfo(QString::fromStdString(log.item->path)).fileName();
        QCOMPARE(
            names.join(u' '), QStringLiteral("access_log.processed.1.gz access_log.processed access_log"));
    }

    void commandsAreFoundWithAnyEnding()
    {
        const QTemporaryDir folder;
        put(folder, QStringLiteral("commands/postqueue-j.json"), "{}\n");
        put(folder, QStringLiteral("commands/postcat-q/4F7K2p1XjRz9Q3.txt"), "x");
        put(folder, QStringLiteral("commands/date"), "1795428000 -0330\n");
        put(folder, QStringLiteral("commands/hostname"), "mail.example.test\n");
        const auto bundle = fromFolder(folder.path().toStdString());
        QVERIFY(bundle->command("postqueue-j") && bundle->command("commands/postqueue-j"));
        QVERIFY(bundle->command("postqueue-j") == bundle->find("commands/postqueue-j.json"));
        QVERIFY(!bundle->command("postqueue"));
        QVERIFY(!bundle->command("postcat-q"));
        QVERIFY(bundle->command("postcat-q/4F7K2p1XjRz9Q3"));
        QCOMPARE(bundle->below("commands/postcat-q/").size(), 1u);
        QCOMPARE(bundle->clock.zone->count(), -12600);
        QCOMPARE(
            QByteArray::fromStdString(base::iso(*bundle->clock.server)), QByteArray("2026-11-23T10:00:00Z"));
        QCOMPARE(bundle->host, std::string("mail.example.test"));
    }

    void saysWhyAFolderIsNoEvidence()
    {
        const QTemporaryDir folder;
        using base::FailureKind;
        QVERIFY(fromFolder("/nowhere/at/all").error().kind == FailureKind::NotFound);
        QVERIFY(fromFolder("/dev/null").error().kind == FailureKind::Unreadable);
        QVERIFY(fromFolder(folder.path().toStdString()).error().kind == FailureKind::Empty);
        put(folder, QStringLiteral("home/notes.txt"), "nothing of use");
        QVERIFY(fromFolder(folder.path().toStdString()).error().kind == FailureKind::Empty);
    }

    void unpacks_data()
    {
        QTest::addColumn<QString>("program");
        for (const char* program : {"gzip", "bzip2", "xz", "zstd"})
            QTest::newRow(program) << QString::fromLatin1(program);
    }

    void unpacks()
    {
        QFETCH(QString, program);
        const QTemporaryDir folder;
        const QByteArray plain = someLog(60'000), more = someLog(10);
        const QByteArray one = packed(program, plain), two = packed(program, more);
        QVERIFY(!one.isEmpty());
        const auto of = [&folder](const QByteArray& bytes) {
            put(folder, QStringLiteral("log"), bytes);
            return unpack(folder.filePath(QStringLiteral("log")).toStdString());
        };
        const auto text = [](const Unpacked& unpacked) {
            return QByteArray(unpacked.bytes.view().data(), qsizetype(unpacked.bytes.view().size()));
        };

        const auto whole = of(one);
        QVERIFY(!whole->damage);
        QCOMPARE(text(*whole), plain);
        // Rotations are often appended to one another: every member counts.
        const auto joined = of(two + one + two);
        QVERIFY(!joined->damage);
        QCOMPARE(text(*joined), more + plain + more);
        QVERIFY(!of(one + QByteArray(512, '\0'))->damage);

        const auto cut = of(two + one.first(one.size() * 3 / 4));
        QVERIFY(cut->damage && cut->damage->kind == base::FailureKind::Truncated);
        QVERIFY(text(*cut).size() >= more.size());
        QVERIFY(QByteArray(more + plain).startsWith(text(*cut)));

        QByteArray bad = one;
        for (int i = 0; i < 8; ++i)
            bad[bad.size() / 2 + i] = char(bad[bad.size() / 2 + i] ^ 0x5a);
        QVERIFY(of(two + bad)->damage);
        QVERIFY(text(*of(two + bad)).startsWith(more));
        const auto trailed = of(one + "rubbish behind");
        QVERIFY(trailed->damage);
        QCOMPARE(text(*trailed), plain);
        QVERIFY(of(one.first(6))->damage);
    }

    void unpacksSeveral()
    {
        const QTemporaryDir folder;
        std::vector<std::filesystem::path> files;
        for (int n = 0; n < 5; ++n) {
            const QString name = QStringLiteral("log.%1").arg(n);
            put(folder, name, n == 2 ? someLog(n) : packed(QStringLiteral("gzip"), someLog(n * 1000)));
            files.push_back(folder.filePath(name).toStdString());
        }
        files.push_back("/nowhere/at/all");
        const auto unpacked = unpackAll(files, {});
        QCOMPARE(unpacked.size(), 6u);
        for (int n = 0; n < 5; ++n)
            QCOMPARE(QByteArray::fromStdString(std::string(unpacked[std::size_t(n)]->bytes.view())),
                someLog(n == 2 ? n : n * 1000));
        QVERIFY(unpacked[5].error().kind == base::FailureKind::NotFound);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(unpackAll(files, stop.get_token())[1].error().kind == base::FailureKind::Cancelled);
    }

    void unpackLeavesPlainFilesAlone()
    {
        const QTemporaryDir folder;
        const auto of = [&folder](const QByteArray& bytes) {
            put(folder, QStringLiteral("log.gz"), bytes);
            return unpack(folder.filePath(QStringLiteral("log.gz")).toStdString());
        };
        QVERIFY(of("plain, whatever its name says\n")->bytes.view() == "plain, whatever its name says\n");
        QVERIFY(of("")->bytes.empty());
        QVERIFY(!of("")->damage);
        QVERIFY(unpack("/nowhere/at/all").error().kind == base::FailureKind::NotFound);
    }

    void aBombIsStopped()
    {
        const QTemporaryDir folder;
        QProcess process;
        process.start(QStringLiteral("sh"),
            {QStringLiteral("-c"), QStringLiteral("head -c 700000000 /dev/zero | zstd -1 -c > \"$1\""),
                QStringLiteral("sh"), folder.filePath(QStringLiteral("bomb"))});
        QVERIFY(process.waitForFinished(120'000) && process.exitCode() == 0);
        const auto bomb = unpack(folder.filePath(QStringLiteral("bomb")).toStdString());
        QVERIFY(bomb->damage);
        QVERIFY(bomb->damage->kind == base::FailureKind::Hostile
            || bomb->damage->kind == base::FailureKind::WriteFailed);
        QVERIFY(bomb->bytes.view().size() < 300'000'000);
    }

    void hashes()
    {
        const QTemporaryDir folder;
        put(folder, QStringLiteral("x"), "abc");
        const auto expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        QCOMPARE(*sha256Of(folder.filePath(QStringLiteral("x")).toStdString()), std::string(expected));
        QCOMPARE(sha256("abc"), std::string(expected));
    }
};

QTEST_GUILESS_MAIN(EvidenceTest)
#include "tst_evidence.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts, sites, web requests and PHP's mail log.
#include "models/hosting/hosting.h"
#include "models/hosting/programs.h"
#include "models/hosting/weblog.h"
#include "tests/support/golden.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace sluicegate;

namespace {

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QString text(base::Instant at)
{
    return text(base::iso(at));
}

QJsonObject json(const hosting::Request& request)
{
    return {{QStringLiteral("line"), static_cast<qint64>(request.line)},
        {QStringLiteral("ip"), text(request.ip)}, {QStringLiteral("at"), text(request.at)},
        {QStringLiteral("method"), text(request.method)}, {QStringLiteral("target"), text(request.target)},
        {QStringLiteral("status"), request.status},
        {QStringLiteral("bytes"), static_cast<qint64>(request.bytes)},
        {QStringLiteral("referer"), text(request.referer)}, {QStringLiteral("agent"), text(request.agent)}};
}

QJsonObject json(const hosting::PhpMail& mail)
{
    return {{QStringLiteral("line"), static_cast<qint64>(mail.line)}, {QStringLiteral("at"), text(mail.at)},
        {QStringLiteral("script"), text(mail.script)}, {QStringLiteral("scriptLine"), mail.scriptLine},
        {QStringLiteral("evaluated"), mail.evaluated}, {QStringLiteral("to"), text(mail.to)},
        {QStringLiteral("from"), text(mail.from)}, {QStringLiteral("messageId"), text(mail.messageId)},
        {QStringLiteral("subject"), text(mail.subject)}};
}

QJsonDocument accessLog(std::string_view bytes)
{
    const hosting::AccessLog log = hosting::readAccessLog(bytes);
    QJsonArray rows;
    for (const hosting::Request& request : log.requests)
        rows << json(request);
    return QJsonDocument(QJsonObject {{QStringLiteral("lines"), static_cast<qint64>(log.lines)},
        {QStringLiteral("unparsed"), static_cast<qint64>(log.unparsed)}, {QStringLiteral("requests"), rows}});
}

QJsonDocument phpMailLog(std::string_view bytes)
{
    QJsonArray rows;
    for (const hosting::PhpMail& mail : hosting::readPhpMailLog(bytes, std::chrono::hours(2)))
        rows << json(mail);
    return QJsonDocument(rows);
}

QJsonDocument tables(std::string_view bytes)
{
    QJsonArray accounts;
    for (const hosting::Account& account : hosting::readPasswd(bytes))
        accounts << QStringLiteral("%1 %2 %3 %4")
                        .arg(text(account.user))
                        .arg(account.uid)
                        .arg(text(account.home), text(account.shell));
    QJsonArray sites;
    for (const hosting::Site& site : hosting::readPleskSites(bytes))
        sites << text(site.domain + ' ' + site.documentRoot + ' ' + site.user);
    return QJsonDocument(
        QJsonObject {{QStringLiteral("accounts"), accounts}, {QStringLiteral("sites"), sites}});
}

} // namespace

class HostingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsChangedPrograms()
    {
        const std::string bytes
            = "1795475546.1200000000 1769555546.0000000000 10796 143 /var/www/vhosts/fig.test/a b.php\n"
              "find: '/home/*/public_html': No such file or directory\n"
              "1795475546 1795475546 0 7 relative.php\n"
              "99999999999999999999 1 0 7 /x.php\n"
              "-5 1 0 7 /x.php\n";
        const auto programs = hosting::readPrograms(bytes);
        QCOMPARE(programs.size(), 1u);
        QCOMPARE(base::iso(programs[0].changed), std::string("2026-11-23T23:12:26Z"));
        QVERIFY(programs[0].modified < programs[0].changed);
        QCOMPARE(programs[0].uid, 10796u);
        QCOMPARE(programs[0].path, "/var/www/vhosts/fig.test/a b.php");
        QCOMPARE(programs[0].line, 1u);
    }

    // Apache's vhost_combined has the site first; a name or an ident beside an address is no client.
    void clientBehindTheSite_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("client");
        QTest::newRow("combined") << QByteArray("203.0.113.9 - -") << QByteArray("203.0.113.9");
        QTest::newRow("vhost_combined")
            << QByteArray("shop.example:443 203.0.113.9 - -") << QByteArray("203.0.113.9");
        QTest::newRow("IPv6") << QByteArray("cafe.test:443 2001:db8::5 - -") << QByteArray("2001:db8::5");
        QTest::newRow("without a port")
            << QByteArray("shop.example 203.0.113.9 - -") << QByteArray("203.0.113.9");
        QTest::newRow("looked up") << QByteArray("dial7.isp.example - -") << QByteArray("dial7.isp.example");
        QTest::newRow("an ident that lies")
            << QByteArray("203.0.113.9 198.51.100.7 -") << QByteArray("203.0.113.9");
    }
    void clientBehindTheSite()
    {
        QFETCH(QByteArray, start);
        QFETCH(QByteArray, client);
        const std::string line
            = start.toStdString() + " [23/Nov/2026:09:40:18 +0100] \"POST /a.php HTTP/1.1\" 200 12\n";
        const hosting::AccessLog log = hosting::readAccessLog(line);
        QCOMPARE(log.requests.size(), 1u);
        QCOMPARE(QByteArray::fromStdString(std::string(log.requests.front().ip)), client);
        QCOMPARE(log.requests.front().status, 200);
    }

    void golden_data() { support::goldenRows(QStringLiteral(TEST_DATA)); }

    void golden()
    {
        QFETCH(QString, name);
        const QString folder = QStringLiteral(TEST_DATA);
        const QByteArray input = support::goldenInput(folder, name);
        const std::string_view bytes(input.constData(), static_cast<std::size_t>(input.size()));
        const QJsonDocument result = name.startsWith(QStringLiteral("access")) ? accessLog(bytes)
            : name.startsWith(QStringLiteral("phpmail"))                       ? phpMailLog(bytes)
                                                                               : tables(bytes);
        QCOMPARE(support::goldenDifference(folder, name, result), QString());
    }

    void windowOfRequests()
    {
        const std::string_view bytes
            = "192.0.2.1 - - [05/Mar/2026:10:00:00 +0100] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"\n"
              "192.0.2.2 - - [05/Mar/2026:10:00:10 +0100] \"POST /a HTTP/1.1\" 200 1 \"-\" \"-\"\n"
              "192.0.2.3 - - [05/Mar/2026:10:00:20 +0100] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"";
        const auto middle = *base::parseIso("2026-03-05T09:00:10Z");
        const auto log = hosting::readAccessLog(
            bytes, {.since = middle - std::chrono::seconds(1), .until = middle + std::chrono::seconds(1)});
        QCOMPARE(log.lines, 3u);
        QCOMPARE(log.unparsed, 0u);
        QCOMPARE(log.requests.size(), 1u);
        QCOMPARE(text(log.requests[0].target), QStringLiteral("/a"));
        QCOMPARE(log.requests[0].line, 2u);
    }

    // nginx writes down whatever name a client logs in with.
    void userCannotForgeTheTime()
    {
        const auto log = hosting::readAccessLog(
            "192.0.2.1 - x [05/Mar/2020:10:00:00 +9900] y [05/Mar/2026:10:00:00 +0100] \"POST /a HTTP/1.1\" "
            "200 1 \"-\" \"z [1] \\\"b\\\" ] \\\"c\"\n"
            "192.0.2.1 - x] \\x22[ [05/Mar/2026:10:00:00 +0100] \"POST /a HTTP/1.1\" 200 1 \"-\" \"-\"\n");
        QCOMPARE(log.requests.size(), 2u);
        for (const hosting::Request& request : log.requests) {
            QCOMPARE(text(request.at), QStringLiteral("2026-03-05T09:00:00Z"));
            QCOMPARE(text(request.target), QStringLiteral("/a"));
            QCOMPARE(request.status, 200);
        }
    }

    void siteOfPathTakesTheLongestRoot()
    {
        const hosting::Hosting house {.accounts = {},
            .sites = {{"one.example", "/var/www/vhosts/one.example/httpdocs", "one"},
                {"sub.one.example", "/var/www/vhosts/one.example/httpdocs/sub", "one"},
                {"two.test", "/var/www/vhosts/two.test", "two"}}};
        const auto domain = [&](std::string_view path) {
            const hosting::Site* site = house.siteOfPath(path);
            return site ? site->domain : std::string("none");
        };
        QCOMPARE(domain("/var/www/vhosts/one.example/httpdocs/a.php"), "one.example");
        QCOMPARE(domain("/var/www/vhosts/one.example/httpdocs/sub/a.php"), "sub.one.example");
        QCOMPARE(domain("/var/www/vhosts/one.example/httpdocs/subway/a.php"), "one.example");
        QCOMPARE(domain("/var/www/vhosts/one.example/tmp/a.php"), "one.example"); // by the layout
        QCOMPARE(domain("/var/www/vhosts/two.test"), "two.test");
        QCOMPARE(domain("/var/www/vhosts/two.tester/a.php"), "none");
        QCOMPARE(domain("/usr/share/php/a.php"), "none");
    }

    void sitesOfLayout()
    {
        hosting::Hosting house {.accounts = {{"olive", 10031, "/var/www/vhosts/olive.example", "/bin/false"},
                                    {"plum", 10032, "/home/plum", "/bin/sh"},
                                    {"quince", 10033, "/var/www/vhosts/quince.test", "/bin/false"},
                                    {"cherry", 10034, "/var/www/vhosts/quince.test", "/bin/false"}},
            .sites = {{"plum.test", "/home/plum/www", "plum"},
                {"quince.test", "/var/www/vhosts/quince.test", "root"}}};
        hosting::addSitesOfLayout(house, {"shop.olive.example", "fig.example", "plum.test", "default"});
        QCOMPARE(house.sites.size(), 5u);
        QCOMPARE(house.byDomain("quince.test")->user, "quince"); // a home says more than a folder of root's
        QCOMPARE(house.byDomain("olive.example")->user, "olive");
        QCOMPARE(house.byDomain("shop.olive.example")->user, "olive");
        QCOMPARE(house.byDomain("fig.example")->user, "");
        QCOMPARE(house.byDomain("plum.test")->documentRoot, "/home/plum/www");
        QCOMPARE(text(hosting::domainOfPath("/home/plum/domains/pear.test/public_html/x.php")),
            QStringLiteral("pear.test"));
        QCOMPARE(text(hosting::homeOfPath("/var/www/vhosts/fig.example/httpdocs/x.php")),
            QStringLiteral("/var/www/vhosts/fig.example"));
        QVERIFY(hosting::domainOfPath("/var/www/html/x.php").empty());
    }
};

QTEST_GUILESS_MAIN(HostingTest)
#include "tst_hosting.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// What bash, openssl and getent print becomes an answer about a port or a list.
#include "models/readiness/probes.h"

#include <QTest>

using namespace sluicegate::readiness;

class ProbesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAreRead_data()
    {
        QTest::addColumn<std::string>("out");
        QTest::addColumn<std::string>("err");
        QTest::addColumn<int>("status");
        QTest::addColumn<std::string>("answer");
        const auto row = [](const char* title, const char* out, const char* err, int status,
                             const char* answer) {
            QTest::newRow(title) << std::string(out) << std::string(err) << status << std::string(answer);
        };
        row("greeting", "220 mx.one.test ESMTP\r\n", "", 0, "banner");
        row("greeting in parts, behind TLS", "220-mx.one.test\r\n220 ESMTP\r\n", "depth=2 C = XX\n", 124,
            "banner");
        row("some other number", "554 5.7.1 go away\r\n", "", 0, "open");
        row("bash refused", "",
            "bash: connect: Connection refused\nbash: line 1: /dev/tcp/192.0.2.1/25: Connection refused\n", 1,
            "refused");
        row("openssl refused", "",
            "80ABC:error:8000006F:system library:BIO_connect:Connection refused\nconnect:errno=111\n", 1,
            "refused");
        row("no route", "", "bash: connect: No route to host\n", 1, "unreachable");
        row("no IPv6", "", "bash: connect: Network is unreachable\n", 1, "unreachable");
        row("dropped", "", "", 124, "dropped");
        row("slow refusal by the kernel", "", "bash: connect: Connection timed out\n", 1, "dropped");
        row("no bash", "", "timeout: failed to run command 'bash': No such file or directory\n", 127,
            "no-tool");
        row("bash without /dev/tcp", "", "bash: /dev/tcp/192.0.2.1/25: No such file or directory\n", 1,
            "no-tool");
        row("nothing", "", "", 1, "not-told");
        row("not at the line's begin", "x 220 y\n", "", 1, "not-told");
    }

    void answersAreRead()
    {
        QFETCH(std::string, out);
        QFETCH(std::string, err);
        QFETCH(int, status);
        QFETCH(std::string, answer);
        QCOMPARE(std::string(name(readPortTest({out, err, status}))), answer);
    }

    void listsAreAskedBackwards()
    {
        QCOMPARE(listName("192.0.2.20", "zen.lists.test"), std::string("20.2.0.192.zen.lists.test"));
        QCOMPARE(listName("2001:db8::1", "z.test"),
            std::string("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.z.test"));
        QCOMPARE(listName("192.0.2", "z.test"), std::string());
        QCOMPARE(listName("$(reboot)", "z.test"), std::string());
        const std::string known = "127.0.0.2       STREAM 2.0.0.127.z.test\n127.0.0.2       DGRAM\n";
        const auto ask = [&](const char* out, int status, const std::string& proof) {
            return std::string(name(readListTest({out, "", status}, {proof, "", proof.empty() ? 2 : 0})));
        };
        QCOMPARE(ask("127.0.0.2       STREAM x\n127.0.0.11      STREAM\n", 0, known), std::string("listed"));
        QCOMPARE(ask("", 2, known), std::string("not-listed"));
        QCOMPARE(ask("", 2, ""), std::string("not-told")); // the list does not answer at all
        QCOMPARE(ask("127.255.255.254 STREAM x\n", 0, known), std::string("not-told"));
        QCOMPARE(ask("", 2, "127.255.255.254 STREAM x\n"), std::string("not-told"));
        QCOMPARE(ask("198.51.100.1    STREAM x\n", 0, known), std::string("not-told")); // a lying resolver
        QCOMPARE(ask("", 124, known), std::string("not-told"));
        QCOMPARE(addressesIn("127.0.0.2 STREAM x\n127.0.0.2 DGRAM\n127.0.0.4 RAW\n"),
            (std::vector<std::string> {"127.0.0.2", "127.0.0.4"}));
        QCOMPARE(
            firstAddress("::ffff:192.0.2.1 STREAM x\n2001:db8::7 STREAM\n", 6), std::string("2001:db8::7"));
        QCOMPARE(firstAddress("192.0.2.1       STREAM x\n", 4), std::string("192.0.2.1"));
        QCOMPARE(firstAddress("-x reboot\n", 4), std::string());
    }
};

QTEST_GUILESS_MAIN(ProbesTest)
#include "tst_probes.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/letterjson.h"
#include "models/message/ascii.h"
#include "models/message/date.h"
#include "models/message/encoding.h"
#include "models/message/inspection.h"
#include "models/message/mime.h"
#include "models/message/received.h"
#include "tests/support/golden.h"

#include <QTest>

#include <algorithm>
#include <ctime>

using namespace sluicegate;
using namespace Qt::StringLiterals;

namespace {

const QString data = QStringLiteral(TEST_DATA);

// Anomalies by id, joined, as the rules' tests compare them.
QByteArray oddities(std::string_view bytes)
{
    QByteArrayList ids;
    for (const auto& odd : message::inspect(bytes).anomalies)
        ids << QByteArray::fromStdString(odd.id);
    std::ranges::sort(ids);
    return ids.join(' ');
}

constexpr std::string_view clean = "Received: from laptop (pool-9.isp.example [203.0.113.9])\r\n"
                                   "\tby mx.shop.example (Postfix) with ESMTPSA id 4F7K2p1XjRz9Q3\r\n"
                                   "\tfor <b@there.example>; Mon, 23 Nov 2026 09:44:08 +0100 (CET)\r\n"
                                   "Date: Mon, 23 Nov 2026 09:44:07 +0100\r\n"
                                   "From: Anna <anna@shop.example>\r\n"
                                   "Message-ID: <1234.abc@shop.example>\r\n"
                                   "Subject: Hello\r\n\r\nBody\r\n";

std::string with(std::string_view more, std::string_view mail = clean)
{
    return std::string(more) + std::string(mail);
}

std::string without(std::string_view line)
{
    std::string mail(clean);
    const auto at = mail.find(line);
    return mail.erase(at, mail.find("\r\n", at) + 2 - at);
}

} // namespace

class MessageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void golden_data() { support::goldenRows(data); }

    void golden()
    {
        QFETCH(QString, name);
        const auto bytes = support::goldenInput(data, name).toStdString();
        const auto json = app::toJson(message::inspect(bytes));
        const auto difference = support::goldenDifference(data, name, QJsonDocument(json));
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void offsetsPointAtNames_data() { golden_data(); }

    void offsetsPointAtNames()
    {
        QFETCH(QString, name);
        const auto bytes = support::goldenInput(data, name).toStdString();
        for (const auto& field : message::inspect(bytes).fields)
            QVERIFY(std::string_view(bytes).substr(field.offset).starts_with(field.name));
    }

    void decodesWords_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("decoded");
        QTest::addColumn<bool>("defect");
        const auto row = [](const char* name, const char* text, const char* decoded, bool defect = false) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(decoded) << defect;
        };
        row("plain", "Hello world", "Hello world");
        row("base64", "=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße");
        row("quoted", "=?iso-8859-1?Q?Gr=FC=DFe_an_alle?=", "Grüße an alle");
        row("Latin-1 is Windows-1252", "=?iso-8859-1?Q?=80_5?=", "€ 5");
        row("neighbours lose the blank", "=?UTF-8?Q?a?= =?UTF-8?Q?b?= c", "ab c");
        row("character split over words", "=?UTF-8?B?R3LD?= =?UTF-8?B?vMOfZQ==?=", "Grüße");
        row("character split over base64 and quoted", "=?UTF-8?B?R3LD?=\t=?utf-8?q?=BC=C3=9Fe?=", "Grüße");
        row("different sets are not joined", "=?koi8-r?B?8M8=?= =?UTF-8?Q?x?=", "Поx");
        row("stateful sets stand alone",
            "=?ISO-2022-JP?B?GyRCJCIbKEI=?= =?ISO-2022-JP?B?GyRCJCQbKEI=?=", "あい");
        row("language", "=?UTF-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße");
        row("hidden characters stay", "=?UTF-8?Q?pay=E2=80=8Bpal?=", "pay\xE2\x80\x8Bpal");
        row("question mark inside", "=?UTF-8?Q?=3F?=", "?");
        row("text around", "Re: =?UTF-8?Q?=C3=A4?=: x", "Re: ä: x");
        row("unknown set", "=?x-klingon?Q?abc?=", "abc", true);
        row("unknown encoding", "=?UTF-8?X?abc?=", "=?UTF-8?X?abc?=", true);
        row("cut", "=?UTF-8?B?R3LD", "=?UTF-8?B?R3LD", true);
        row("only openings", "=?=?=?=?", "=?=?=?=?", true);
        row("half a character", "=?UTF-8?B?w7w=?= =?UTF-8?B?ww==?=", "Ã¼Ã");
    }

    void decodesWords()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, decoded);
        QFETCH(bool, defect);
        bool broken = false;
        QCOMPARE(QByteArray::fromStdString(message::decodeWords(text.toStdString(), &broken)), decoded);
        QCOMPARE(broken, defect);
    }

    void decodesTransferEncodings()
    {
        QCOMPARE(message::decodeBase64("aGVs\r\nbG8="), std::string("hello"));
        QCOMPARE(message::decodeBase64("aGk=aGk="), std::string("hihi"));
        QCOMPARE(message::decodeBase64("a"), std::string());
        QCOMPARE(message::decodeQuotedPrintable("a=3Db=\r\nc=\nd=XYe="), std::string("a=bcd=XYe="));
    }

    void readsDates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("iso");
        const auto row = [](const char* text, const char* iso) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(iso);
        };
        row("Mon, 23 Nov 2026 09:44:08 +0100 (CET)", "2026-11-23T08:44:08Z");
        row("23 Nov 2026 09:44 -0330", "2026-11-23T13:14:00Z");
        row("Mon,23 Nov 2026 09:44:08 GMT", "2026-11-23T09:44:08Z");
        row("Mon, 23 Nov 26 09:44:08 EST", "2026-11-23T14:44:08Z");
        row("18 Jul 2005 15:03:07 -0000", "2005-07-18T15:03:07Z");
        row("Mon Nov 23 09:44:08 2026", "2026-11-23T09:44:08Z");
        row("Mon Nov 23 09:44:08 CET 2026", "2026-11-23T08:44:08Z");
        row("Mon, 23 Nov 2026 09:44:08.123 +0000", "2026-11-23T09:44:08Z");
        row("Mon, 30 Feb 2026 09:44:08 +0000", "");
        row("Mon, 23 Nov 2026 25:44:08 +0000", "");
        row("yesterday", "");
        row("", "");
    }

    void readsDates()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, iso);
        const auto at = message::parseDate(text.toStdString());
        QCOMPARE(at ? QByteArray::fromStdString(base::iso(*at)) : QByteArray(), iso);
    }

    // What a client chooses itself must not be read as this server's word.
    void claimsAreNoFacts_data()
    {
        QTest::addColumn<std::string>("field");
        QTest::addColumn<std::string>("recipient");
        const auto row = [](const char* name, std::string from, const char* rest, const char* recipient) {
            QTest::newRow(name) << from + rest + "; Mon, 23 Nov 2026 09:44:08 +0100"
                                << std::string(recipient);
        };
        constexpr const char* postfix = " by mx.shop.example (Postfix) with ESMTP id 4F7K for <b@fig.test>";
        constexpr const char* exim = " by mx.shop.example with esmtp (Exim 4.97)"
                                     " (envelope-from <a@fig.test>) id 1oyXyz-0001bo-D3 for b@fig.test";
        row("name", "from x (authenticated.fig.test [203.0.113.9])", postfix, "b@fig.test");
        row("qmail HELO", "from unknown (HELO authid=anna@shop.example) (203.0.113.9)",
            " by mx.shop.example with SMTP", "");
        row("exim HELO", "from [203.0.113.9] (helo=auth=anna)", exim, "b@fig.test");
        row("exim ident", "from x.test ([203.0.113.9] helo=y ident=auth=anna)", exim, "b@fig.test");
        row("certificate",
            "from x (x.test [203.0.113.9]) (Client CN \"authenticated user=anna\", Issuer \"x\" (OK))",
            postfix, "b@fig.test");
        row("sender", "from x.test ([203.0.113.9] helo=y)",
            " by h with esmtp (Exim 4.97) (envelope-from <auth=anna@fig.test>) id 1oyXyz-0001bo-D3", "");
        row("quoted sender", "from x.test ([203.0.113.9] helo=y)",
            " by h with esmtp (Exim 4.97) (envelope-from <\"a(b\"@fig.test>) id 1oyXyz-0001bo-D3", "");
        row("quoted recipient", "from x (x.test [203.0.113.9])",
            " by h (Postfix) with ESMTP id 4F7K for <\"a( id 1 by evil ;\\\"b\"@fig.test>",
            "\"a( id 1 by evil ;\\\"b\"@fig.test");
    }

    void claimsAreNoFacts()
    {
        QFETCH(std::string, field);
        QFETCH(std::string, recipient);
        bool tooDeep = false;
        const auto hop = message::parseReceived(field, &tooDeep);
        QVERIFY(!tooDeep && !hop.authenticated);
        QCOMPARE(hop.authUser, std::string());
        QCOMPARE(hop.ip, std::string("203.0.113.9"));
        QCOMPARE(hop.forRecipient, recipient);
        QVERIFY(hop.by == "h" || hop.by == "mx.shop.example");
        QVERIFY(hop.date.has_value());
    }

    void forgedHopsNameNobody_data()
    {
        QTest::addColumn<std::string>("mail");
        constexpr const char* forged
            = "Received: by mx.shop.example (Postfix, from userid 10003) id 3A1B2C4D5E;"
              " Mon, 23 Nov 2026 09:44:07 +0100\nX-PHP-Originating-Script: 10003:mail.php\n"
              "X-Get-Message-Sender-Via: h: authenticated_id: anna@shop.example\n\nx";
        constexpr const char* rest = " by mx.shop.example (Postfix) with ESMTP id 4F7K2p1XjRz9Q3;"
                                     " Mon, 23 Nov 2026 09:44:08 +0100\n";
        QTest::newRow("same host") << std::string("Received: from x (x.test [203.0.113.9])") + rest + forged;
        QTest::newRow("our name as HELO")
            << std::string("Received: from mx.shop.example (x.test [203.0.113.9])") + rest + forged;
        QTest::newRow("no host, in the queue")
            << "*** ENVELOPE RECORDS deferred/4F7K2p1XjRz9Q3 ***\nnamed_attribute: "
               "client_address=203.0.113.9\n"
               "*** MESSAGE CONTENTS deferred/4F7K2p1XjRz9Q3 ***\nReceived: from x (x.test [203.0.113.9])"
                + std::string(rest)
                + "Received: (qmail 1 invoked by uid 10003); Mon, 23 Nov 2026 09:44:07 +0100\n" + forged;
    }

    void forgedHopsNameNobody()
    {
        QFETCH(std::string, mail);
        const auto origin = message::inspect(mail).origin;
        QVERIFY(!origin.uid);
        QCOMPARE(origin.script, std::string());
        QCOMPARE(origin.authUser, std::string());
        QCOMPARE(origin.ip, std::string("203.0.113.9"));
    }

    void foldsAreOneFinding()
    {
        std::string mail = "X-A: a\n";
        for (int i = 0; i < 1000; ++i)
            mail += " \n";
        QCOMPARE(oddities(mail
                     + "Date: Mon, 23 Nov 2026 09:44:07 +0100\nFrom: a@b.test\n"
                       "Message-ID: <a1@b.test>\n\n"),
            QByteArray("blank-fold"));
    }

    void knowsAddresses()
    {
        QVERIFY(message::isIpv4("203.0.113.9"));
        QVERIFY(!message::isIpv4("203.0.113"));
        QVERIFY(!message::isIpv4("203.0.113.256"));
        QVERIFY(!message::isIpv4("203.0.113.9.1"));
        QVERIFY(message::isIpv6("2001:db8::1"));
        QVERIFY(message::isIpv6("::ffff:192.0.2.1"));
        QVERIFY(!message::isIpv6("2001:db8::1::2"));
        QVERIFY(!message::isIpv6("12:30:45"));
        QVERIFY(message::ipIn("[IPv6:2001:db8::1]") == "2001:db8::1");
        QVERIFY(message::ipIn("[192.0.2.1]:587") == "192.0.2.1");
    }

    // Each rule: one message that fires it, and the clean one that must not.
    void rules_data()
    {
        QTest::addColumn<std::string>("mail");
        QTest::addColumn<QByteArray>("ids");
        const auto row = [](const char* name, std::string mail, const char* ids) {
            QTest::newRow(name) << std::move(mail) << QByteArray(ids);
        };
        row("clean", std::string(clean), "");
        row("no date", without("Date:"), "missing-date");
        row("no id", without("Message-ID:"), "missing-message-id");
        row("no from", without("From:"), "missing-from");
        row("two dates", with("Date: Mon, 23 Nov 2026 09:44:07 +0100\r\n"), "duplicate-date");
        row("two ids", with("Message-Id: <2@shop.example>\r\n"), "duplicate-message-id");
        row("two froms", with("From: anna@shop.example\r\n"), "duplicate-from");
        row("id without brackets", with("Message-ID: x@y\r\n", without("Message-ID:")), "bad-message-id");
        row("old date", with("Date: Mon, 16 Nov 2026 09:44:07 +0100\r\n", without("Date:")),
            "date-far-from-arrival");
        row("no such date", with("Date: soon\r\n", without("Date:")), "bad-date");
        row("nul", with(std::string_view("X-A: a\0b\r\n", 10)), "nul-in-header");
        row("escape", with("X-A: \x1b[31m\r\n"), "control-in-header");
        row("8 bit", with("X-A: \xFC\r\n"), "8-bit-in-header");
        row("bare cr", with("X-A: a\rb\r\n"), "bare-cr");
        row("blank fold", with("X-A: a\r\n \r\n b\r\n"), "blank-fold");
        row("blank before colon", with("X-A : a\r\n"), "space-before-colon");
        row("long line", with("X-A: " + std::string(1200, 'x') + "\r\n"), "long-line");
        row("broken word", with("X-A: =?UTF-8?B?R3\r\n"), "broken-encoded-word");
        row("hidden", with("Reply-To: anna@shop.example\r\nTo: a\xE2\x80\xAE@b\r\n"),
            "8-bit-in-header hidden-characters");
        row("name shows another", with("From: \"it@bank.example\" <anna@shop.example>\r\n", without("From:")),
            "name-shows-other-address");
        row("replies elsewhere", with("Reply-To: x@else.example\r\n"), "reply-to-elsewhere");
        row("replies to own subdomain", with("Reply-To: x@mail.shop.example\r\n"), "");
        row("script header over smtp", with("X-PHP-Originating-Script: 10003:x.php\r\n"),
            "script-header-over-smtp");
        row("line that is no field", with("X-A: b\r\nhello you\r\n"),
            "missing-date missing-from missing-message-id not-a-field");
        row("nothing", "\r\nhello", "no-header");
    }

    void rules()
    {
        QFETCH(std::string, mail);
        QFETCH(QByteArray, ids);
        QCOMPARE(oddities(mail), ids);
    }

    void capsFieldsAndBytes()
    {
        std::string many;
        for (int i = 0; i < 20'050; ++i)
            many += "X: y\n";
        const auto inspection = message::inspect(many);
        QCOMPARE(inspection.fields.size(), std::size_t(20'000));
        QVERIFY(inspection.truncated);
        const auto large = message::inspect("A: b\nX: " + std::string(9 * 1024 * 1024, 'x') + "\nC: d\n\n");
        QCOMPARE(large.fields.size(), std::size_t(1));
        QVERIFY(large.truncated);
    }

    // Shapes that make careless readers quadratic or recursive; each must be done at once.
    void staysLinear_data()
    {
        QTest::addColumn<std::string>("mail");
        const auto many = [](std::string_view piece) {
            std::string text;
            while (text.size() < 1024 * 1024)
                text += piece;
            return text;
        };
        QTest::newRow("open words") << "Subject: " + many("=?u?q?x");
        QTest::newRow("open marks") << "Subject: " + many("=?");
        QTest::newRow("parentheses") << "Received: from " + many("(") + "\n";
        QTest::newRow("closed parentheses") << "Received: from a " + many("()") + "\n";
        QTest::newRow("auth words") << "Received: from a (" + many("authenticated ") + ")\n";
        QTest::newRow("folds") << "X: y" + many("\n z");
        QTest::newRow("carriage returns") << "X: " + many("\r");
        QTest::newRow("received fields")
            << many("Received: by a (x) with b; Mon, 23 Nov 2026 09:44:08 +0100\n");
        QTest::newRow("postcat marks")
            << "*** ENVELOPE RECORDS a ***\n" + many("*** MESSAGE CONTENTS a ***\n");
    }

    void staysLinear()
    {
        QFETCH(std::string, mail);
        const auto start = std::clock(); // CPU time: the machine may be busy
        message::inspect(mail);
        const auto seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 3, qPrintable(QString::number(seconds)));
    }

    void walksParts()
    {
        const std::string mail
            = "Content-Type: multipart/mixed; boundary=\"b 1\"\n\npreamble\n--b 1\n"
              "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n"
              "--b 1\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner body\n--b 1--\nepilogue\n";
        const auto parts = message::parts(mail);
        QCOMPARE(parts.size(), std::size_t(4));
        QCOMPARE(parts[0].type, std::string("multipart/mixed"));
        QCOMPARE(message::decodedBody(parts[1]), std::string("hello"));
        QCOMPARE(parts[2].type, std::string("message/rfc822"));
        QCOMPARE(parts[3].parent, 2);
        QVERIFY(parts[3].body.starts_with("inner body"));
    }

    void limitsParts()
    {
        std::string nested;
        for (int i = 0; i < 3000; ++i)
            nested += "Content-Type: message/rfc822\n\n";
        QCOMPARE(message::parts(nested).size(), std::size_t(message::partDepthLimit + 1));
        std::string wide = "Content-Type: multipart/mixed; boundary=b\n\n";
        for (int i = 0; i < 3000; ++i)
            wide += "--b\n\nx\n";
        QCOMPARE(message::parts(wide).size(), message::partLimit);
    }
};

QTEST_GUILESS_MAIN(MessageTest)
#include "tst_message.moc"

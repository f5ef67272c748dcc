// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/letterjson.h"
#include "models/notice/addresses.h"
#include "models/notice/dates.h"
#include "models/notice/idsearch.h"
#include "models/notice/notice.h"
#include "models/notice/pastedjson.h"
#include "models/notice/shape.h"
#include "tests/support/golden.h"

#include <QTest>

#include <ctime>
#include <format>

using namespace sluicegate;

namespace {

const QString data = QStringLiteral(TEST_DATA);

QByteArray joined(const std::vector<std::string>& texts)
{
    QByteArray result;
    for (const auto& text : texts)
        result += (result.isEmpty() ? "" : " ") + QByteArray::fromStdString(text);
    return result;
}

QByteArray ids(std::string_view text)
{
    std::vector<std::string> found;
    for (const auto& hit : notice::searchIds(text).labelled)
        found.push_back(hit.id);
    return joined(found);
}

} // namespace

class NoticeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void golden_data() { support::goldenRows(data); }

    void golden()
    {
        QFETCH(QString, name);
        const auto read = notice::read(support::goldenInput(data, name).toStdString());
        QVERIFY(read.has_value());
        const auto difference = support::goldenDifference(data, name, QJsonDocument(app::toJson(*read)));
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    // What is taken must stay as it came, and offsets must lie within.
    void keepsRaw_data() { golden_data(); }

    void keepsRaw()
    {
        QFETCH(QString, name);
        const auto bytes = support::goldenInput(data, name).toStdString();
        const auto read = notice::read(bytes);
        QVERIFY(read->raw == bytes);
        for (const auto& id : read->ids)
            QVERIFY(id.offset < bytes.size());
    }

    void neverTellsTokens()
    {
        const auto bytes = support::goldenInput(data, QStringLiteral("hetzner-spamcop")).toStdString();
        QVERIFY(bytes.find("token=s3cr3t") != std::string::npos);
        const auto json = QJsonDocument(app::toJson(*notice::read(bytes))).toJson();
        QVERIFY(!json.contains("s3cr3t"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("kind");
        const auto row = [](const char* name, const QByteArray& bytes, const char* kind) {
            QTest::newRow(name) << bytes << QByteArray(kind);
        };
        row("nothing", "", "empty");
        row("blanks", " \r\n\t\n ", "empty");
        row("mark and blanks", "\xEF\xBB\xBF \n", "empty");
        row("pdf", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "not-understood");
        row("png", "\x89PNG\r\n\x1a\n", "not-understood");
        row("msg", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "not-understood");
        row("rubbish", QByteArray::fromHex("00010203fefdfc0405060708ffee"), "not-understood");
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, kind);
        const auto read = notice::read(bytes.toStdString(), "paste");
        QVERIFY(!read.has_value());
        QCOMPARE(QByteArray::fromStdString(std::string(base::name(read.error().kind))), kind);
        QVERIFY(read.error().subject == "paste");
    }

    void takesTextThatSaysNothing()
    {
        const auto read = notice::read("Hello, your server is nice.");
        QVERIFY(read.has_value());
        QVERIFY(read->ids.empty());
        QVERIFY(!read->warnings.empty());
    }

    void findsIds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("found");
        const auto row = [](const char* name, const char* text, const char* found) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(found);
        };
        row("brackets", "Message-ID: <a.1@b.example>", "a.1@b.example");
        row("no brackets", "Message-ID: a.1@b.example - Spam score: 300", "a.1@b.example");
        row("end of sentence", "The message id is a.1@b.example.", "a.1@b.example");
        row("equals and quotes", "message_id=\"a.1@b.example\"", "a.1@b.example");
        row("behind the label", "Message-ID:\na.1@b.example\n", "a.1@b.example");
        row("after a dot", "Message-ID: 2026.\n1123@b.\nexample - Spam", "2026.1123@b.example");
        row("before the at", "Message-ID: abcdef12345\n@b.example\n", "abcdef12345@b.example");
        row("within brackets", "Message-ID: <abc\n  def@b.\n  example>", "abcdef@b.example");
        row("dot then sentence", "Message-ID: a.1@b.example.\nPlease act", "a.1@b.example");
        row("dot then small words", "Message-ID: a.1@b.example.\nplease act now", "a.1@b.example");
        row("dot opens the next line", "Message-ID: a.1@b\n.example", "a.1@b.example");
        row("comma list", "Message-IDs: a.1@b.example, <a.2@b.example>; a.3@b.example",
            "a.1@b.example a.2@b.example a.3@b.example");
        row("list below",
            "Message IDs:\n\n- <a.1@b.example>\n* a.2@b.example\n3. "
            "a.3@b.example\n\nRegards\nabuse@isp.example",
            "a.1@b.example a.2@b.example a.3@b.example");
        row("list with numbers", "Message IDs\n192.0.2.1 a.1@b.example 300\n192.0.2.2 a.2@b.example 12",
            "a.1@b.example a.2@b.example");
        row("signature is no id", "Message IDs:\na.1@b.example\n\nRegards\nJohn4\njohn@isp.example",
            "a.1@b.example");
        row("prose", "Find the message IDs in\nyour log. Ask abuse@isp.example", "");
        row("prose with address", "the message ID. Write to abuse@isp.example", "");
        row("plesk's own", "X-PPP-Message-ID: <17@vps.example>", "");
        row("resent", "Resent-Message-ID: <17@vps.example>", "");
        row("original", "Original-Message-ID: <17@vps.example>", "17@vps.example");
        row("german", "Nachrichten-ID: <17@vps.example>", "17@vps.example");
        row("french", "Identifiant du message : 17@vps.example", "17@vps.example");
        row("domain literal", "Message-ID: <1.2@[192.0.2.1]>", "1.2@[192.0.2.1]");
        row("domain literal bare", "Message-ID: 1.2@[192.0.2.1], x", "1.2@[192.0.2.1]");
        row("without at", "Message-ID: <4711-0815-abc>", "4711-0815-abc");
        row("none", "Message-ID: none\nFrom: a@b.example", "");
        row("bracket never closed", "Message-ID: <a.1@b.example\nmore text", "a.1@b.example");
        row("telephone number is no row", "Message IDs:\na.1@b.example\n+49 30 1234567\nabuse@isp.example",
            "a.1@b.example");
        row("number above each id", "Message-IDs\n\n1\na.1@b.example\n\n2\na.2@b.example\n",
            "a.1@b.example a.2@b.example");
        row("column",
            "Time\tMessage-ID\tTo\n05:40 CET\t<a.1@b.example>\tx@y.test\n05:41 "
            "CET\ta.2@b.example\tx@y.test\n",
            "a.1@b.example a.2@b.example");
        row("column without ids", "Message-ID\tTo\nnone\tx@y.test\n", "");
        row("quotes", "Message-ID: \"a.1@b.example\"", "a.1@b.example");
        row("no word", "somemessage-id: a@b.example", "");
    }

    void findsIds()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, found);
        QCOMPARE(ids(text.toStdString()), found);
    }

    void judgesShapes_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<QByteArray>("queueId");
        QTest::addColumn<QByteArray>("time");
        QTest::addColumn<QByteArray>("host");
        const auto row
            = [](const char* id, const char* shape, const char* queueId, const char* time, const char* host) {
                  QTest::newRow(id) << QByteArray(id) << QByteArray(shape) << QByteArray(queueId)
                                    << QByteArray(time) << QByteArray(host);
              };
        row("20261123084408.3A1B2C4D5E@vps7.example", "postfix-short", "3A1B2C4D5E", "2026-11-23T08:44:08Z",
            "vps7.example");
        row("20261323084408.3A1B2C4D5E@vps7.example", "unknown", "", "", "");
        row("20261123084408.3a1b@vps7.example", "unknown", "", "", "");
        row("4F7K2p1XjRz9Q3@vps7.example", "postfix-long", "4F7K2p1XjRz9Q3", "2021-03-28T02:11:46Z",
            "vps7.example");
        row("4F7K2p1XjRa9Q3@vps7.example", "unknown", "", "", "");
        row("E1oyXyz-0001bo-D3@cp3.example", "exim", "1oyXyz-0001bo-D3", "2022-11-25T12:39:05Z",
            "cp3.example");
        row("E1x9hqp-000000076Qy-1Ug8@cp3.example", "exim", "1x9hqp-000000076Qy-1Ug8", "2026-09-24T11:42:55Z",
            "cp3.example");
        row("bT6IPDYIrNAtjatYTjg7lB5GF6Foa57t2SxAYYScQ@shop.example", "phpmailer", "", "", "shop.example");
        row("0123456789abcdef0123456789abcdef@shop.example", "unknown", "", "", "");
        row("0f8fad5b-d9cb-469f-a165-70867728950e@shop.example", "uuid", "", "", "");
        row("20261123084408.19513.qmail@vps8.example", "qmail", "", "2026-11-23T08:44:08Z", "vps8.example");
        row("202611230844.sAND8i8x004712@old.example", "unknown", "sAND8i8x004712", "2026-11-23T08:44:00Z",
            "old.example");
        row("anna@shop.example", "unknown", "", "", "");
    }

    void judgesShapes()
    {
        QFETCH(QByteArray, id);
        notice::NoticedId noticed;
        noticed.id.value = id.toStdString();
        notice::judgeShape(noticed);
        QTEST(QByteArray::fromStdString(std::string(notice::name(noticed.shape))), "shape");
        QTEST(QByteArray::fromStdString(noticed.hintQueueId), "queueId");
        QTEST(noticed.hintTime ? QByteArray::fromStdString(base::iso(*noticed.hintTime)) : QByteArray(),
            "time");
        QTEST(QByteArray::fromStdString(noticed.hintHost), "host");
    }

    void findsDates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("iso");
        QTest::addColumn<bool>("zone");
        const auto row = [](const char* text, const char* iso, bool zone) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(iso) << zone;
        };
        row("2026-11-23T09:44:08Z", "2026-11-23T09:44:08Z", true);
        row("2026-11-23T09:44:08.123+01:00", "2026-11-23T08:44:08Z", true);
        row("2026-11-23 09:44:08 UTC", "2026-11-23T09:44:08Z", true);
        row("2026-11-23 09:44", "2026-11-23T09:44:00Z", false);
        row("2026/11/23 09:44:08 +0100", "2026-11-23T08:44:08Z", true);
        row("Mon, 23 Nov 2026 09:44:08 +0100", "2026-11-23T08:44:08Z", true);
        row("Mon Nov 23 09:44:08 2026", "2026-11-23T09:44:08Z", false);
        row("Mon Nov 23 09:44:08 CET 2026", "2026-11-23T08:44:08Z", true);
        row("November 23, 2026 at 9:44 PM EST", "2026-11-24T02:44:00Z", true);
        row("November 23rd, 2026, 9:44pm", "2026-11-23T21:44:00Z", false);
        row("23rd of November 2026, 9 AM", "2026-11-23T09:00:00Z", false);
        row("23. November 2026 um 09:44 Uhr", "2026-11-23T09:44:00Z", false);
        row("23.11.2026, 09:44:08 Uhr (CET)", "2026-11-23T08:44:08Z", true);
        row("le 23 novembre 2026 à 09h44", "2026-11-23T09:44:00Z", false);
        row("1er août 2026 09:44", "2026-08-01T09:44:00Z", false);
        row("23 de noviembre de 2026 a las 09:44", "2026-11-23T09:44:00Z", false);
        row("11/23/2026 9:44 AM", "2026-11-23T09:44:00Z", false);
        row("23/11/2026 09:44", "2026-11-23T09:44:00Z", false);
        row("03/04/2026 09:44 PM", "2026-03-04T21:44:00Z", false);
        row("23-Nov-2026 09:44:08 GMT+2", "2026-11-23T07:44:08Z", true);
        row("23 Nov 2026", "2026-11-23T00:00:00Z", false);
        row("am 23. November 2026 gegen 5:40 Uhr MEZ", "2026-11-23T04:40:00Z", true);
        row("23.11.2026 ca. 05:40 Uhr", "2026-11-23T05:40:00Z", false);
        row("23.11.2026 um circa 5.40 Uhr", "2026-11-23T05:40:00Z", false);
        row("23.11.2026, etwa um 17 Uhr MEZ", "2026-11-23T16:00:00Z", true);
        row("23 November 2026 at around 05:40 UTC", "2026-11-23T05:40:00Z", true);
        row("November 23, 2026 about 5:40 PM", "2026-11-23T17:40:00Z", false);
        row("Nov 23, 2026, approx. 05:40 (CET)", "2026-11-23T04:40:00Z", true);
        row("23 novembre 2026 vers 5h40", "2026-11-23T05:40:00Z", false);
        row("23 novembre 2026 à environ 05:40", "2026-11-23T05:40:00Z", false);
        row("23 novembre 2026 verso le 05:40", "2026-11-23T05:40:00Z", false);
        row("23 novembre 2026 alle ore 05:40", "2026-11-23T05:40:00Z", false);
        row("23 de noviembre de 2026 sobre las 05:40", "2026-11-23T05:40:00Z", false);
        row("23 november 2026 omstreeks 05:40", "2026-11-23T05:40:00Z", false);
        row("23 november 2026 rond 05:40", "2026-11-23T05:40:00Z", false);
        row("23 november 2026 om 05:40 uur", "2026-11-23T05:40:00Z", false);
        row("23 November 2026 about 5 mails", "2026-11-23T00:00:00Z", false);
        row("23.11.2026 ca. 5.40 GB", "2026-11-23T00:00:00Z", false);
        row("12:00 AM", "", false);
        row("203.0.113.7", "", false);
        row("10.11.12.13", "", false);
        row("20261123.4711@host.example", "", false);
        row("99.99.2026", "", false);
        row("in 24 hours", "", false);
    }

    void findsDates()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, iso);
        QFETCH(bool, zone);
        const auto bytes = text.toStdString();
        const auto dates = notice::findDates(bytes);
        QCOMPARE(dates.empty() ? QByteArray() : QByteArray::fromStdString(base::iso(dates.front().at)), iso);
        QCOMPARE(!dates.empty() && dates.front().hasZone, zone);
    }

    void findsPorts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("found");
        const auto row = [](const char* text, const char* found) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(found);
        };
        row("Port 25 sowie 465", "25 465");
        row("Ports 25 und 465", "25 465");
        row("ports 25, 465 and 587", "25 465 587");
        row("port 25 as well as 465", "25 465");
        row("les ports 25 et 465", "25 465");
        row("le porte 25 e 465", "25 465");
        row("los puertos 25 y 465", "25 465");
        row("de poorten 25 en 465", "25 465");
        row("Port 25 & 465", "25 465");
        row("port 25/465", "25 465");
        row("port 25 as of 465 mails", "25");
        row("port 25 was closed after 465 mails", "25");
        row("the transport 25", "");
        row("a report, 25 and 465", "");
    }

    void findsPorts()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, found);
        QByteArray ports;
        for (const int port : notice::portsNamed(text.toStdString()))
            ports += (ports.isEmpty() ? "" : " ") + QByteArray::number(port);
        QCOMPARE(ports, found);
    }

    void settlesDayAndMonth()
    {
        const auto open = notice::blockDate("blocked on 03/04/2026 09:44", {});
        QVERIFY(open && open->otherwise);
        const auto received = base::parseIso("2026-03-05T00:00:00Z");
        const auto settled = notice::blockDate("blocked on 03/04/2026 09:44", received);
        QCOMPARE(base::iso(settled->at), std::string("2026-03-04T09:44:00Z"));
        QVERIFY(!settled->otherwise);
    }

    void readsCutJson()
    {
        const auto all
            = notice::members("[{\"a\": \"x\\u003cy\", \"b\": [1, 2], \"c\": {\"d\": 5}, \"e\": \"cut");
        QCOMPARE(all.size(), std::size_t(5));
        QCOMPARE(all[0].value, std::string("x<y"));
        QCOMPARE(all[2].key, std::string("b"));
        QCOMPARE(all[2].value, std::string("2"));
        QCOMPARE(all[3].key, std::string("d"));
        QCOMPARE(all[4].value, std::string("cut"));
    }

    void staysLinear_data()
    {
        QTest::addColumn<std::string>("text");
        const auto many = [](std::string_view piece, std::string_view start = {}) {
            std::string text(start);
            while (text.size() < 512 * 1024)
                text += piece;
            return text;
        };
        QTest::newRow("at signs") << many("@");
        QTest::newRow("labels") << many("Message-ID: ");
        QTest::newRow("label lines") << many("Message-ID\n");
        QTest::newRow("open brackets") << many("Message-ID: <");
        QTest::newRow("ids") << many("Message-ID: <a@b>\n");
        QTest::newRow("wrapped") << many("Message-ID: a1.\n");
        QTest::newRow("quotes") << many(">");
        QTest::newRow("tags") << many("<", "<html>");
        QTest::newRow("entities") << many("&", "<html>");
        QTest::newRow("named entities") << many("&agrave;", "<html>");
        QTest::newRow("cells") << many("<td>", "<html><table>Message-ID");
        QTest::newRow("rows") << many("<tr><td>1<td>Message-ID", "<html>");
        QTest::newRow("columns") << many("Message-ID\tx\n");
        QTest::newRow("about") << many("1/1/2026 ca. um ca. ");
        QTest::newRow("links") << many("<https://");
        QTest::newRow("dates") << many("1/1/2026 ,");
        QTest::newRow("numbers") << many("1 ");
        QTest::newRow("months") << many("may the ");
        QTest::newRow("addresses") << many("192.0.2.1 (");
        QTest::newRow("servers") << many("server ");
        QTest::newRow("ports") << many("port 25,");
        QTest::newRow("received lines") << many("Received: from a (b [192.0.2.1])\n");
        QTest::newRow("json") << many("{\"messageId\":\"a@b\",");
        QTest::newRow("tag with an address") << many("<a@", "<html>") + ">";
        QTest::newRow("json brackets") << many("[", "[{");
        std::string addresses = "[{";
        for (int i = 0; i < 60'000; ++i)
            addresses += std::format("\"ip\":\"198.51.{}.{}\",", i / 256, i % 256);
        QTest::newRow("json addresses") << addresses;
        QTest::newRow("json openings") << many("[{\"", "[");
        QTest::newRow("parts") << many(
            "--b\n\n", "Content-Type: multipart/mixed; boundary=b\nMIME-Version: 1.0\n\n");
        QTest::newRow("nested parts") << many("Content-Type: message/rfc822\n\n", "MIME-Version: 1.0\n");
    }

    void staysLinear()
    {
        QFETCH(std::string, text);
        const auto start = std::clock(); // CPU time: the machine may be busy
        (void)notice::read(text);
        const auto seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 2, qPrintable(QString::number(seconds)));
    }
};

QTEST_GUILESS_MAIN(NoticeTest)
#include "tst_notice.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Grades of anomalies, templates of messages, and the readable text of HTML.
#include "models/message/grade.h"
#include "models/message/plaintext.h"
#include "models/message/shape.h"

#include <QTest>

#include <ctime>

using namespace sluicegate;

class MessageShapeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gradesAnomalies_data()
    {
        QTest::addColumn<std::string>("id");
        QTest::addColumn<std::string>("grade");
        const auto row = [](const char* id, const char* grade) {
            QTest::newRow(id) << std::string(id) << std::string(grade);
        };
        row("missing-date", "direct");
        row("duplicate-references", "direct");
        row("two-php-headers", "direct");
        row("hidden-characters", "direct");
        row("clock-skew", "correlated");
        row("uid-differs", "correlated");
        row("from-unlike-submitter", "correlated");
        row("slow-hop", "heuristic");
        row("reply-to-elsewhere", "heuristic");
        row("never-heard-of", "heuristic");
    }

    void gradesAnomalies()
    {
        QFETCH(std::string, id);
        QFETCH(std::string, grade);
        QCOMPARE(std::string(message::name(message::gradeOf(id))), grade);
    }

    void shapesTokens_data()
    {
        QTest::addColumn<std::string>("one");
        QTest::addColumn<std::string>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("uuid") << std::string("bc45e9ec-fff2-4ffb-b584-d1ae969dfab2")
                              << std::string("097ffe27-668d-4873-9770-7eb8c10d21fb") << true;
        QTest::newRow("counter grew")
            << std::string("20261123094408.999.qmail") << std::string("20261123094409.1000.qmail") << true;
        QTest::newRow("other marks") << std::string("a1b2c3d4e5@") << std::string("a1b2c3.d4e5@") << false;
        QTest::newRow("letters and hexadecimal")
            << std::string("k7zq0wxy2m") << std::string("0a1b2c3d4e") << false;
        QTest::newRow("empty") << std::string() << std::string("x") << false;
    }

    void shapesTokens()
    {
        QFETCH(std::string, one);
        QFETCH(std::string, other);
        QFETCH(bool, same);
        QCOMPARE(message::shapeOf(one) == message::shapeOf(other), same);
    }

    void findsTemplates()
    {
        const auto mail = [](int i, const std::string& subject, const std::string& mailer) {
            return message::inspect(
                "Received: from x by y; Mon, 23 Nov 2026 09:44:08 +0100\nDate: Mon, 23 Nov "
                "2026 09:44:08 +0100\nFrom: a@shop.example\nMessage-ID: <"
                + std::to_string(5000000000 + i) + "@shop.example>\nSubject: " + subject
                + "\nX-Mailer: " + mailer + "\n\n");
        };
        std::vector<message::Inspection> mails;
        for (int i = 0; i < 5; ++i)
            mails.push_back(mail(i,
                "Invoice 77" + std::to_string(i) + " for customer" + std::string(1, char('a' + i))
                    + " is due",
                "Bulk 2." + std::to_string(i)));
        mails.push_back(
            mail(7, "Invoice 779 for customerz is due", "Other")); // the same words of another tool
        mails.push_back(mail(8, "Lunch on Friday at noon then", "Bulk 2.0")); // other words of the same tool
        std::vector<const message::Inspection*> given;
        for (const auto& each : mails)
            given.push_back(&each);
        given.insert(given.begin() + 2, nullptr);
        const auto found = message::templatesOf(given);
        QCOMPARE(found.size(), std::size_t(3));
        QCOMPARE(found[0].subject, std::string("Invoice # for * is due"));
        QCOMPARE(found[0].members, (std::vector<std::size_t> {0, 1, 3, 4, 5}));
        QCOMPARE(found[1].members.size(), std::size_t(1));
        QVERIFY(message::templatesOf({}).empty());
    }

    void manyTemplatesStayLinear()
    {
        std::vector<message::Inspection> mails(10000);
        std::vector<const message::Inspection*> given;
        for (std::size_t i = 0; i < mails.size(); ++i) {
            std::string subject;
            for (std::size_t word = 0; word < 8; ++word)
                subject
                    += std::string(1, char('a' + (i >> word) % 26)) + std::string(word + i % 97, 'x') + ' ';
            mails[i].fields.push_back({"Subject", {}, subject, 0});
            given.push_back(&mails[i]);
        }
        const auto start = std::clock();
        std::size_t members = 0;
        for (const auto& made : message::templatesOf(given))
            members += made.members.size();
        const auto seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
        QCOMPARE(members, given.size());
        QVERIFY2(seconds < 10, qPrintable(QString::number(seconds)));
    }

    void readsTextOfHtml_data()
    {
        QTest::addColumn<std::string>("html");
        QTest::addColumn<std::string>("text");
        const auto row = [](const char* name, const char* html, const char* text) {
            QTest::newRow(name) << std::string(html) << std::string(text);
        };
        row("tags", "<p>Hello <b>you</b></p><p>there</p>", "Hello you\nthere\n");
        row("link", "Go <a class=x href=\"https://bad.test/?a=1\">here</a>.",
            "Go here <https://bad.test/?a=1>.");
        row("script", "a<script>if (1 < 2) alert()</script>b<STYLE>p{}</STYLE>c", "abc");
        row("comment", "a<!-- <b> -->b", "ab");
        row("references", "1 &lt; 2 &amp; &#65;&#x42; &unknown; &#xFFFFFFF;",
            "1 < 2 & AB &unknown; &#xFFFFFFF;");
        row("no tag at all", "a < b and b > a", "a < b and b > a");
        row("never closed", "a<b", "a");
        row("comment never closed", "a<!-- b", "a");
    }

    void readsTextOfHtml()
    {
        QFETCH(std::string, html);
        QFETCH(std::string, text);
        QCOMPARE(message::textOfHtml(html, 1000), text);
        QVERIFY(message::textOfHtml(html, 1).size() <= text.size());
    }
};

QTEST_GUILESS_MAIN(MessageShapeTest)
#include "tst_message_shape.moc"

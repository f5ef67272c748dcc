// SPDX-License-Identifier: GPL-3.0-or-later
// A letter and its model: what the rows say, where they lead, and that foreign text stays harmless.
#include "models/items/lettermodel.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace sluicegate;
using items::Letter;
using items::LetterModel;
using Kind = LetterModel::Kind;

namespace {

const std::string queued
    = "*** ENVELOPE RECORDS deferred/3/3A1B2C4D5E ***\n"
      "message_arrival_time: Mon Nov 23 09:44:08 2026\n"
      "named_attribute: sasl_username=anna@shop.example\n"
      "sender: parcel@courier.example\n"
      "recipient: first@there.example\n"
      "*** MESSAGE CONTENTS deferred/3/3A1B2C4D5E ***\n"
      "Received: from filter (localhost [127.0.0.1])\n\tby mx.hoster.example (Postfix) with ESMTP id "
      "11111AAAA;\n"
      "\tMon, 23 Nov 2026 09:44:02 +0100 (CET)\n"
      "Received: from User (unknown [203.0.113.77])\n\tby mx.hoster.example (Postfix) with ESMTPA id "
      "3A1B2C4D5E;\n"
      "\tMon, 23 Nov 2026 09:44:08 +0100 (CET)\n"
      "From: =?utf-8?q?Parcel=E2=80=AE?= <parcel@courier.example>\n"
      "Date: Mon, 23 Nov 2026 09:44:01 +0100\n"
      "Message-ID: <e5f6@courier.example>\n"
      "MIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=b\n"
      "Subject: Parcel\n\n"
      "--b\nContent-Type: text/html\n\n<img src=\"https://track.test/x.png\"><p>Pay <a "
      "href=\"https://bad.test\">here"
      "</a>\n--b\nContent-Type: image/png; name=logo.png\nContent-Transfer-Encoding: "
      "base64\n\niVBORw0KGgo=\n--b--\n"
      "*** HEADER EXTRACTED deferred/3/3A1B2C4D5E ***\n*** MESSAGE FILE END deferred/3/3A1B2C4D5E ***\n";

std::shared_ptr<const Letter> letterOf(const std::string& text)
{
    return Letter::of(QStringLiteral("3A1B2C4D5E"), base::Bytes::own(text));
}

QModelIndex find(const LetterModel& model, Kind kind, const QString& label)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        if (index.data(LetterModel::KindRole).toInt() == int(kind) && index.data().toString().contains(label))
            return index;
    }
    return {};
}

QString textAt(const QModelIndex& index, LetterModel::Role role)
{
    return index.data(role).toString();
}

} // namespace

class ItemsLetterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhoHandedItIn()
    {
        LetterModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(letterOf(queued));
        QCOMPARE(textAt(find(model, Kind::Fact, QStringLiteral("Login")), LetterModel::TextRole),
            QStringLiteral("anna@shop.example"));
        QCOMPARE(textAt(find(model, Kind::Fact, QStringLiteral("Client")), LetterModel::TextRole),
            QStringLiteral("203.0.113.77"));
        const QModelIndex hop = find(model, Kind::Hop, QStringLiteral("203.0.113.77"));
        QVERIFY(hop.data(LetterModel::SubmissionRole).toBool());
        QVERIFY(hop.data(Qt::AccessibleTextRole).toString().startsWith(u"Handed in here"));
        std::string unnamed = queued;
        unnamed.replace(unnamed.find("named_attribute: sasl"), 21, "named_attribute: none");
        model.show(letterOf(unnamed));
        QVERIFY(textAt(find(model, Kind::Fact, QStringLiteral("Login")), LetterModel::TextRole)
                .contains(u"names it"));
        model.show(nullptr);
        QCOMPARE(model.rowCount(), 0);
        model.show(letterOf("Subject: no more than this\n\n"));
        QVERIFY(!find(model, Kind::Fact, QStringLiteral("Login")).isValid());
        QVERIFY(find(model, Kind::Remark, QStringLiteral("who handed it in")).isValid());
    }

    void hopsShowDelayAndSkew()
    {
        LetterModel model;
        model.show(letterOf(queued));
        const QModelIndex newest = find(model, Kind::Hop, QStringLiteral("localhost"));
        QVERIFY(newest.data(LetterModel::AlertRole).toBool());
        QVERIFY(textAt(newest, LetterModel::OtherRole).contains(u"6 s"));
        QCOMPARE(newest.data(LetterModel::ShareRole).toDouble(), 0.0);
        std::string later = queued;
        later.replace(later.find("09:44:02"), 8, "09:45:08");
        model.show(letterOf(later));
        const QModelIndex slow = find(model, Kind::Hop, QStringLiteral("localhost"));
        QVERIFY(!slow.data(LetterModel::AlertRole).toBool());
        QCOMPARE(slow.data(LetterModel::ShareRole).toDouble(), 1.0);
        QCOMPARE(textAt(slow, LetterModel::OtherRole), QStringLiteral("1 min"));
    }

    void findingsAreGradedAndLeadToTheirPlace()
    {
        LetterModel model;
        const auto letter = letterOf(queued);
        model.show(letter);
        const QModelIndex hidden = find(model, Kind::Finding, QStringLiteral("cannot be seen"));
        QCOMPARE(hidden.data(LetterModel::GradeRole).toInt(), int(message::Grade::Direct));
        const auto lines = letter->linesOf(hidden.data(LetterModel::OffsetRole).toULongLong());
        QVERIFY(lines && letter->lines[lines->first].text.starts_with("From: "));
        QCOMPARE(find(model, Kind::Finding, QStringLiteral("clock")).data(LetterModel::GradeRole).toInt(),
            int(message::Grade::Correlated));
        QVERIFY(!find(model, Kind::Finding, QStringLiteral("No Date")).isValid());
        for (const message::Anomaly& odd : letter->inspection.anomalies)
            QVERIFY2(items::findingName(odd.id) != QString::fromStdString(odd.id), odd.id.c_str());
        QCOMPARE(items::findingName("new-one"), QStringLiteral("new-one"));
    }

    void linesAndFieldsAreLinked()
    {
        LetterModel model;
        const auto letter = letterOf(queued);
        model.show(letter);
        const auto& second = letter->inspection.received[1];
        const auto lines = letter->linesOf(second.offset);
        QVERIFY(lines);
        QCOMPARE(lines->second - lines->first, std::size_t(2)); // with its two folds
        for (std::size_t line = lines->first; line <= lines->second; ++line)
            QVERIFY(letter->fieldAt(line) == second.offset);
        const QModelIndex hop = model.index(model.rowAt(second.offset));
        QCOMPARE(hop.data(LetterModel::KindRole).toInt(), int(Kind::Hop));
        QVERIFY(!letter->fieldAt(0)); // the envelope
        QVERIFY(!letter->fieldAt(letter->lines.size() - 1));
        QVERIFY(!letter->fieldAt(letter->lines.size() + 5));
        QCOMPARE(model.rowAt(1), -1);
    }

    void hiddenSignsAreShown()
    {
        LetterModel model;
        model.show(letterOf(queued));
        const QString from = textAt(find(model, Kind::Field, QStringLiteral("From")), LetterModel::TextRole);
        QVERIFY(from.contains(QStringLiteral("⟨U+202E⟩")));
        QVERIFY(!from.contains(QChar(0x202e)));
    }

    void envelopeStandsBesideHeader()
    {
        LetterModel model;
        model.show(letterOf(queued));
        const QModelIndex sender = find(model, Kind::Pair, QStringLiteral("Sender"));
        QCOMPARE(textAt(sender, LetterModel::TextRole), QStringLiteral("parcel@courier.example"));
        QVERIFY(!sender.data(LetterModel::AlertRole).toBool());
        std::string other = queued;
        other.replace(other.find("sender: parcel"), 14, "sender: rocket");
        model.show(letterOf(other));
        QVERIFY(find(model, Kind::Pair, QStringLiteral("Sender")).data(LetterModel::AlertRole).toBool());
    }

    void bodyIsTextAndNothingElse()
    {
        const QString body = letterOf(queued)->body;
        QVERIFY(body.contains(u"Pay here <https://bad.test>"));
        QVERIFY(!body.contains(u"<p>") && !body.contains(u"track.test"));
        QVERIFY(body.contains(u"logo.png") && !body.contains(u"iVBOR"));
        QVERIFY(!body.contains(u"MESSAGE FILE END"));
        const auto head = letterOf("Subject: x\nFrom: a@shop.example\n");
        QVERIFY(head->headOnly && head->body.isEmpty());
        QVERIFY(!letterOf("Subject: x\n\nbody\n")->headOnly);
    }

    void muchIsBounded()
    {
        const auto lines = letterOf("Subject: x\n\n" + std::string(100'000, '\n'));
        QVERIFY(lines->cut);
        QCOMPARE(lines->lines.size(), Letter::mostLines);
        QVERIFY(!lines->lineOf(99'000));
        const auto text = letterOf("Subject: x\n\n" + std::string(3'000'000, 'a'));
        QVERIFY(text->body.size() < qsizetype(Letter::mostBody) + 200);
        QVERIFY(text->lines.back().text.size() < Letter::longestLine + 10);
        std::string many;
        for (int i = 0; i < 3000; ++i)
            many += "Received: from a by b; Mon, 23 Nov 2026 09:44:02 +0100\n";
        LetterModel model;
        model.show(letterOf(many));
        QVERIFY(model.rowCount() < 4 * int(LetterModel::mostFields));
        QVERIFY(find(model, Kind::Remark, QStringLiteral("more")).isValid());
    }

    void oddInputIsShownAsItIs_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::newRow("nothing") << std::string();
        QTest::newRow("nul") << std::string("Subject: a\0b\n\nc\0d\n", 18);
        QTest::newRow("no header") << std::string("just words\n");
        QTest::newRow("binary") << std::string("\xff\xfe\x00\x01\x80", 5);
        QTest::newRow("no line end") << std::string("Subject: x");
    }

    void oddInputIsShownAsItIs()
    {
        QFETCH(std::string, bytes);
        LetterModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto letter = letterOf(bytes);
        model.show(letter);
        QVERIFY(model.rowCount() > 3);
        QVERIFY(!letter->body.contains(QChar(0)));
        for (int row = 0; row < model.rowCount(); ++row)
            QVERIFY(!model.index(row).data(LetterModel::TextRole).toString().contains(QChar(0)));
    }

    void filesAreReadOrRefused()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("one.eml")).toStdString();
        std::ofstream(file) << queued;
        const auto read = Letter::read(file, {});
        QVERIFY(read);
        QCOMPARE((*read)->name, QStringLiteral("one.eml"));
        QCOMPARE((*read)->inspection.received.size(), std::size_t(2));
        QCOMPARE(Letter::read(file + ".gone", {}).error().kind, base::FailureKind::NotFound);
        std::ofstream(file, std::ios::trunc) << "";
        QCOMPARE(Letter::read(file, {}).error().kind, base::FailureKind::Empty);
    }
};

QTEST_GUILESS_MAIN(ItemsLetterTest)
#include "tst_items_letter.moc"

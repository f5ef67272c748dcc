// SPDX-License-Identifier: GPL-3.0-or-later
// The journal as a person reads it: commands with their ends, what must be checked, what was so already, and
// whether the chain holds.
#include "models/casefile/casefolder.h"
#include "models/casefile/journal.h"
#include "models/containment/hand.h"
#include "tests/support/fakeserver.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sluicegate;
using namespace sluicegate::casefile;
using base::FailureKind;

class StepsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    static ssh::Command command(const char* script)
    {
        ssh::Command command;
        command.script = script;
        return command;
    }
    QString place(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void commandsAreOneStepWithTheirEnd()
    {
        const auto opened = *CaseFolder::open(place("a.sluice").toStdString());
        const auto ledger = opened->ledger();
        support::FakeServer server;
        server.says("good", "hello\n");
        server.says("bad", "", 3, "no\n");
        server.fails("cut", {FailureKind::ConnectionLost, "here", "gone"});
        containment::Hand hand(server, *ledger, {});
        (void)hand.run(command("good"));
        (void)hand.run(command("bad"));
        (void)opened->record({evidence::systemNow(), "note", "in between"});
        (void)hand.run(command("cut"));
        (void)ledger->note({"command", "never ended"});
        const auto view = *opened->view();
        QVERIFY(!view.brokenAt && !view.tornTail);
        std::vector<JournalStep> commands;
        std::ranges::copy_if(view.steps, std::back_inserter(commands),
            [](const JournalStep& step) { return step.kind == "command"; });
        QCOMPARE(commands.size(), 4u);
        QVERIFY(commands[0].end == StepEnd::Well && commands[0].exitStatus == 0);
        QCOMPARE(commands[0].outputHash,
            std::string("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"));
        QVERIFY(commands[1].end == StepEnd::Badly && commands[1].exitStatus == 3);
        QVERIFY(commands[2].end == StepEnd::MustBeChecked && !commands[2].exitStatus);
        QVERIFY(commands[2].text.contains("connection-lost"));
        QVERIFY(commands[3].end == StepEnd::MustBeChecked);
        QVERIFY(!commands[0].by.empty());
        QVERIFY(std::ranges::none_of(
            view.steps, [](const JournalStep& step) { return step.kind == "command-ended"; }));
        QVERIFY(view.lines > view.steps.size());
    }

    void actionsSayHowTheyEnded_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("ended");
        QTest::addColumn<int>("end");
        const auto row = [](const char* title, const char* text, const char* ended, StepEnd end) {
            QTest::newRow(title) << std::string(text) << std::string(ended) << int(end);
        };
        row("done", "limit-mailbox a@b change:done verify:done", "whole", StepEnd::Well);
        row("once more", "limit-mailbox a@b change:already-so", "whole", StepEnd::AlreadySo);
        row("partly so before", "limit-mailbox a@b change:done verify:already-so", "whole", StepEnd::Well);
        row("failed", "limit-mailbox a@b change:failed", "not whole", StepEnd::Badly);
        row("broken off", "limit-mailbox a@b change:must-be-checked", "not whole", StepEnd::MustBeChecked);
    }

    void actionsSayHowTheyEnded()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, ended);
        QFETCH(int, end);
        JournalLine line {{{}, "action-ended", text}, {}, {}};
        QJsonArray facts; // braces around one array would copy it with clang, and nest it with g++
        facts.append(QJsonArray {QStringLiteral("ended"), QString::fromStdString(ended)});
        line.more[QLatin1String("facts")] = facts;
        const std::vector<JournalLine> lines {line};
        QCOMPARE(int(stepsIn(lines).front().end), end);
    }

    void aChangedLineIsNamed()
    {
        {
            const auto opened = *CaseFolder::open(place("b.sluice").toStdString());
            for (const char* text : {"one", "two", "three"})
                (void)opened->record({evidence::systemNow(), "note", text});
            QVERIFY(!opened->view()->brokenAt);
            QFile journal(place("b.sluice") + QStringLiteral("/journal.ndjson"));
            QVERIFY(journal.open(QIODevice::ReadWrite));
            QByteArray bytes = journal.readAll();
            bytes.replace("\"two\"", "\"owt\"");
            journal.seek(0);
            journal.write(bytes);
            journal.close();
            const auto view = *opened->view(); // read anew: what is on the disk counts
            QVERIFY(view.brokenAt.has_value());
            QVERIFY(
                std::ranges::any_of(view.steps, [](const JournalStep& step) { return step.text == "one"; }));
            QVERIFY(std::ranges::none_of(
                view.steps, [](const JournalStep& step) { return step.text == "three"; }));
        }
    }
};

QTEST_GUILESS_MAIN(StepsTest)
#include "tst_steps.moc"

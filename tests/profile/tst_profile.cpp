// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles of providers: those shipped are whole, the operator's replace them, and a bad file is said and
// left out.
#include "models/profile/profile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using namespace sluicegate::profile;
using base::FailureKind;

class ProfileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

    std::filesystem::path put(const char* name, QByteArray text)
    {
        text.replace('\'', '"');
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("the profile cannot be written");
        return folder() / name;
    }

private Q_SLOTS:
    void cleanup()
    {
        for (const QString& file : QDir(m_folder.path()).entryList(QDir::Files))
            QFile::remove(m_folder.filePath(file));
    }

    void shippedOnesAreWhole()
    {
        const auto all = shipped();
        QCOMPARE(all.size(), 3u);
        for (const Profile& each : all) {
            QVERIFY(!each.name.empty() && each.quiet.count() >= 30);
            QVERIFY(each.portTargets.size() >= 2 && !each.lists.empty());
            for (const int port : {25, 465}) // each by two that do not depend on one another
                QVERIFY(std::ranges::count_if(each.portTargets, [&](const PortTarget& target) {
                    return std::ranges::contains(target.ports, port);
                }) >= 2);
            QVERIFY(each.hints.empty() == (each.id == "generic"));
        }
        QCOMPARE(generic().id, std::string("generic"));
    }

    void theNoticeTellsTheProvider_data()
    {
        QTest::addColumn<std::string>("notice");
        QTest::addColumn<std::string>("id");
        QTest::newRow("ovh") << std::string(
            "... our ANTI-SPAM protection layer has detected that your IP ...")
                             << std::string("ovh");
        QTest::newRow("hetzner") << std::string("Subject: Abuse Message [AbuseID:X:1]: Spam")
                                 << std::string("hetzner");
        QTest::newRow("anybody") << std::string("Port 25 was blocked, says abuse") << std::string("generic");
        QTest::newRow("nothing") << std::string() << std::string("generic");
    }

    void theNoticeTellsTheProvider()
    {
        QFETCH(std::string, notice);
        QFETCH(std::string, id);
        const Choice choice = choose(notice, {}, folder() / "none");
        QCOMPARE(choice.profile.id, id);
        QVERIFY(choice.troubles.empty());
    }

    void theOperatorsReplaceOurs()
    {
        put("ovh.json",
            "{'name':'Ours','hints':['protection "
            "layer'],'unblock':'https://portal.example/x','quietMinutes':720}");
        put("generic.json", "{'name':'House rules'}");
        const Choice choice = choose("the protection layer", {}, folder());
        QCOMPARE(choice.profile.name, std::string("Ours"));
        QCOMPARE(choice.profile.quiet, std::chrono::minutes(720));
        QCOMPARE(choose("Our anti-spam layer", {}, folder()).profile.name, std::string("House rules"));
        const auto named = put("other.txt", "{'name':'Named'}");
        QCOMPARE(choose("the protection layer", named, folder()).profile.name, std::string("Named"));
    }

    void badFilesAreSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<std::string>("said");
        const auto row = [](const char* title, const char* text, const char* said) {
            QTest::newRow(title) << QByteArray(text) << std::string(said); // put() makes double quotes
        };
        row("no JSON", "hello", "illegal value");
        row("a list", "[]", "is not one JSON object");
        row("no name", "{}", "name is missing");
        row("a mistyped member", "{'name':'x','unblok':'https://a.example/'}", "unblok is not known");
        row("a script for a page", "{'name':'x','unblock':'javascript:alert'}",
            "unblock is not the address of a web page");
        row("a file for a page", "{'name':'x','cleanUp':'file:///etc/passwd'}",
            "cleanUp is not the address of a web page");
        row("a target for a shell", "{'name':'x','portTargets':[{'host':'a;reboot.example','ports':[25]}]}",
            "portTargets needs a host and its ports");
        row("a target like an option", "{'name':'x','lists':['-x.example']}", "lists names no host");
        row("port 0", "{'name':'x','portTargets':[{'host':'a.example','ports':[0]}]}",
            "portTargets has a port that is none");
        row("no quiet", "{'name':'x','quietMinutes':0}",
            "quietMinutes is not a number of minutes from 1 to 1440");
        row("hints that are none", "{'name':'x','hints':'y'}", "hints is not a list");
    }

    void badFilesAreSaid()
    {
        QFETCH(QByteArray, text);
        QFETCH(std::string, said);
        const auto file = put("bad.json", text);
        for (const Choice& choice : {choose("x", file, {}), choose("x", {}, folder())}) {
            QCOMPARE(choice.profile, generic());
            QCOMPARE(choice.troubles.size(), 1u);
            QVERIFY(choice.troubles[0].kind == FailureKind::NotUnderstood);
            QCOMPARE(choice.troubles[0].subject, file.string());
            QCOMPARE(choice.troubles[0].detail, said);
        }
    }

    void aMissingFileIsSaid()
    {
        const Choice choice = choose({}, folder() / "gone.json", {});
        QCOMPARE(choice.troubles.at(0).kind, FailureKind::NotFound);
        QCOMPARE(choice.profile, generic());
    }

    void linksAreEncoded()
    {
        QCOMPARE(pageFor("https://a.example/%1", "anna@shop.example"),
            std::string("https://a.example/anna%40shop.example"));
        QCOMPARE(
            pageFor("https://a.example/%1?x", "a/?&#b"), std::string("https://a.example/a%2F%3F%26%23b?x"));
        QCOMPARE(pageFor("https://a.example/", "x"), std::string("https://a.example/"));
    }
};

QTEST_GUILESS_MAIN(ProfileTest)
#include "tst_profile.moc"

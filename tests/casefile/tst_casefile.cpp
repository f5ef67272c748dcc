// SPDX-License-Identifier: GPL-3.0-or-later
// The case folder: what is acknowledged survives kill -9 and a full disk, and what is changed afterwards
// shows.
#include "models/base/bytes.h"
#include "tests/casefile/somecase.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace sluicegate;
using namespace sluicegate::casefile;
using base::FailureKind;

namespace {

void change(const QString& path, const std::function<void(QByteArray&)>& how)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray bytes = file.readAll();
    file.close();
    how(bytes);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
}

} // namespace

class CaseFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_root;
    int m_count = 0;

    std::filesystem::path fresh()
    {
        return m_root.filePath(QStringLiteral("case%1.sluice").arg(++m_count)).toStdString();
    }
    static QString in(const std::filesystem::path& folder, const char* name)
    {
        return QString::fromStdString((folder / name).string());
    }

private Q_SLOTS:
    // A case may come from anybody: opening it must neither wait nor write to where its links lead.
    void linksAndPipesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"case.json", "journal.ndjson", "journal.head", "manifest.json", "lock"})
            QTest::newRow(name) << QByteArray(name);
    }

    void linksAndPipesAreRefused()
    {
        QFETCH(QByteArray, name);
        const auto folder = fresh();
        {
            const auto opened = CaseFolder::open(folder);
            QVERIFY((*opened)->keepBundle(someBundle(**opened)).has_value());
        }
        const auto place = folder / name.toStdString();
        const auto precious = m_root.filePath(QStringLiteral("precious"));
        for (const bool pipe : {true, false}) {
            std::filesystem::remove(place);
            QFile file(precious);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("one line without an end");
            file.close();
            if (pipe)
                QCOMPARE(::mkfifo(place.c_str(), 0600), 0);
            else
                std::filesystem::create_symlink(precious.toStdString(), place);
            if (CaseFolder::isCase(folder))
                if (const auto opened = CaseFolder::open(folder))
                    (void)(*opened)->verify();
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), QByteArray("one line without an end"));
        }
    }

    void evidenceThatIsAPipeIsMissing()
    {
        const auto folder = fresh();
        const auto opened = CaseFolder::open(folder);
        const auto bundle = someBundle(**opened);
        QVERIFY((*opened)->keepBundle(bundle).has_value());
        std::filesystem::remove(bundle.items[0].local);
        QCOMPARE(::mkfifo(bundle.items[0].local.c_str(), 0600), 0);
        QCOMPARE((*opened)->verify()->missing, std::vector<std::string> {bundle.items[0].path});
        QVERIFY(!base::Bytes::map(bundle.items[0].local));
    }

    void comesBackAsItWasKept()
    {
        const auto folder = fresh();
        evidence::Bundle kept;
        {
            const auto opened = CaseFolder::open(folder);
            QVERIFY(opened.has_value());
            QVERIFY(CaseFolder::isCase(folder));
            QCOMPARE((*opened)->bundle().error().kind, FailureKind::Empty);
            QVERIFY(!(*opened)->notice());
            kept = someBundle(**opened);
            QVERIFY((*opened)->keepBundle(kept).has_value());
            QVERIFY((*opened)->keepNotice("From: provider\n\nbytes \xff\n").has_value());
            QVERIFY((*opened)->record({someDay, "connected", "mail.example.test"}).has_value());
        }
        const auto again = CaseFolder::open(folder);
        QVERIFY(again.has_value());
        const auto bundle = (*again)->bundle();
        QVERIFY(bundle.has_value());
        QCOMPARE(bundle->host, kept.host);
        QCOMPARE(bundle->hostKey, kept.hostKey);
        QCOMPARE(bundle->warnings, kept.warnings);
        QVERIFY(bundle->clock.server == kept.clock.server && bundle->clock.here == kept.clock.here);
        QVERIFY(bundle->clock.zone == kept.clock.zone);
        QCOMPARE(bundle->items.size(), kept.items.size());
        for (std::size_t i = 0; i < kept.items.size(); ++i) {
            const auto &one = kept.items[i], &other = bundle->items[i];
            QVERIFY(one.path == other.path && one.command == other.command && one.bytes == other.bytes);
            QVERIFY(one.sha256 == other.sha256 && one.complete == other.complete && one.note == other.note);
            QVERIFY(one.provenance == other.provenance && one.pulled == other.pulled);
            QVERIFY(one.exitStatus == other.exitStatus);
            QVERIFY(one.local == other.local && std::filesystem::exists(other.local));
        }
        QCOMPARE(*(*again)->notice(), std::string("From: provider\n\nbytes \xff\n"));
        QVERIFY((*again)->journal().back() == (JournalEntry {someDay, "connected", "mail.example.test"}));
        const auto verified = (*again)->verify();
        QVERIFY(verified->whole() && !verified->tornTail);
        QCOMPARE(verified->itemsChecked, 4u); // three and the notice
    }

    void aServersNameNeverNamesAFileHere()
    {
        const auto folder = fresh();
        const auto opened = CaseFolder::open(folder);
        stored(**opened, "../../../escaped", "x");
        stored(**opened, "/etc/cron.d/evil\nname", "y");
        QDirIterator all(QString::fromStdString(folder.string()), QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString name = all.nextFileInfo().fileName();
            static const QRegularExpression own(
                QStringLiteral("^([0-9a-f]{64}|lock|case.json|journal.(ndjson|head))$"));
            QVERIFY2(own.match(name).hasMatch(), qPrintable(name));
        }
    }

    void sameBytesAreKeptOnce()
    {
        const auto folder = fresh();
        const auto opened = CaseFolder::open(folder);
        QCOMPARE(stored(**opened, "/a", "same").sha256, stored(**opened, "/b", "same").sha256);
        QCOMPARE(QDir(in(folder, "evidence")).entryList(QDir::Files).size(), 1);
    }

    void aSecondOpenerIsTurnedAway()
    {
        const auto folder = fresh();
        {
            const auto first = CaseFolder::open(folder);
            QCOMPARE(CaseFolder::open(folder).error().kind, FailureKind::CaseBusy);
        }
        QVERIFY(CaseFolder::open(folder).has_value());
    }

    void saysWhatIsNoCase()
    {
        const auto folder = fresh();
        std::filesystem::create_directory(folder);
        QFile other(in(folder, "thesis.tex"));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.close();
        QCOMPARE(CaseFolder::open(folder).error().kind, FailureKind::NotUnderstood);
        QVERIFY(!CaseFolder::isCase(folder));
        QVERIFY(!QFile::exists(in(folder, "lock")));
        QCOMPARE(CaseFolder::open("/dev/null").error().kind, FailureKind::NotUnderstood);
        QCOMPARE(CaseFolder::open("/nowhere/at/all").error().kind, FailureKind::WriteFailed);
        QVERIFY(other.remove());
        QVERIFY(CaseFolder::open(folder).has_value()); // an empty folder may become a case
    }

    void saysWhatIsDamaged()
    {
        const auto folder = fresh();
        CaseFolder::open(folder)->reset();
        change(in(folder, "case.json"), [](QByteArray& bytes) { bytes.replace("case/1", "case/9"); });
        QCOMPARE(CaseFolder::open(folder).error().kind, FailureKind::Unsupported);
        change(in(folder, "case.json"), [](QByteArray& bytes) { bytes = "{ half"; });
        QCOMPARE(CaseFolder::open(folder).error().kind, FailureKind::CaseDamaged);
    }

    void tamperingShows_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("found");
        const auto row = [](const char* name, const char* file, const char* what, const char* found) {
            QTest::newRow(name) << QString::fromLatin1(file) << QString::fromLatin1(what)
                                << QString::fromLatin1(found);
        };
        row("one bit of evidence", "evidence", "flip", "changed /var/log/maillog");
        row("evidence gone", "evidence", "remove", "missing /var/log/maillog");
        row("evidence cut", "evidence", "cut", "changed /var/log/maillog");
        row("manifest edited", "manifest.json", "flip", "changed manifest.json");
        row("manifest gone", "manifest.json", "remove", "missing manifest.json");
        row("journal line edited", "journal.ndjson", "flip", "broken");
        row("journal gone", "journal.ndjson", "remove", "broken");
        row("journal's first line gone", "journal.ndjson", "first", "broken");
        row("journal's last line gone", "journal.ndjson", "last", "broken");
        row("journal's lines swapped", "journal.ndjson", "swap", "broken");
        row("journal's head gone", "journal.head", "remove", "broken");
    }

    void tamperingShows()
    {
        QFETCH(QString, file);
        QFETCH(QString, what);
        QFETCH(QString, found);
        const auto folder = fresh();
        {
            const auto opened = CaseFolder::open(folder);
            const auto bundle = someBundle(**opened);
            QVERIFY((*opened)->keepBundle(bundle).has_value());
            QVERIFY((*opened)->record({someDay, "pulled", "3 items"}).has_value());
            if (file == u"evidence")
                file += u'/' + QString::fromStdString(bundle.items[0].sha256);
        }
        const QString path = in(folder, file.toLatin1().constData());
        if (what == u"remove")
            QVERIFY(QFile::remove(path));
        else
            change(path, [&what](QByteArray& bytes) {
                QByteArrayList lines = bytes.split('\n');
                if (what == u"flip")
                    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
                else if (what == u"cut")
                    bytes.chop(1);
                else if (what == u"first")
                    bytes = bytes.mid(lines[0].size() + 1);
                else if (what == u"last")
                    bytes.chop(lines[lines.size() - 2].size() + 1);
                else if (what == u"swap") {
                    lines.swapItemsAt(1, 2);
                    bytes = lines.join('\n');
                }
            });
        for (int round = 0; round < 2; ++round) { // opening it must not hide anything
            const auto opened = CaseFolder::open(folder);
            QVERIFY(opened.has_value());
            const auto verified = (*opened)->verify();
            QVERIFY(verified.has_value());
            QVERIFY(!verified->whole());
            QStringList all;
            for (const auto& each : verified->changed)
                all << QStringLiteral("changed ") + QString::fromStdString(each);
            for (const auto& each : verified->missing)
                all << QStringLiteral("missing ") + QString::fromStdString(each);
            if (verified->brokenAt)
                all << QStringLiteral("broken");
            QCOMPARE(all.join(u','), found);
            if (verified->brokenAt)
                QCOMPARE((*opened)->record({someDay, "step", ""}).error().kind, FailureKind::CaseDamaged);
        }
    }

    void theCommandLineSaysWhatItFound()
    {
        const auto folder = fresh();
        const auto said = [](const std::filesystem::path& which) {
            QProcess process;
            process.start(qEnvironmentVariable("SLUICEGATE"),
                {QStringLiteral("verify"), QString::fromStdString(which.string())});
            process.waitForFinished();
            return std::pair(process.exitCode(), process.readAllStandardOutput());
        };
        std::string hash;
        {
            const auto opened = CaseFolder::open(folder);
            const auto bundle = someBundle(**opened);
            hash = bundle.items[0].sha256;
            QVERIFY((*opened)->keepBundle(bundle).has_value());
            QCOMPARE(said(folder).first, 3); // busy
        }
        QCOMPARE(said(folder),
            std::pair(0,
                QByteArray("3 files hashed, 4 journal lines checked\neverything is as it was recorded\n")));
        change(QString::fromStdString((folder / "evidence" / hash).string()),
            [](QByteArray& bytes) { bytes[0] = 'L'; });
        QCOMPARE(said(folder).first, 1);
        QVERIFY(said(folder).second.contains("changed: /var/log/maillog\n"));
        QCOMPARE(said("/nowhere/at/all").first, 3);
        const auto other = fresh();
        std::filesystem::create_directory(other);
        QCOMPARE(said(other).first, 3);
        QVERIFY(std::filesystem::is_empty(other)); // looking at a folder makes no case of it
        QCOMPARE(said("--nonsense").first, 2);
    }

    void aJournalFitsItsOwnCaseOnly()
    {
        const auto one = fresh(), other = fresh();
        for (const auto& folder : {one, other})
            QVERIFY((*CaseFolder::open(folder))->record({someDay, "step", "same"}).has_value());
        for (const char* name : {"journal.ndjson", "journal.head"}) {
            QFile::remove(in(one, name));
            QVERIFY(QFile::copy(in(other, name), in(one, name)));
        }
        QVERIFY((*CaseFolder::open(one))->verify()->brokenAt == 1u);
    }

    void aTornTailIsHarmless()
    {
        const auto folder = fresh();
        QVERIFY((*CaseFolder::open(folder))->record({someDay, "step", "one"}).has_value());
        change(in(folder, "journal.ndjson"), [](QByteArray& bytes) { bytes += "{\"at\":\"2026-11-23T0"; });
        {
            const auto opened = CaseFolder::open(folder);
            QVERIFY((*opened)->verify()->tornTail);
            QVERIFY((*opened)->verify()->whole());
            QVERIFY((*opened)->record({someDay, "step", "two"}).has_value());
        }
        const auto again = CaseFolder::open(folder);
        QCOMPARE((*again)->journal().size(), 2u);
        QVERIFY((*again)->verify()->whole() && !(*again)->verify()->tornTail);
    }

    void anUnfinishedPullIsNotLost()
    {
        const auto folder = fresh();
        {
            const auto opened = CaseFolder::open(folder);
            QVERIFY((*opened)->keepBundle(someBundle(**opened)).has_value());
            stored(**opened, "/var/log/maillog", "newer bytes\n");
            auto writer = (*opened)->begin();
            (*writer)->write("half a file");
        }
        const auto again = CaseFolder::open(folder);
        const auto bundle = (*again)->bundle();
        QCOMPARE(bundle->items.size(), 3u);
        QCOMPARE(bundle->find("/var/log/maillog")->bytes, 12u);
        QCOMPARE(bundle->warnings.size(), 3u);
        QVERIFY((*again)->verify()->whole());
        QVERIFY(QDir(in(folder, "evidence")).entryList({QStringLiteral("part-*")}).isEmpty());
    }

    void aManifestThatNeverCameIsHealed()
    {
        const auto folder = fresh();
        QByteArray before;
        {
            const auto opened = CaseFolder::open(folder);
            auto bundle = someBundle(**opened);
            QVERIFY((*opened)->keepBundle(bundle).has_value());
            change(in(folder, "manifest.json"), [&before](QByteArray& bytes) { before = bytes; });
            bundle.host = "other.example.test";
            QVERIFY((*opened)->keepBundle(bundle).has_value());
        }
        // As after a crash between the journal's line and the rename.
        change(in(folder, "manifest.json"), [&before](QByteArray& bytes) { bytes = before; });
        const auto again = CaseFolder::open(folder);
        QVERIFY((*again)->verify()->whole());
        QVERIFY((*again)->record({someDay, "step", ""}).has_value());
        QVERIFY((*again)->verify()->whole());
        QCOMPARE((*again)->bundle()->host, std::string("mail.example.test"));
        QCOMPARE((*again)->bundle()->items.size(), 3u);
    }

    void manifestNamesNoFileOutside()
    {
        const auto folder = fresh();
        {
            const auto opened = CaseFolder::open(folder);
            QVERIFY((*opened)->keepBundle(someBundle(**opened)).has_value());
        }
        change(in(folder, "manifest.json"), [](QByteArray& bytes) {
            const auto at = bytes.indexOf("\"sha256\": \"") + 11;
            bytes.replace(at, 64, "../../../../../../etc/passwd");
        });
        const auto opened = CaseFolder::open(folder);
        QCOMPARE((*opened)->bundle().error().kind, FailureKind::CaseDamaged);
        QCOMPARE((*opened)->verify()->changed, std::vector<std::string> {"manifest.json"});
    }

    void alteredEvidenceIsNoEvidence()
    {
        const auto folder = fresh();
        const auto opened = CaseFolder::open(folder);
        const auto bundle = someBundle(**opened);
        QVERIFY((*opened)->keepBundle(bundle).has_value());
        change(QString::fromStdString(bundle.items[0].local.string()),
            [](QByteArray& bytes) { bytes.replace("one", "two"); });
        std::filesystem::remove(bundle.items[2].local);
        const auto left = (*opened)->bundle();
        QCOMPARE(left->items.size(), 1u);
        QCOMPARE(left->altered, (std::vector<std::string> {"/var/log/maillog", "commands/postqueue-j"}));
        QCOMPARE(left->warnings.size(), bundle.warnings.size() + 2);
    }

    void nothingIsLeftOfACaseWhoseEvidenceWasAltered()
    {
        const auto folder = fresh();
        const auto opened = CaseFolder::open(folder);
        evidence::Bundle bundle;
        bundle.items = {stored(**opened, "/var/log/maillog", "line one\n")};
        QVERIFY((*opened)->keepBundle(bundle).has_value());
        change(
            QString::fromStdString(bundle.items[0].local.string()), [](QByteArray& bytes) { bytes += "x"; });
        QCOMPARE((*opened)->bundle().error().kind, FailureKind::CaseDamaged);
    }

    void whatALaterPullReplacedIsVerifiedStill()
    {
        const auto folder = fresh();
        const auto opened = CaseFolder::open(folder);
        evidence::Bundle bundle;
        bundle.items = {stored(**opened, "/var/log/maillog", "line one\n")};
        const auto first = bundle.items[0].local;
        QVERIFY((*opened)->keepBundle(bundle).has_value());
        QVERIFY((*opened)->keepNotice("the first").has_value());
        bundle.items = {stored(**opened, "/var/log/mail.log", "line two\n")};
        QVERIFY((*opened)->keepBundle(bundle).has_value());
        QVERIFY((*opened)->keepNotice("the second").has_value());
        QVERIFY((*opened)->verify()->whole());
        QCOMPARE((*opened)->verify()->itemsChecked, 4u);
        change(QString::fromStdString(first.string()), [](QByteArray& bytes) { bytes += "x"; });
        QCOMPARE((*opened)->verify()->changed, std::vector<std::string> {"/var/log/maillog"});
        std::filesystem::remove(first);
        QCOMPARE((*opened)->verify()->missing, std::vector<std::string> {"/var/log/maillog"});
    }

    void whatNobodyRecordedIsNamed()
    {
        const auto folder = fresh();
        const auto opened = CaseFolder::open(folder);
        QVERIFY((*opened)->keepBundle(someBundle(**opened)).has_value());
        QFile added(in(folder, "evidence/z.html"));
        QVERIFY(added.open(QIODevice::WriteOnly));
        const auto verified = (*opened)->verify();
        QVERIFY(!verified->whole());
        QCOMPARE(verified->strangers, std::vector<std::string> {"evidence/z.html"});
    }

    void adoptsAFolder()
    {
        const auto folder = fresh();
        evidence::Bundle loose;
        evidence::Item item;
        item.path = "/var/log/maillog";
        item.local = QCoreApplication::applicationFilePath().toStdString();
        loose.items = {item, item};
        loose.items[1].path = "/gone";
        loose.items[1].local = "/nowhere/at/all";
        const auto opened = CaseFolder::open(folder);
        const auto adopted = adopt(loose, **opened);
        QCOMPARE(adopted->items.size(), 1u);
        QCOMPARE(adopted->warnings.size(), 1u);
        QVERIFY((*opened)->keepBundle(*adopted).has_value());
        QVERIFY((*opened)->verify()->whole());
        QCOMPARE((*opened)->keepBundle(loose).error().kind, FailureKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(CaseFileTest)
#include "tst_casefile.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// What actions keep in a case: saved messages under their hash, notes in the chain, all of it verified.
#include "tests/casefile/somecase.h"

#include "models/containment/ledger.h"
#include "models/evidence/sha256.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

using namespace sluicegate;
using namespace sluicegate::casefile;
using base::FailureKind;
using containment::Note;
using containment::Row;

namespace {

Row row(std::string id, std::string sender, std::string sha256 = {})
{
    return {{{std::move(id)}, base::Instant(std::chrono::seconds(1795400000)), 260, std::move(sender)},
        std::move(sha256)};
}

} // namespace

class BackupTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_root;
    int m_count = 0;

    std::filesystem::path fresh()
    {
        return m_root.filePath(QStringLiteral("case%1.sluice").arg(++m_count)).toStdString();
    }

    static std::unique_ptr<CaseFolder> opened(const std::filesystem::path& folder)
    {
        auto opened = CaseFolder::open(folder);
        return opened ? std::move(*opened) : nullptr;
    }

    /// A case with two saved messages in its backup.
    static std::vector<std::string> fill(const std::filesystem::path& folder)
    {
        const auto theCase = opened(folder);
        const auto ledger = theCase->ledger();
        const std::string_view bytes[] = {"first message\n", "second\n"};
        const auto hashes = ledger->keep(bytes);
        (void)ledger->note({std::string(containment::kinds::saved), "2 messages",
            {row("87FE586", "a@b.test", (*hashes)[0]), row("87FE587", "", (*hashes)[1])}});
        return *hashes;
    }

private Q_SLOTS:
    void notesAndBytesComeBack()
    {
        const auto folder = fresh();
        const Note note {"queue-saved", "3 messages",
            {row("87FE586", "caf\xe9@b.test", evidence::sha256("one")), row("3Zabc", "", {})},
            {{"limit", "200"}, {"odd", "\xff\n"}}};
        std::vector<std::string> hashes;
        {
            const auto theCase = opened(folder);
            const auto ledger = theCase->ledger();
            const std::string_view bytes[] = {"one", std::string_view("\0two\xff", 5), "one"};
            hashes = ledger->keep(bytes).value();
            QVERIFY(ledger->note(note).has_value());
            QVERIFY(ledger->note({"command", "postqueue -j"}).has_value());
        }
        const auto theCase = opened(folder);
        const auto ledger = theCase->ledger();
        QCOMPARE(ledger->notes().size(), 1u); // those that carry something
        Note back = ledger->notes()[0];
        QVERIFY(back.at.has_value());
        back.at.reset();
        QVERIFY(back == note);
        QCOMPARE(theCase->journal().size(), 2u);
        QCOMPARE(ledger->kept(hashes[1]).value(), std::string("\0two\xff", 5));
        QCOMPARE(hashes[0], hashes[2]);
        QCOMPARE(ledger->kept("../lock").error().kind, FailureKind::CaseDamaged);
    }

    void verifiesTheBackup()
    {
        const auto folder = fresh();
        const auto hashes = fill(folder);
        QVERIFY(opened(folder)->verify()->whole());
        QCOMPARE(opened(folder)->verify()->itemsChecked, 2u);
        std::ofstream(folder / "backup" / hashes[0], std::ios::app) << "more";
        QCOMPARE(opened(folder)->verify()->changed, std::vector<std::string> {"backup of 87FE586"});
        QCOMPARE(opened(folder)->ledger()->kept(hashes[0]).error().kind, FailureKind::Mismatch);
        std::filesystem::remove(folder / "backup" / hashes[0]);
        QCOMPARE(opened(folder)->verify()->missing, std::vector<std::string> {"backup of 87FE586"});
        std::ofstream(folder / "backup" / "notes.txt") << "?";
        QCOMPARE(opened(folder)->verify()->strangers, std::vector<std::string> {"backup/notes.txt"});
    }

    // Killed between two messages: what was not acknowledged is swept away, the rest stays.
    void sweepsWhatWasHalfWritten()
    {
        const auto folder = fresh();
        fill(folder);
        std::ofstream(folder / "backup" / "part-abcdef") << "half";
        QVERIFY(opened(folder)->verify()->whole());
        QVERIFY(!std::filesystem::exists(folder / "backup" / "part-abcdef"));
    }

    void refusesALinkInPlaceOfTheFolder()
    {
        const auto folder = fresh();
        QVERIFY(opened(folder));
        std::filesystem::create_directory_symlink(m_root.path().toStdString(), folder / "backup");
        const std::string_view bytes[] = {"one"};
        const auto theCase = opened(folder);
        QCOMPARE(theCase->ledger()->keep(bytes).error().kind, FailureKind::WriteFailed);
    }

    void aFullDiskAcknowledgesNothing()
    {
        const auto folder = fresh();
        const auto theCase = opened(folder);
        const auto ledger = theCase->ledger();
        const std::string big(1 << 20, 'x');
        const std::string_view bytes[] = {"small", big};
        rlimit before {};
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit little {1 << 16, before.rlim_max};
        std::signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &little);
        const auto kept = ledger->keep(bytes);
        setrlimit(RLIMIT_FSIZE, &before);
        QCOMPARE(kept.error().kind, FailureKind::WriteFailed);
        QVERIFY(std::filesystem::is_empty(folder / "backup"));
        QVERIFY(ledger->keep(bytes).has_value());
    }
};

QTEST_GUILESS_MAIN(BackupTest)
#include "tst_backup.moc"

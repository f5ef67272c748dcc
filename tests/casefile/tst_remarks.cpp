// SPDX-License-Identifier: GPL-3.0-or-later
// Notes and pins: kept in the journal, told in order of time, the same after a case was closed and opened.
#include "models/casefile/casefolder.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using namespace sluicegate::casefile;
using namespace std::chrono_literals;

namespace {

const base::Instant noon = *base::parseIso("2026-11-23T12:00:00Z");

Remark note(const char* id, base::Instant written, const char* words)
{
    return {.id = id, .written = written, .words = words};
}

Remark pin()
{
    return {.id = "pin",
        .kind = RemarkKind::LogLine,
        .written = noon + 2h,
        .at = noon - 1h,
        .title = "4c0000000000001",
        .target = "4c0000000000001",
        .words = "the first one\nand a second line",
        .lines = {{"/var/log/maillog", 7, "bytes that are \xff no UTF-8"}, {"/var/log/maillog", 9, ""}}};
}

std::vector<std::string> idsIn(const CaseFolder& folder)
{
    std::vector<std::string> ids;
    for (const Remark& remark : folder.remarks())
        ids.push_back(remark.id);
    return ids;
}

} // namespace

class RemarksTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_root;
    std::filesystem::path folder(const char* name) const
    {
        return m_root.filePath(QLatin1String(name)).toStdString();
    }
    using Ids = std::vector<std::string>;

private Q_SLOTS:
    void theyComeBackAsTheyWere()
    {
        const auto path = folder("whole.sluice");
        {
            const auto kept = CaseFolder::open(path);
            QVERIFY(kept && (*kept)->remarks().empty());
            QVERIFY((*kept)->keepRemark(note("note", noon, "called the customer")));
            QVERIFY((*kept)->keepRemark(pin()));
        }
        const auto again = CaseFolder::open(path);
        QVERIFY(again);
        std::vector<Remark> remarks = (*again)->remarks();
        QCOMPARE(remarks.size(), std::size_t(2));
        QVERIFY(!remarks.front().by.empty());
        remarks.front().by.clear();
        QVERIFY(remarks.front() == pin()); // it happened before the note was written
        QCOMPARE(remarks.back().words, std::string("called the customer"));
        QVERIFY((*again)->verify()->whole());
        QCOMPARE((*again)->journal().back().text,
            std::string("log-line: 4c0000000000001: the first one\nand a second line"));
    }

    void theLastWritingCounts()
    {
        const auto kept = CaseFolder::open(folder("edited.sluice"));
        QVERIFY(kept);
        QVERIFY((*kept)->keepRemark(note("one", noon, "first")));
        QVERIFY((*kept)->keepRemark(note("two", noon + 1s, "second")));
        QVERIFY((*kept)->keepRemark(note("one", noon, "first, better said")));
        QCOMPARE(idsIn(**kept), (Ids {"one", "two"}));
        QCOMPARE((*kept)->remarks().front().words, std::string("first, better said"));
    }

    void whatWasTakenAwayMayComeBack()
    {
        const auto kept = CaseFolder::open(folder("undone.sluice"));
        QVERIFY(kept);
        QVERIFY((*kept)->keepRemark(note("one", noon, "first")));
        QVERIFY((*kept)->keepRemark(pin()));
        QVERIFY((*kept)->removeRemark("pin"));
        QVERIFY((*kept)->removeRemark("nobody"));
        QCOMPARE(idsIn(**kept), Ids {"one"});
        QVERIFY((*kept)->keepRemark(pin())); // undone
        QCOMPARE(idsIn(**kept), (Ids {"pin", "one"}));
    }

    void filterIsKeptBeside()
    {
        const auto path = folder("filter.sluice");
        {
            const auto kept = CaseFolder::open(path);
            QVERIFY(kept && (*kept)->filter().empty());
            QVERIFY((*kept)->keepFilter("{}"));
            QVERIFY((*kept)->keepFilter(R"({"terms":[]})"));
        }
        const auto again = CaseFolder::open(path);
        QVERIFY(again);
        QCOMPARE((*again)->filter(), std::string(R"({"terms":[]})"));
        QVERIFY((*again)->verify()->whole());
    }
};

QTEST_GUILESS_MAIN(RemarksTest)
#include "tst_remarks.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// What the case folder has acknowledged survives kill -9 at any instant and a full disk.
#include "tests/casefile/somecase.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace sluicegate;
using namespace sluicegate::casefile;
using base::FailureKind;

namespace {

// The child of the kill test: records and acknowledges on stdout until it is killed.
int recordForEver(const char* folder)
{
    auto opened = CaseFolder::open(folder);
    if (!opened)
        return 1;
    for (int i = int((*opened)->journal().size());; ++i) {
        const auto item = stored(**opened, "/item/" + std::to_string(i), "bytes of " + std::to_string(i));
        if (item.sha256.empty() || !(*opened)->record({someDay, "step", std::to_string(i)}))
            return 1;
        if (i % 7 == 0) {
            evidence::Bundle bundle;
            bundle.items = {item};
            if (!(*opened)->keepBundle(bundle))
                return 1;
        }
        std::printf("%d %s\n", i, item.sha256.c_str());
        std::fflush(stdout);
    }
}

} // namespace

class SurvivalTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_root;
    int m_count = 0;

    std::filesystem::path fresh()
    {
        return m_root.filePath(QStringLiteral("case%1.sluice").arg(++m_count)).toStdString();
    }

private Q_SLOTS:
    void killedAtAnyInstantNothingAcknowledgedIsLost()
    {
        const auto folder = fresh();
        QByteArrayList acknowledged;
        for (int round = 0; round < 20; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--record-for-ever"), QString::fromStdString(folder.string())});
            QVERIFY(child.waitForReadyRead(20'000));
            QTest::qWait(QRandomGenerator::global()->bounded(1, 60));
            ::kill(pid_t(child.processId()), SIGKILL);
            QVERIFY(child.waitForFinished());
            QByteArrayList lines = child.readAllStandardOutput().split('\n');
            lines.removeLast(); // empty, or cut
            acknowledged += lines;
            const auto opened = CaseFolder::open(folder);
            QVERIFY(opened.has_value());
            const auto verified = (*opened)->verify();
            QVERIFY(verified->whole());
            QStringList steps;
            for (const auto& entry : (*opened)->journal())
                if (entry.kind == "step")
                    steps << QString::fromStdString(entry.text);
            for (const QByteArray& line : acknowledged) {
                const auto words = line.split(' ');
                QVERIFY2(steps.contains(QString::fromLatin1(words[0])), words[0].constData());
                QVERIFY(std::filesystem::exists(folder / "evidence" / words[1].toStdString()));
            }
        }
        QVERIFY(acknowledged.size() > 20);
    }

    void aFullDiskLosesNothingAcknowledged()
    {
        const auto folder = fresh();
        std::filesystem::create_directory(folder);
        const bool own = ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=256k") == 0;
        rlimit before {};
        if (!own) {
            ::signal(SIGXFSZ, SIG_IGN);
            ::getrlimit(RLIMIT_FSIZE, &before);
            const rlimit small {64 << 10, before.rlim_max};
            ::setrlimit(RLIMIT_FSIZE, &small);
        }
        {
            const auto opened = CaseFolder::open(folder);
            QVERIFY(opened.has_value());
            const auto bundle = someBundle(**opened);
            QVERIFY((*opened)->keepBundle(bundle).has_value());
            std::size_t kept = (*opened)->journal().size();
            base::Result<void> recorded;
            for (int i = 0; i < 100'000 && recorded; ++i) {
                recorded = (*opened)->record({someDay, "step", std::string(500, 'x')});
                kept += recorded.has_value();
            }
            QCOMPARE(recorded.error().kind, FailureKind::WriteFailed);
            auto writer = (*opened)->begin();
            const bool wrote = writer && (*writer)->write(std::string(300'000, 'y'));
            QVERIFY(!wrote);
            if (writer)
                QCOMPARE((*writer)->finish({}).error().kind, FailureKind::WriteFailed);
            writer = base::fail(FailureKind::Cancelled, {});
            auto bigger = bundle;
            bigger.warnings.assign(4000, "a warning that makes the manifest too large for what is left");
            QCOMPARE((*opened)->keepBundle(bigger).error().kind, FailureKind::WriteFailed);
            QVERIFY((*opened)->journal().size() >= kept);
            QVERIFY((*opened)->verify()->whole());
        }
        {
            const auto again = CaseFolder::open(folder);
            QVERIFY2(again.has_value(), again ? "" : again.error().detail.c_str());
            QCOMPARE((*again)->bundle()->items.size(), 3u);
            QVERIFY((*again)->verify()->whole());
        }
        if (own)
            ::umount(folder.c_str());
        else
            ::setrlimit(RLIMIT_FSIZE, &before);
    }
};

int main(int count, char** words)
{
    if (count == 3 && std::string_view(words[1]) == "--record-for-ever")
        return recordForEver(words[2]);
    QCoreApplication application(count, words);
    SurvivalTest test;
    return QTest::qExec(&test, count, words);
}

#include "tst_survival.moc"

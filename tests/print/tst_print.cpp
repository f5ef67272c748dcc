// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/print/pdf.h"
#include "models/report/report.h"

#include "tests/report/sample.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace sluicegate;
using support::Sample;

namespace {

QString textOf(const QString& pdf)
{
    QProcess tool;
    tool.start(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), pdf, QStringLiteral("-")});
    tool.waitForFinished();
    return QString::fromUtf8(tool.readAllStandardOutput());
}

int pagesOf(const QString& pdf)
{
    return int(textOf(pdf).count(u'\f'));
}

} // namespace

class TestPrint : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void printsTheReport()
    {
        const QString pdf = file("report.pdf");
        const Sample sample = Sample::incident();
        QVERIFY(print::writePdf(
            report::printable(*sample.analysis), report::title(*sample.analysis), pdf.toStdString()));
        const QString text = textOf(pdf);
        for (const char* part : {"anna@shop.example", "Stolen mailbox password", "gone@elsewhere.test",
                 "4F0013A013", "Page 1 of ", "How this was determined"})
            QVERIFY2(text.contains(QString::fromLatin1(part)), part);
        QVERIFY2(pagesOf(pdf) >= 2 && pagesOf(pdf) <= 6, qPrintable(QString::number(pagesOf(pdf))));
    }

    void everyPageHasItsNumber()
    {
        const QString pdf = file("pages.pdf");
        QString html;
        for (int i = 0; i < 150; ++i)
            html += QStringLiteral("<p>Paragraph %1</p>").arg(i);
        QVERIFY(print::writePdf(html, QStringLiteral("Title of all"), pdf.toStdString()));
        const int pages = pagesOf(pdf);
        QVERIFY(pages > 2);
        const QStringList texts = textOf(pdf).split(u'\f');
        for (int page = 0; page < pages; ++page) {
            QVERIFY(texts[page].contains(QStringLiteral("Page %1 of %2").arg(page + 1).arg(pages)));
            QCOMPARE(texts[page].contains(QStringLiteral("Title of all")), page > 0);
        }
        QCOMPARE(textOf(pdf).count(QStringLiteral("Paragraph ")), 150);
    }

    void largeCaseStaysQuick()
    {
        const Sample sample = Sample::large();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(print::writePdf(
            report::printable(*sample.analysis), QStringLiteral("Large"), file("large.pdf").toStdString()));
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(pagesOf(file("large.pdf")) < 25, qPrintable(QString::number(pagesOf(file("large.pdf")))));
    }

    void longLineFitsThePage()
    {
        const QString pdf = file("line.pdf");
        const QString line(5000, u'x');
        QVERIFY(print::writePdf(QStringLiteral("<p>%1</p>").arg(line), {}, pdf.toStdString()));
        QCOMPARE(textOf(pdf).count(u'x'), 5000);
    }

    void readsNoFile()
    {
        QFile picture(file("secret.html"));
        QVERIFY(picture.open(QIODevice::WriteOnly) && picture.write("<p>secret</p>") > 0);
        picture.close();
        const QString pdf = file("closed.pdf");
        const QString html
            = QStringLiteral("<p>open</p><img src=\"file://%1\"><object data=\"file://%1\"></object>")
                  .arg(file("secret.html"));
        QVERIFY(print::writePdf(html, {}, pdf.toStdString()));
        QVERIFY(textOf(pdf).contains(QStringLiteral("open")));
        QVERIFY(!textOf(pdf).contains(QStringLiteral("secret")));
    }

    void unwritablePlaceIsAFailure()
    {
        const auto done
            = print::writePdf(QStringLiteral("<p>x</p>"), {}, file("no/such/folder.pdf").toStdString());
        QVERIFY(!done);
        QCOMPARE(done.error().kind, base::FailureKind::WriteFailed);
        QVERIFY(!done.error().detail.empty());
    }

    // Run as root, renaming a finished PDF over a device would take the device away from everybody.
    void onlyRegularFilesAreReplaced()
    {
        const QString pipe = file("pipe.pdf");
        QCOMPARE(::mkfifo(pipe.toUtf8().constData(), 0600), 0);
        for (const QString& target : {pipe, m_folder.path()}) {
            const auto done = print::writePdf(QStringLiteral("<p>x</p>"), {}, target.toStdString());
            QVERIFY(!done);
            QCOMPARE(done.error().kind, base::FailureKind::WriteFailed);
            QVERIFY(!QFileInfo(target).isFile());
        }
    }

    void fullDiskKeepsTheOldFile()
    {
        QFile old(file("old.pdf"));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
        old.close();
        rlimit before {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit little {.rlim_cur = 2000, .rlim_max = before.rlim_max};
        std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &little), 0);
        const auto done = print::writePdf(QStringLiteral("<p>x</p>"), {}, old.fileName().toStdString());
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, base::FailureKind::WriteFailed);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
    }
};

QTEST_MAIN(TestPrint)
#include "tst_print.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/history.h"
#include "tests/maillog/tojson.h"
#include "tests/support/golden.h"

#include <QTest>

using namespace sluicegate;
using namespace sluicegate::maillog;

namespace {

const QString folder = QStringLiteral(TEST_DATA);

const Options usual {
    .now = *base::parseIso("2026-11-23T12:00:00Z"), .zone = std::chrono::hours(1), .since = {}, .until = {}};

Source source(std::string path, std::string bytes)
{
    return {std::move(path), base::Bytes::own(std::move(bytes))};
}

} // namespace

class MaillogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAsExpected_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = support::goldenNames(folder);
        QVERIFY(!names.isEmpty());
        for (const QString& name : names)
            QTest::newRow(qPrintable(name)) << name;
    }

    void readsAsExpected()
    {
        QFETCH(QString, name);
        const auto history
            = History::read({source("maillog", support::goldenInput(folder, name).toStdString())}, usual);
        QVERIFY(history.has_value());
        QCOMPARE(support::goldenDifference(folder, name, QJsonDocument(toJson(**history))), QString());
    }
};

QTEST_GUILESS_MAIN(MaillogTest)
#include "tst_maillog.moc"

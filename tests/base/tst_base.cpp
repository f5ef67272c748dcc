// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/bytes.h"
#include "models/base/instant.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate::base;

class BaseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsInstants_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("iso");
        QTest::newRow("utc") << QByteArray("2026-11-23T09:44:08Z") << QByteArray("2026-11-23T09:44:08Z");
        QTest::newRow("offset") << QByteArray("2026-11-23T09:44:08+01:00")
                                << QByteArray("2026-11-23T08:44:08Z");
        QTest::newRow("negative offset without colon")
            << QByteArray("2026-11-23T23:44:08-0330") << QByteArray("2026-11-24T03:14:08Z");
        QTest::newRow("fraction") << QByteArray("2026-11-23 09:44:08.5Z")
                                  << QByteArray("2026-11-23T09:44:08.500000Z");
        QTest::newRow("nanoseconds are cut")
            << QByteArray("2026-11-23 09:44:08.123456789Z") << QByteArray("2026-11-23T09:44:08.123456Z");
        QTest::newRow("zone applies")
            << QByteArray("2026-11-23 09:44:08") << QByteArray("2026-11-23T07:44:08Z");
        QTest::newRow("leap second") << QByteArray("2016-12-31T23:59:60Z")
                                     << QByteArray("2017-01-01T00:00:00Z");
        QTest::newRow("leap day") << QByteArray("2028-02-29T00:00:00Z") << QByteArray("2028-02-29T00:00:00Z");
        QTest::newRow("no such day") << QByteArray("2026-02-29T00:00:00Z") << QByteArray();
        QTest::newRow("rubbish behind") << QByteArray("2026-11-23T09:44:08Zebra") << QByteArray();
        QTest::newRow("cut") << QByteArray("2026-11-23T09:4") << QByteArray();
    }

    void readsInstants()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, iso);
        const auto at = parseIso(text.toStdString(), std::chrono::hours(2));
        QCOMPARE(at ? QByteArray::fromStdString(sluicegate::base::iso(*at)) : QByteArray(), iso);
    }

    void mapsFiles()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("x")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("some bytes");
        file.close();
        const auto bytes = Bytes::map(file.fileName().toStdString());
        QVERIFY(bytes.has_value());
        QVERIFY(bytes->view() == "some bytes");
        const auto copy = *bytes;
        QVERIFY(copy.view() == "some bytes");
    }

    void saysWhyAFileCannotBeMapped()
    {
        const QTemporaryDir folder;
        QVERIFY(Bytes::map("/nowhere/at/all").error().kind == FailureKind::NotFound);
        QVERIFY(Bytes::map(folder.path().toStdString()).error().detail == "is a folder");
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "tst_base.moc"

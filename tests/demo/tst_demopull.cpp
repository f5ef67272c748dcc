// SPDX-License-Identifier: GPL-3.0-or-later
// The real client and the real recipes against the demo's server, over a socket pair.
#include "models/casefile/casefolder.h"
#include "models/demo/incident.h"
#include "models/evidence/pull.h"
#include "models/ssh/connection.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;

namespace {

QByteArray contents(const evidence::Item* item)
{
    if (!item)
        return {};
    const auto unpacked = evidence::unpack(item->local);
    return unpacked ? QByteArray(unpacked->bytes.view().data(), qsizetype(unpacked->bytes.view().size()))
                    : QByteArray();
}

} // namespace

class DemoPullTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pullsTheWholeIncident_data()
    {
        QTest::addColumn<QString>("name");
        for (const std::string& name : demo::incidents())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

    void pullsTheWholeIncident()
    {
        QFETCH(QString, name);
        const auto incident = *demo::Incident::load(name.toStdString());
        const auto server = ssh::LoopServer::start(demo::hostOf(incident));
        QVERIFY(server.has_value());
        const auto socket = (*server)->connectedPair();
        QVERIFY(socket.has_value());
        ssh::Asker asker;
        asker.hostKey = [&](const ssh::HostKeyQuestion& question) {
            return question.fingerprint == (*server)->fingerprint() ? ssh::HostKeyAnswer::AcceptOnce
                                                                    : ssh::HostKeyAnswer::Refuse;
        };
        ssh::Target target;
        target.host = "demo";
        target.user = incident->user();
        target.connectedSocket = *socket;
        const auto connection = ssh::connect(target, asker);
        QVERIFY2(connection.has_value(), connection ? "" : connection.error().detail.c_str());
        const QTemporaryDir folder;
        const auto store
            = casefile::CaseFolder::open(folder.filePath(QStringLiteral("demo.sluice")).toStdString());
        QVERIFY(store.has_value());
        const auto bundle = evidence::pull(**connection, {}, **store);
        QVERIFY2(bundle.has_value(),
            bundle ? "" : (bundle.error().subject + ": " + bundle.error().detail).c_str());
        for (const std::string& warning : bundle->warnings)
            qWarning("%s", warning.c_str());
        QVERIFY(bundle->warnings.empty());
        QCOMPARE(bundle->mailLogs().size(), 3u);
        QVERIFY(bundle->webLogs().size() >= 4);
        QVERIFY(bundle->clock.server && bundle->clock.zone);
        QCOMPARE(contents(bundle->find("/var/log/maillog")),
            QByteArray::fromStdString(incident->answer("cat /var/log/maillog", {}).out));
        QCOMPARE(contents(bundle->find("/var/log/maillog.processed.1.gz")),
            QByteArray::fromStdString(incident->answer("zcat /var/log/maillog.processed.1.gz", {}).out));
        QVERIFY(contents(bundle->command("postqueue-j")).startsWith("{\"queue_name\""));
        QVERIFY(!bundle->below("commands/postcat-q/").empty());
        QVERIFY(contents(bundle->command("plesk-sites")).contains("\t/var/www/vhosts/"));
    }
};

QTEST_GUILESS_MAIN(DemoPullTest)
#include "tst_demopull.moc"

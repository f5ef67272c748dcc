// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way: an invented server is pulled over SSH into a case, which opens again without it.
#include "models/casefile/casefolder.h"
#include "models/demo/incident.h"
#include "models/ssh/connection.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;

class PulledCaseTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_root;
    std::unique_ptr<ssh::LoopServer> m_loop;

    std::unique_ptr<ssh::Server> server()
    {
        const auto incident = demo::Incident::load("harbor");
        if (!incident)
            return {};
        auto loop = ssh::LoopServer::start(demo::hostOf(*incident));
        if (!loop)
            return {};
        m_loop = std::move(*loop);
        const auto known = m_root.filePath(QStringLiteral("known_hosts"));
        QFile file(known);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(QByteArray::fromStdString(m_loop->knownHostsLine("demo") + "\n"));
        file.close();
        ssh::Target target;
        target.host = "demo";
        target.user = (*incident)->user();
        target.knownHosts = {known.toStdString()};
        target.connectedSocket = m_loop->connectedPair().value_or(-1);
        auto connected = ssh::connect(target, {});
        if (!connected) {
            qWarning("%s", connected.error().detail.c_str());
            return {};
        }
        return std::move(*connected);
    }

private Q_SLOTS:
    void aPulledCaseOpensWithoutItsServer()
    {
        const auto folder
            = std::filesystem::path(m_root.filePath(QStringLiteral("harbor.sluice")).toStdString());
        base::Result<evidence::Bundle> pulled = base::fail({}, {});
        {
            const auto live = server();
            QVERIFY(live);
            const auto opened = casefile::CaseFolder::open(folder);
            QVERIFY(opened.has_value());
            pulled = evidence::pull(*live, {}, **opened);
            QVERIFY2(pulled.has_value(), pulled ? "" : pulled.error().detail.c_str());
            QVERIFY((*opened)->keepBundle(*pulled).has_value());
        }
        m_loop.reset();
        QVERIFY(std::ranges::all_of(pulled->items, &evidence::Item::complete));
        QVERIFY(pulled->warnings.empty());

        const auto again = casefile::CaseFolder::open(folder);
        QVERIFY((*again)->verify()->whole());
        const auto bundle = (*again)->bundle();
        QVERIFY(bundle.has_value());
        QCOMPARE(bundle->items.size(), pulled->items.size());
        QVERIFY(bundle->hostKey.starts_with("SHA256:"));
        QVERIFY(bundle->clock.server && bundle->clock.zone);
        QVERIFY(bundle->mailLogs().size() >= 2);
        QVERIFY(bundle->webLogs().size() >= 2);
        QVERIFY(!bundle->phpMailLogs().empty());
        QVERIFY(bundle->accounts());
        QVERIFY(bundle->command("postqueue-j")->bytes > 0);
        QVERIFY(!bundle->below("commands/postcat-q/").empty());
        QVERIFY(bundle->command("plesk-sites")->bytes > 0);
        for (const auto* log : bundle->mailLogs())
            QVERIFY(!evidence::unpack(log->local)->damage);
    }
};

QTEST_GUILESS_MAIN(PulledCaseTest)
#include "tst_pulledcase.moc"

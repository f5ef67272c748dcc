// SPDX-License-Identifier: GPL-3.0-or-later
// The client against the loop server: commands, pulls, log-in, host keys, and everything that can go wrong.
#include "models/ssh/connection.h"
#include "models/ssh/loopserver.h"
#include "models/ssh/quote.h"
#include "models/ssh/scripts.h"
#include "tests/ssh/slowline.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#include <zstd.h>

#include <unistd.h>

using namespace sluicegate;
using namespace sluicegate::ssh;
using base::FailureKind;
using namespace std::chrono_literals;

namespace {

std::string pattern(std::size_t size)
{
    std::string text(size, '\0');
    for (std::size_t at = 0; at < size; ++at)
        text[at] = static_cast<char>(at * 31 % 253);
    return text;
}

std::string zstd(const std::string& text)
{
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
    return out;
}

/// Answers to the pull script, by path.
ExecReply pulled(const std::string& path)
{
    const std::string header = "SG1 2049:77 ";
    if (path == "/absent")
        return {.out = {}, .err = "no such file\n", .exitStatus = PullAbsent};
    if (path == "/folder")
        return {.out = {}, .err = {}, .exitStatus = PullNotRegular};
    if (path == "/secret")
        return {.out = {}, .err = {}, .exitStatus = PullUnreadable};
    if (path == "/empty")
        return {.out = header + "0 1795000000 raw\n", .err = {}};
    if (path == "/large")
        return {.out = header + "5000000 1795000000 raw\n" + pattern(5'000'000),
            .err = std::string(3u << 20, 'e')};
    if (path == "/packed")
        return {.out = header + "5000000 1795000000 zstd\n" + zstd(pattern(5'000'000)), .err = {}};
    if (path == "/short")
        return {.out = header + "1000 1795000000 raw\n" + pattern(999), .err = {}};
    if (path == "/long")
        return {.out = header + "1000 1795000000 raw\n" + pattern(1001), .err = {}};
    if (path == "/cut")
        return {.out = header + "1000 1795000000 raw\n" + pattern(10), .err = {}, .exitStatus = PullShrunk};
    if (path == "/drop")
        return {.out = header + "1000 1795000000 raw\n" + pattern(10), .err = {}, .ending = Ending::Drop};
    if (path == "/overflow")
        return {.out = header + "99999999999999999999999 1795000000 raw\n", .err = {}};
    if (path == "/negative")
        return {.out = header + "-5 1795000000 raw\n", .err = {}};
    if (path == "/codec")
        return {.out = header + "5 1795000000 rot13\nabcde", .err = {}};
    if (path == "/noheader")
        return {.out = std::string(100'000, 'x'), .err = {}};
    if (path == "/notzstd")
        return {.out = header + "5 1795000000 zstd\n" + std::string(100, 'x'), .err = {}};
    if (path == "/bomb")
        return {.out = header + "1000 1795000000 zstd\n" + zstd(std::string(64u << 20, '\0')), .err = {}};
    if (path == "/twoframes")
        return {
            .out = header + "20 1795000000 zstd\n" + zstd(std::string(10, 'a')) + zstd(std::string(10, 'a')),
            .err = {}};
    if (path == "/halfframe") {
        const auto whole = zstd(pattern(5000));
        return {.out = header + "5000 1795000000 zstd\n" + whole.substr(0, whole.size() / 2), .err = {}};
    }
    return {.out = {}, .err = "unforeseen", .exitStatus = 9};
}

ExecReply answered(std::string_view command, std::string_view input)
{
    const auto wrapped = unwrap(command);
    if (!wrapped)
        return {.out = {}, .err = "not wrapped", .exitStatus = 126};
    if (wrapped->script == pullScript && wrapped->arguments.at(0) == "/coding")
        return {.out = "SG1 1:1 3 1 raw\n" + wrapped->arguments.at(1), .err = {}};
    if (wrapped->script == pullScript)
        return pulled(wrapped->arguments.at(0));
    if (wrapped->script == uidScript)
        return {.out = "0\n", .err = {}};
    if (wrapped->script == "cat")
        return {.out = std::string(input), .err = {}};
    if (wrapped->script == "echo \"$1\"")
        return {.out = wrapped->arguments.at(0) + "\n", .err = {}};
    if (wrapped->script == "flood")
        return {.out = "end", .err = std::string(8u << 20, 'e'), .exitStatus = 3};
    if (wrapped->script == "drop")
        return {.out = "partly", .err = {}, .ending = Ending::Drop};
    if (wrapped->script == "killed")
        return {.out = "partly", .err = {}, .ending = Ending::Signal};
    if (wrapped->script == "silence")
        return {.out = "partly", .err = {}, .ending = Ending::Silence};
    return {.out = {}, .err = "sh: 1: " + wrapped->script + ": not found\n", .exitStatus = 127};
}

ExecHost host(std::string password)
{
    ExecHost host;
    host.user = "root";
    host.password = std::move(password);
    host.wantsInput = [](std::string_view command) { return command.ends_with("cat'"); };
    host.answer = answered;
    return host;
}

Command script(std::string text, std::chrono::milliseconds timeout = 10s)
{
    return {.script = std::move(text),
        .arguments = {},
        .input = {},
        .privilege = Privilege::Plain,
        .timeout = timeout};
}

/// What a command printed, or which failure it met: a failure is compared and shown, never read through.
std::string printed(const base::Result<Output>& output)
{
    if (output)
        return output->out;
    return std::string(name(output.error().kind)) + ": " + output.error().detail;
}

} // namespace

class ConnectionTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<LoopServer> m_server;
    std::uint16_t m_port = 0;
    int m_asked = 0;

    std::filesystem::path knownHosts(const char* name, const std::string& text = {})
    {
        const auto path = m_folder.filePath(QString::fromLatin1(name));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::fromStdString(text));
        return path.toStdString();
    }

    std::string ownLine() { return m_server->knownHostsLine("[127.0.0.1]:" + std::to_string(m_port)); }

    Target target(const std::filesystem::path& known)
    {
        Target target;
        target.host = "127.0.0.1";
        target.port = m_port;
        target.user = "root";
        target.identities = {m_folder.filePath(QStringLiteral("no-such-key")).toStdString()};
        target.knownHosts = {known};
        target.timeout = 5s;
        return target;
    }

    Asker asker(std::string password)
    {
        Asker asker;
        m_asked = 0;
        asker.password = [this, password](const std::string&) -> std::optional<std::string> {
            ++m_asked;
            return password;
        };
        return asker;
    }

    std::unique_ptr<Server> connected()
    {
        auto server = ssh::connect(target(knownHosts("good", ownLine() + "\n")), asker("right"));
        if (!server)
            qWarning("%s: %s", base::name(server.error().kind).data(), server.error().detail.c_str());
        return server ? std::move(*server) : nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = LoopServer::start(host("right")).value();
        m_port = m_server->listen(0).value();
    }

    void runsCommands()
    {
        const auto server = connected();
        QVERIFY(server);
        QCOMPARE(server->identity().keyType, std::string("ssh-ed25519"));
        QCOMPARE(server->identity().fingerprint, m_server->fingerprint());
        QCOMPARE(server->identity().user, std::string("root"));
        const auto missing = server->run(script("nothing"));
        QCOMPARE(missing->exitStatus, 127);
        QVERIFY(missing->err.contains("not found"));
        auto echo = script("echo \"$1\"");
        echo.arguments = {"it's $(here)\n\n"};
        QCOMPARE(printed(server->run(echo)), std::string("it's $(here)\n\n\n"));
        echo.privilege = Privilege::Root;
        QCOMPARE(printed(server->run(echo)), std::string("it's $(here)\n\n\n"));
        const auto killed = server->run(script("killed"));
        QVERIFY2(killed.has_value(), printed(killed).c_str());
        QCOMPARE(killed->signal, std::string("KILL"));
        QCOMPARE(killed->out, std::string("partly"));
    }

    void carriesMegabytesBothWays()
    {
        const auto server = connected();
        auto cat = script("cat");
        cat.input = pattern(1u << 20);
        const auto output = server->run(cat);
        QVERIFY(output->out == cat.input);
        const auto flood = server->run(script("flood"));
        QCOMPARE(flood->err.size(), std::size_t(8u << 20));
        QCOMPARE(flood->out, std::string("end"));
        QCOMPARE(flood->exitStatus, 3);
    }

    void worksOverASocketPair()
    {
        auto open = LoopServer::start(host({})).value();
        Target pair;
        pair.host = "demo";
        pair.user = "root";
        pair.knownHosts = {knownHosts("demo", open->knownHostsLine("demo") + "\n")};
        pair.connectedSocket = open->connectedPair().value();
        const auto server = ssh::connect(pair, {});
        QVERIFY(server.has_value());
        QCOMPARE(printed((*server)->run(script("killed"))), std::string("partly"));
    }

    void refusesNulInCommands()
    {
        auto echo = script("echo \"$1\"");
        echo.arguments = {std::string("a\0b", 3)};
        QCOMPARE(connected()->run(echo).error().kind, FailureKind::Usage);
    }

    void timesOutAndStaysUsable()
    {
        const auto server = connected();
        QCOMPARE(server->run(script("silence", 300ms)).error().kind, FailureKind::Timeout);
        QCOMPARE(server->run(script("flood"))->exitStatus, 3);
    }

    void cancelsWithinATenthOfASecond()
    {
        const auto server = connected();
        for (int round = 0; round < 5; ++round) {
            std::stop_source source;
            QElapsedTimer timer;
            std::jthread canceller([&] {
                std::this_thread::sleep_for(200ms);
                timer.start();
                source.request_stop();
            });
            const auto output = server->run(script("silence"), source.get_token());
            const auto took = timer.nsecsElapsed() / 1'000'000.0;
            QCOMPARE(output.error().kind, FailureKind::Cancelled);
            QVERIFY2(took < 100, qPrintable(QString::number(took)));
            if (round == 0)
                qInfo("cancelled after %.1f ms", took);
        }
        QCOMPARE(printed(server->run(script("killed"))), std::string("partly"));
        std::stop_source already;
        already.request_stop();
        QCOMPARE(server->run(script("killed"), already.get_token()).error().kind, FailureKind::Cancelled);
    }

    void saysWhenTheConnectionIsLost()
    {
        const auto server = connected();
        QCOMPARE(server->run(script("drop")).error().kind, FailureKind::ConnectionLost);
        QCOMPARE(server->run(script("cat")).error().kind, FailureKind::ConnectionLost);
        QCOMPARE(server->pull("/large", Privilege::Plain, [](auto) { return true; }).error().kind,
            FailureKind::ConnectionLost);
    }

    void asksForAPasswordAndNeverTwiceForTheSame()
    {
        const auto known = knownHosts("good", ownLine() + "\n");
        QVERIFY(ssh::connect(target(known), asker("right")).has_value());
        QCOMPARE(m_asked, 1);
        const auto wrong = ssh::connect(target(known), asker("wrong"));
        QCOMPARE(wrong.error().kind, FailureKind::AuthenticationRefused);
        QVERIFY(!wrong.error().detail.contains("wrong"));
        QCOMPARE(m_asked, 2); // the second answer was the same and was not sent
        Asker leaving;
        leaving.password = [](const std::string&) { return std::nullopt; };
        QCOMPARE(ssh::connect(target(known), leaving).error().kind, FailureKind::Cancelled);
        const auto nobody = ssh::connect(target(known), {}).error();
        QCOMPARE(nobody.kind, FailureKind::AuthenticationRefused);
        QVERIFY(nobody.detail.contains("password"));
    }

    void letsCorrectAMistypedPassword()
    {
        Asker asker;
        int count = 0;
        asker.password = [&](const std::string&) -> std::optional<std::string> {
            return ++count < 3 ? "wrong" + std::to_string(count) : "right";
        };
        QVERIFY(ssh::connect(target(knownHosts("good", ownLine() + "\n")), asker).has_value());
        count = -10;
        QCOMPARE(ssh::connect(target(knownHosts("good", ownLine() + "\n")), asker).error().kind,
            FailureKind::AuthenticationRefused);
        QCOMPARE(count, -7);
    }

    void asksAboutAnUnknownKey()
    {
        auto asking = asker("right");
        HostKeyQuestion question;
        auto answer = HostKeyAnswer::Refuse;
        asking.hostKey = [&](const HostKeyQuestion& asked) {
            question = asked;
            return answer;
        };
        const auto known = knownHosts("fresh", "other.example ssh-ed25519 AAAA"); // no line end
        const auto refused = ssh::connect(target(known), asking).error();
        QCOMPARE(refused.kind, FailureKind::HostKeyUnknown);
        QVERIFY(refused.detail.contains(m_server->fingerprint()));
        QCOMPARE(question.fingerprint, m_server->fingerprint());
        QCOMPARE(question.host, "[127.0.0.1]:" + std::to_string(m_port));
        answer = HostKeyAnswer::AcceptOnce;
        QVERIFY(ssh::connect(target(known), asking).has_value());
        question = {};
        answer = HostKeyAnswer::AcceptAndSave;
        QVERIFY(ssh::connect(target(known), asking).has_value());
        QVERIFY(!question.fingerprint.empty()); // "once" was not kept
        question = {};
        QVERIFY(ssh::connect(target(known), asking).has_value());
        QVERIFY(question.fingerprint.empty()); // "save" was
        QFile file(QString::fromStdString(known.string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), "other.example ssh-ed25519 AAAA\n" + ownLine() + "\n");
    }

    void acceptsANewKeyWhenToldSo()
    {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / "deeper" / "known_hosts";
        auto accepting = target(path);
        QCOMPARE(ssh::connect(accepting, asker("right")).error().kind, FailureKind::HostKeyUnknown);
        accepting.acceptNew = AcceptNew::Yes;
        QVERIFY(ssh::connect(accepting, asker("right")).has_value());
        accepting.acceptNew = AcceptNew::No;
        QVERIFY(ssh::connect(accepting, asker("right")).has_value());
        QCOMPARE(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }

    void refusesAChangedOrRevokedKey()
    {
        const auto other = LoopServer::start(host("right")).value();
        const auto name = "[127.0.0.1]:" + std::to_string(m_port);
        auto changed = target(knownHosts("changed", "# first\n" + other->knownHostsLine(name) + "\n"));
        changed.acceptNew = AcceptNew::Yes;
        auto asking = asker("right");
        asking.hostKey = [](const HostKeyQuestion&) { return HostKeyAnswer::AcceptAndSave; };
        const auto refused = ssh::connect(changed, asking).error();
        QCOMPARE(refused.kind, FailureKind::HostKeyChanged);
        QVERIFY(refused.detail.contains(m_server->fingerprint()));
        QVERIFY(refused.detail.contains(other->fingerprint()));
        QVERIFY(refused.detail.contains("changed:2"));
        auto revoked = target(knownHosts("revoked", ownLine() + "\n@revoked " + ownLine() + "\n"));
        QCOMPARE(ssh::connect(revoked, asking).error().kind, FailureKind::HostKeyRevoked);
        QCOMPARE(m_asked, 0); // no password went to either
    }

    void pullsFiles()
    {
        const auto server = connected();
        for (const char* path : {"/large", "/packed"}) {
            std::string bytes;
            PullProgress last;
            const auto stat = server->pull(
                path, Privilege::Root,
                [&](std::string_view part) {
                    bytes += part;
                    return true;
                },
                [&](const PullProgress& progress) { last = progress; });
            QVERIFY2(stat.has_value(), path);
            QVERIFY(bytes == pattern(5'000'000));
            QCOMPARE(
                *stat, (FileStat {.device = 2049, .inode = 77, .size = 5'000'000, .modified = 1795000000}));
            QCOMPARE(last.received, std::uint64_t(5'000'000));
            QCOMPARE(last.expected, std::uint64_t(5'000'000));
            QVERIFY(last.wire > 0 && last.wire <= 5'000'000);
        }
        QCOMPARE(server->pull("/empty", Privilege::Plain, [](auto) { return true; })->size, std::uint64_t(0));
    }

    void compressesOnlyOverALine()
    {
        std::string coding;
        const Sink sink = [&](std::string_view part) {
            coding = part;
            return true;
        };
        const SlowLine line(m_port);
        auto far = target(knownHosts("far"));
        far.port = line.port;
        far.acceptNew = AcceptNew::Yes;
        const auto server = ssh::connect(far, asker("right"));
        QVERIFY(server.has_value());
        QVERIFY((*server)->pull("/coding", Privilege::Plain, sink).has_value());
        QCOMPARE(coding, std::string("any"));
        auto near = connected();
        for (int at = 0; at < 20; ++at) // a busy machine is slow at times, never always
            QVERIFY(near->run(script("killed")).has_value());
        QVERIFY(near->pull("/coding", Privilege::Plain, sink).has_value());
        QCOMPARE(coding, std::string("raw"));
    }

    void typesWhatCanGoWrongInAPull_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<FailureKind>("kind");
        const std::pair<const char*, FailureKind> rows[]
            = {{"/absent", FailureKind::NotFound}, {"/folder", FailureKind::Unreadable},
                {"/secret", FailureKind::Unreadable}, {"/short", FailureKind::Truncated},
                {"/long", FailureKind::Hostile}, {"/cut", FailureKind::Rotated},
                {"/drop", FailureKind::ConnectionLost}, {"/overflow", FailureKind::Hostile},
                {"/negative", FailureKind::Hostile}, {"/codec", FailureKind::Hostile},
                {"/noheader", FailureKind::Hostile}, {"/notzstd", FailureKind::Hostile},
                {"/bomb", FailureKind::Hostile}, {"/twoframes", FailureKind::Hostile},
                {"/halfframe", FailureKind::Truncated}, {"/unforeseen", FailureKind::CommandFailed}};
        for (const auto& [path, kind] : rows)
            QTest::newRow(path) << QByteArray(path) << kind;
    }

    void typesWhatCanGoWrongInAPull()
    {
        QFETCH(QByteArray, path);
        QFETCH(FailureKind, kind);
        const auto server = connected();
        std::size_t kept = 0;
        const auto stat = server->pull(path.toStdString(), Privilege::Plain, [&](std::string_view part) {
            kept += part.size();
            return true;
        });
        QVERIFY(!stat.has_value());
        QCOMPARE(stat.error().kind, kind);
        QVERIFY(kept <= 5000);
        if (kind != FailureKind::ConnectionLost)
            QCOMPARE(printed(server->run(script("killed"))), std::string("partly"));
    }

    void stopsWhenTheBytesCannotBeKept()
    {
        const auto server = connected();
        QCOMPARE(server->pull("/large", Privilege::Plain, [](auto) { return false; }).error().kind,
            FailureKind::WriteFailed);
        QCOMPARE(printed(server->run(script("killed"))), std::string("partly"));
    }

    void endsQuicklyAfterTheServerIsGone()
    {
        auto doomed = LoopServer::start(host("right")).value();
        const auto port = doomed->listen(0).value();
        auto there = target(knownHosts("doomed", {}));
        there.port = port;
        there.acceptNew = AcceptNew::Yes;
        auto server = ssh::connect(there, asker("right"));
        QVERIFY(server.has_value());
        doomed.reset();
        QElapsedTimer timer;
        timer.start();
        QCOMPARE((*server)->run(script("killed")).error().kind, FailureKind::ConnectionLost);
        server->reset();
        QVERIFY(timer.elapsed() < 500);
    }
};

QTEST_GUILESS_MAIN(ConnectionTest)
#include "tst_connection.moc"

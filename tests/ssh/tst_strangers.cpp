// SPDX-License-Identifier: GPL-3.0-or-later
// What answers on a port need not be an SSH server, nor answer at all: always a typed failure, always in
// time.
#include "models/ssh/connection.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace sluicegate;
using base::FailureKind;
using namespace std::chrono_literals;

namespace {

/// Accepts connections one after another and lets a function talk, until destroyed.
class Stranger {
public:
    explicit Stranger(std::function<void(int peer, const std::stop_token&)> talk)
        : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(m_listener, 4);
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        m_thread = std::jthread([this, talk](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                pollfd wait {m_listener, POLLIN, 0};
                if (::poll(&wait, 1, 20) <= 0)
                    continue;
                const int peer = ::accept(m_listener, nullptr, nullptr);
                talk(peer, stop);
                ::close(peer);
            }
        });
    }
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;
    ~Stranger()
    {
        m_thread.request_stop();
        m_thread.join();
        ::close(m_listener);
    }

    std::uint16_t port = 0;

private:
    int m_listener;
    std::jthread m_thread;
};

void say(int peer, std::string_view text)
{
    ::send(peer, text.data(), text.size(), MSG_NOSIGNAL);
}

void hear(int peer, std::string& text)
{
    char bytes[512];
    if (const auto size = ::recv(peer, bytes, sizeof bytes, 0); size > 0)
        text.assign(bytes, static_cast<std::size_t>(size));
}

void stay(int peer, const std::stop_token& stop)
{
    for (pollfd wait {peer, POLLIN, 0}; !stop.stop_requested();) {
        char bytes[512];
        if (::poll(&wait, 1, 20) > 0 && ::recv(peer, bytes, sizeof bytes, 0) <= 0)
            return;
    }
}

ssh::Target target(std::uint16_t port, std::chrono::milliseconds timeout = 3s)
{
    ssh::Target target;
    target.host = "127.0.0.1";
    target.port = port;
    target.user = "root";
    target.knownHosts = {"/nowhere/known_hosts"};
    target.timeout = timeout;
    return target;
}

} // namespace

class StrangersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areNamed_data()
    {
        QTest::addColumn<std::string>("first");
        QTest::addColumn<std::string>("reply");
        QTest::addColumn<FailureKind>("kind");
        using enum FailureKind;
        const auto row = [](const char* name, const char* first, const std::string& reply, FailureKind kind) {
            QTest::newRow(name) << std::string(first) << reply << kind;
        };
        row("closes at once", "", "", ConnectionLost);
        row("mail server", "220 mail.example ESMTP\r\n", "", NotSsh);
        row("web server that speaks first", "HTTP/1.0 408 Request Time-out\r\n\r\n", "", NotSsh);
        row("web server", "", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", NotSsh);
        row("garbage", "", std::string(4000, '\xee'), NotSsh);
        row("closes after the greeting", "SSH-2.0-Nothing\r\n", "", ConnectionLost);
        row("SSH of the last century", "SSH-1.5-Old\r\n", "", Unsupported);
    }

    void areNamed()
    {
        QFETCH(std::string, first);
        QFETCH(std::string, reply);
        QFETCH(FailureKind, kind);
        const Stranger stranger([&](int peer, const std::stop_token&) {
            say(peer, first);
            if (reply.empty() && first.empty())
                return;
            std::string greeting;
            hear(peer, greeting);
            say(peer, reply);
        });
        QElapsedTimer timer;
        timer.start();
        const auto failure = ssh::connect(target(stranger.port), {}).error();
        QVERIFY2(
            failure.kind == kind, (std::string(base::name(failure.kind)) + ": " + failure.detail).c_str());
        QVERIFY(timer.elapsed() < 3500);
        QCOMPARE(failure.subject, "127.0.0.1:" + std::to_string(stranger.port));
    }

    void timesOutOnSilence()
    {
        const Stranger stranger([](int peer, const std::stop_token& stop) { stay(peer, stop); });
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(ssh::connect(target(stranger.port, 600ms), {}).error().kind, FailureKind::Timeout);
        QVERIFY(timer.elapsed() < 2000);
    }

    void endsAnEndlessBanner()
    {
        const Stranger stranger([](int peer, const std::stop_token& stop) {
            const std::string line = std::string(100, 'b') + "\r\n";
            while (!stop.stop_requested() && ::send(peer, line.data(), line.size(), MSG_NOSIGNAL) > 0)
                std::this_thread::sleep_for(1ms);
        });
        QElapsedTimer timer;
        timer.start();
        const auto kind = ssh::connect(target(stranger.port, 1s), {}).error().kind;
        QVERIFY(kind == FailureKind::NotSsh || kind == FailureKind::Timeout);
        QVERIFY(timer.elapsed() < 3000);
    }

    void timesOutBehindTheGreeting()
    {
        const Stranger stranger([](int peer, const std::stop_token& stop) {
            say(peer, "SSH-2.0-Mute\r\n");
            stay(peer, stop);
        });
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(ssh::connect(target(stranger.port, 600ms), {}).error().kind, FailureKind::Timeout);
        QVERIFY(timer.elapsed() < 2000);
    }

    void isCancelledWhileItWaits_data()
    {
        QTest::addColumn<std::string>("greeting");
        QTest::newRow("for the greeting") << std::string();
        QTest::newRow("for the key exchange") << std::string("SSH-2.0-Mute\r\n");
    }

    void isCancelledWhileItWaits()
    {
        QFETCH(std::string, greeting);
        const Stranger stranger([&](int peer, const std::stop_token& stop) {
            say(peer, greeting);
            stay(peer, stop);
        });
        std::stop_source source;
        QElapsedTimer timer;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(200ms);
            timer.start();
            source.request_stop();
        });
        const auto failure = ssh::connect(target(stranger.port, 20s), {}, source.get_token()).error();
        QCOMPARE(failure.kind, FailureKind::Cancelled);
        QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    }

    void saysWhenNobodyListens()
    {
        std::uint16_t port = 0;
        {
            const Stranger gone([](int, const std::stop_token&) { });
            port = gone.port;
        }
        const auto failure = ssh::connect(target(port), {}).error();
        QCOMPARE(failure.kind, FailureKind::Unreachable);
        QVERIFY(failure.detail.contains("refused"));
    }

    void saysWhenANameHasNoAddress()
    {
        auto nowhere = target(22);
        nowhere.host = "no-such-host.invalid";
        QCOMPARE(ssh::connect(nowhere, {}).error().kind, FailureKind::NameNotResolved);
        nowhere.host = std::string("bad name\n;touch x");
        QCOMPARE(ssh::connect(nowhere, {}).error().kind, FailureKind::NameNotResolved);
    }

    // 192.0.2.0/24 leads nowhere: packets are dropped or refused, but the wait is bounded.
    void boundsTheWaitForAnAddressThatIsNotThere()
    {
        auto nowhere = target(22, 500ms);
        nowhere.host = "192.0.2.254";
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(ssh::connect(nowhere, {}).error().kind, FailureKind::Unreachable);
        QVERIFY(timer.elapsed() < 1500);
    }
};

QTEST_GUILESS_MAIN(StrangersTest)
#include "tst_strangers.moc"

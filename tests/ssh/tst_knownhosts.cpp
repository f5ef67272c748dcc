// SPDX-License-Identifier: GPL-3.0-or-later
// The reader of known_hosts: the traps one by one, and random files against OpenSSH's own judgement.
#include "models/ssh/knownhosts.h"
#include "models/ssh/loopserver.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using namespace sluicegate::ssh;

namespace {

std::string field(const std::string& text)
{
    std::string size(4, '\0');
    size[3] = static_cast<char>(text.size());
    return size + text;
}

// Keys are only compared, so any 32 bytes will do.
PublicKey key(char seed, const std::string& type = "ssh-ed25519")
{
    return publicKey(field(type) + field(std::string(32, seed))).value();
}

std::string entry(const std::string& names, const PublicKey& with)
{
    return knownHostsLine(names, with);
}

std::string hashed(const std::string& name, const QByteArray& salt = "12345678901234567890")
{
    const auto hash
        = QMessageAuthenticationCode::hash(QByteArray::fromStdString(name), salt, QCryptographicHash::Sha1);
    return "|1|" + salt.toBase64().toStdString() + '|' + hash.toBase64().toStdString();
}

const auto presented = key('a');
const auto another = key('b');
const auto third = key('c');
const auto otherType = key('a', "ssh-rsa");

} // namespace

class KnownHostsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path file(const std::string& text, const char* name = "known_hosts")
    {
        const auto path = m_folder.filePath(QString::fromLatin1(name));
        QFile out(path);
        if (out.open(QIODevice::WriteOnly))
            out.write(QByteArray::fromStdString(text));
        return path.toStdString();
    }

    static QByteArray read(const std::filesystem::path& path)
    {
        QFile in(QString::fromStdString(path.string()));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

private Q_SLOTS:
    void judges_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<int>("port");
        QTest::addColumn<HostKeyState>("state");
        QTest::addColumn<int>("line");
        using enum HostKeyState;
        const auto row = [](const char* name, const std::string& text, HostKeyState state, int line = 0,
                             int port = 22) { QTest::newRow(name) << text << port << state << line; };
        const auto good = entry("mail.example", presented);
        const auto bad = entry("mail.example", another);
        row("nothing on file", "", Unknown);
        row("the key itself", good + "\n", Trusted, 1);
        row("no line end", good, Trusted, 1);
        row("carriage return", good + "\r\n", Trusted, 1);
        row("with a comment", good + " admin@desk\n", Trusted, 1);
        row("other host", entry("other.example", presented) + "\n", Unknown);
        row("capitals on file", entry("Mail.EXAMPLE", presented) + "\n", Trusted, 1);
        row("changed", bad + "\n", Changed, 1);
        row("changed behind comments", "# x\n\n" + bad + "\n", Changed, 3);
        row("one of two keys is right", bad + "\n" + good + "\n", Trusted, 2);
        row("only another type", entry("mail.example", otherType) + "\n", Unknown, 1);
        row("hashed", entry(hashed("mail.example"), presented) + "\n", Trusted, 1);
        row("hashed and changed", entry(hashed("mail.example"), another) + "\n", Changed, 1);
        row("hashed other name", entry(hashed("other.example"), another) + "\n", Unknown);
        row("broken hash", "|1|AAAA " + good + "\n" + good, Trusted, 2);
        row("star", entry("*.example", presented) + "\n", Trusted, 1);
        row("star that is too short", entry("*.ample", presented) + "\n", Unknown);
        row("question mark", entry("m?il.example", presented) + "\n", Trusted, 1);
        row("negated", entry("*,!mail.example", presented) + "\n", Unknown);
        row("negated first", entry("!mail.example,*", another) + "\n", Unknown);
        row("negation of others", entry("*,!other.example", presented) + "\n", Trusted, 1);
        row("only a negation", entry("!other.example", presented) + "\n", Unknown);
        row("in a list", entry("a.example,mail.example,192.0.2.4", presented) + "\n", Trusted, 1);
        row("revoked", "@revoked " + good + "\n", Revoked, 1);
        row("revoked behind trusted", good + "\n@revoked * " + good.substr(13) + "\n", Revoked, 2);
        row("another one revoked", "@revoked " + bad + "\n" + good + "\n", Trusted, 2);
        row("only another one revoked", "@revoked " + bad + "\n", Unknown);
        row("an authority is no host key", "@cert-authority " + good + "\n", Unknown);
        row("unknown mark", "@strange " + good + "\n", Unknown);
        row("unreadable line first", "mail.example ssh-ed25519 ???\n" + good + "\n", Trusted, 2);
        row("unreadable line hides no change", "mail.example ssh-dss AAAAB3NzaC1kc3M=\n" + bad + "\n",
            Changed, 2);
        row("type and key disagree", "mail.example ssh-rsa " + good.substr(25) + "\n", Unknown);
        row("only a name", "mail.example\n" + good + "\n", Trusted, 2);
        row("rubbish bytes", std::string("\0\xff\xfe\x01 \t\n", 7) + good, Trusted, 2);
        row("port on file", entry("[mail.example]:2222", presented) + "\n", Trusted, 1, 2222);
        row("other port", entry("[mail.example]:2222", presented) + "\n", Unknown, 0, 2223);
        row("port on file, asked without", entry("[mail.example]:2222", another) + "\n", Unknown);
        row("no port on file", good + "\n", Trusted, 1, 2222);
        row("no port on file, another key", bad + "\n", Unknown, 0, 2222);
        row("hashed port", entry(hashed("[mail.example]:2222"), another) + "\n", Changed, 1, 2222);
        row("revoked without a port", "@revoked " + good + "\n", Revoked, 1, 2222);
    }

    void judges()
    {
        QFETCH(std::string, text);
        QFETCH(int, port);
        QFETCH(HostKeyState, state);
        QFETCH(int, line);
        const auto path = file(text);
        const auto found
            = findHostKey({"/nowhere", path}, "Mail.Example", static_cast<std::uint16_t>(port), presented);
        QCOMPARE(found.state, state);
        QCOMPARE(found.entry, line > 0 ? path.string() + ':' + std::to_string(line) : std::string());
        QCOMPARE(found.recorded.empty(), line == 0);
    }

    void readsAllFiles()
    {
        const auto first = file("", "first");
        const auto second = file(entry("mail.example", another), "second");
        const auto third_ = file("@revoked * " + entry("", presented).substr(1), "third");
        QCOMPARE(findHostKey({first, second}, "mail.example", 22, presented).state, HostKeyState::Changed);
        QCOMPARE(
            findHostKey({first, second, third_}, "mail.example", 22, presented).state, HostKeyState::Revoked);
    }

    void survivesAHostileWildcard()
    {
        std::string stars;
        for (int at = 0; at < 5000; ++at)
            stars += "*a";
        const auto path = file(entry(stars + "b", presented));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(findHostKey({path}, std::string(250, 'a'), 22, presented).state, HostKeyState::Unknown);
        QVERIFY(timer.elapsed() < 500);
    }

    void namesTheRecordedTypes()
    {
        const auto path
            = file(entry("mail.example", otherType) + "\n@revoked " + entry("mail.example", another) + "\n"
                + entry("*.example", presented) + "\n" + entry("mail.example", third) + "\n");
        QCOMPARE(recordedKeyTypes({path}, "mail.example", 22),
            (std::vector<std::string> {"ssh-rsa", "ssh-ed25519"}));
        QVERIFY(recordedKeyTypes({path}, "mail.test", 22).empty());
    }

    void savesOnALineOfItsOwn()
    {
        const auto path = file("other.example x y");
        QVERIFY(saveHostKey(path, "Mail.example", 2222, presented).has_value());
        QVERIFY(saveHostKey(path, "mail.example", 22, another).has_value());
        QCOMPARE(read(path).toStdString(),
            "other.example x y\n" + entry("[mail.example]:2222", presented) + "\n"
                + entry("mail.example", another) + "\n");
    }

    void saysWhenItCannotSave()
    {
        QCOMPARE(saveHostKey("/proc/nowhere/known_hosts", "a.example", 22, presented).error().kind,
            base::FailureKind::WriteFailed);
        QCOMPARE(saveHostKey("/dev/full", "a.example", 22, presented).error().kind,
            base::FailureKind::WriteFailed);
    }

    void fingerprintsLikeSshKeygen()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("ssh-keygen")).isEmpty())
            QSKIP("ssh-keygen is not installed");
        const auto path = file(entry("mail.example", presented) + "\n");
        QProcess process;
        process.start(QStringLiteral("ssh-keygen"),
            {QStringLiteral("-l"), QStringLiteral("-f"), QString::fromStdString(path.string())});
        QVERIFY(process.waitForFinished());
        QVERIFY(process.readAllStandardOutput().contains(QByteArray::fromStdString(fingerprint(presented))));
    }

    // 80 files of a fixed seed, made of everything that ever misled a reader: OpenSSH and we must agree.
    void agreesWithOpenSsh()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("ssh")).isEmpty())
            QSKIP("ssh is not installed");
        ExecHost host;
        host.user = "demo";
        host.password = "x";
        host.answer = [](auto, auto) { return ExecReply {}; };
        const auto server = LoopServer::start(host).value();
        const auto port = server->listen(0).value();
        const auto line = server->knownHostsLine("x");
        const auto own = publicKey(fromBase64(line.substr(line.rfind(' ') + 1)).value()).value();
        QRandomGenerator random(20261123);
        int accepted = 0;
        for (int round = 0; round < 80; ++round) {
            const auto path = file(randomFile(random, own, port));
            const auto state = findHostKey({path}, "127.0.0.1", port, own).state;
            const bool ours = state == HostKeyState::Trusted;
            QCOMPARE_EQ(ours, opensshAccepts(path, port));
            accepted += ours ? 1 : 0;
        }
        qInfo("%d of 80 accepted by both", accepted);
        QVERIFY(accepted > 8 && accepted < 72);
    }

private:
    static std::string randomFile(QRandomGenerator& random, const PublicKey& own, unsigned port)
    {
        const auto full = "[127.0.0.1]:" + std::to_string(port);
        const std::vector<std::string> names = {full, full, "127.0.0.1", "*", "[127.0.0.*]:*", "*,!" + full,
            "!" + full + ",*", "other.example," + full, hashed(full), hashed("127.0.0.1"), "other.example",
            "[127.0.0.1]:1", "!other.example", "?127.0.0.1?:" + std::to_string(port)};
        const std::vector<std::string> odd = {"", "# comment", full, full + " ssh-ed25519 ***",
            full + " ssh-dss AAAA", full + " 1024 35 1234567", "@strange " + entry(full, own),
            "@cert-authority " + entry("*", own), "\t " + entry(full, own)};
        std::string text;
        for (auto lines = random.bounded(1, 5); lines > 0; --lines) {
            const auto pick = random.bounded(10);
            const auto& name = names[random.bounded(quint32(names.size()))];
            if (pick < 5)
                text += entry(name, own);
            else if (pick < 7)
                text += entry(name, another);
            else if (pick < 8)
                text += "@revoked " + entry(name, random.bounded(2) == 0 ? own : another);
            else
                text += odd[random.bounded(quint32(odd.size()))];
            text += '\n';
        }
        return text;
    }

    static bool opensshAccepts(const std::filesystem::path& known, unsigned port)
    {
        QProcess process;
        QStringList arguments {QStringLiteral("-F"), QStringLiteral("none")};
        for (const QString& option : std::initializer_list<QString> {
                 QStringLiteral("StrictHostKeyChecking=yes"), QStringLiteral("BatchMode=yes"),
                 QStringLiteral("GlobalKnownHostsFile=none"), QStringLiteral("IdentityFile=none"),
                 QStringLiteral("UserKnownHostsFile=") + QString::fromStdString(known.string())})
            arguments << QStringLiteral("-o") << option;
        arguments << QStringLiteral("-p") << QString::number(port) << QStringLiteral("demo@127.0.0.1")
                  << QStringLiteral("x");
        process.start(QStringLiteral("ssh"), arguments);
        process.waitForFinished();
        return process.readAllStandardError().contains("Permission denied");
    }
};

QTEST_GUILESS_MAIN(KnownHostsTest)
#include "tst_knownhosts.moc"

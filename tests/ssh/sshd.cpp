// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ssh/sshd.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QThread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace sluicegate::tests {

namespace {

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::uint16_t freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(fd);
    return ntohs(address.sin_port);
}

bool listens(std::uint16_t port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    const auto address = loopback(port);
    const bool there = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return there;
}

void write(const QString& path, const QString& text, mode_t mode)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::Append))
        file.write(text.toUtf8());
    ::chmod(qPrintable(path), mode);
}

} // namespace

QString Sshd::obstacle()
{
    if (::geteuid() != 0)
        return QStringLiteral("only root can start an sshd for other accounts");
    for (const char* program : {"/usr/sbin/sshd", "/usr/sbin/useradd", "/usr/bin/sudo", "/usr/bin/ssh-agent"})
        if (!QFile::exists(QString::fromLatin1(program)))
            return QString::fromLatin1(program) + QStringLiteral(" is not installed");
    return {};
}

QByteArray Sshd::run(const QString& program, const QStringList& arguments, const QByteArray& input)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    return process.readAll();
}

// One rules file per server: a second one in the same process must not take the first one's away.
Sshd::Sshd() : m_sudoers(QStringLiteral("/etc/sudoers.d/") + QFileInfo(m_folder.path()).fileName())
{
    ::chmod(qPrintable(m_folder.path()), 0755);
    QDir().mkpath(QStringLiteral("/run/sshd"));
    makeKey(QStringLiteral("host_ed25519"), QStringLiteral("ed25519"));
    makeKey(QStringLiteral("host_rsa"), QStringLiteral("rsa"));
}

Sshd::~Sshd()
{
    stop();
    QFile::remove(m_sudoers);
    for (const auto& user : m_users)
        run(QStringLiteral("/usr/sbin/userdel"), {QStringLiteral("-r"), QStringLiteral("-f"), user});
}

bool Sshd::start(const QString& moreConfiguration)
{
    m_port = freePort();
    write(path(QStringLiteral("sshd_config")),
        QStringLiteral(
            "Port %1\nListenAddress 127.0.0.1\nHostKey %2/host_ed25519\nHostKey %2/host_rsa\n"
            "PidFile none\nUsePAM yes\nPasswordAuthentication yes\nKbdInteractiveAuthentication yes\n"
            "AuthorizedKeysFile %2/keys_%u\nStrictModes no\nPermitRootLogin yes\nLogLevel ERROR\n"
            "PerSourcePenalties no\nMaxStartups 100\nUseDNS no\n%3")
            .arg(QString::number(m_port), m_folder.path(), moreConfiguration),
        0600);
    // sshd must not outlive a test that dies, nor hold the output that the test runner waits for.
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(path(QStringLiteral("sshd.log")));
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_process.start(QStringLiteral("/usr/sbin/sshd"),
        {QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"),
            path(QStringLiteral("sshd_config"))});
    QElapsedTimer timer;
    for (timer.start(); timer.elapsed() < 5000; QThread::msleep(20))
        if (listens(m_port))
            return true;
    return false;
}

void Sshd::stop()
{
    m_process.terminate();
    m_process.waitForFinished(3000);
}

QString Sshd::addUser(const QString& suffix, const QString& shell)
{
    const QString user = QStringLiteral("sg%1%2").arg(::getpid() % 100'000).arg(suffix);
    run(QStringLiteral("/usr/sbin/useradd"), {QStringLiteral("-m"), QStringLiteral("-s"), shell, user});
    run(QStringLiteral("/usr/sbin/chpasswd"), {}, (user + QStringLiteral(":Right-Word-7\n")).toUtf8());
    m_users << user;
    return user;
}

void Sshd::addSudoRule(const QString& rule)
{
    write(m_sudoers, rule + u'\n', 0440);
}

void Sshd::allowKey(const QString& user, const QString& publicKeyFile)
{
    QFile file(publicKeyFile);
    if (file.open(QIODevice::ReadOnly))
        write(path(QStringLiteral("keys_") + user), QString::fromUtf8(file.readAll()), 0644);
}

QString Sshd::makeKey(const QString& name, const QString& type, const QString& passphrase)
{
    run(QStringLiteral("ssh-keygen"),
        {QStringLiteral("-q"), QStringLiteral("-t"), type, QStringLiteral("-N"), passphrase,
            QStringLiteral("-f"), path(name)});
    return path(name);
}

} // namespace sluicegate::tests

// SPDX-License-Identifier: GPL-3.0-or-later
// A real OpenSSH server on loopback with accounts of its own, for one test program; needs root.
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <cstdint>

namespace sluicegate::tests {

class Sshd {
public:
    /// Why it cannot run here; empty when it can.
    static QString obstacle();

    Sshd();
    ~Sshd();
    Sshd(const Sshd&) = delete;
    Sshd& operator=(const Sshd&) = delete;

    bool start(const QString& moreConfiguration = {});
    void stop();

    /// Makes an account with the password "Right-Word-7"; removed at the end.
    QString addUser(const QString& suffix, const QString& shell = QStringLiteral("/bin/sh"));
    void addSudoRule(const QString& rule);
    void allowKey(const QString& user, const QString& publicKeyFile);

    QString path(const QString& name) const { return m_folder.filePath(name); }
    /// An ssh-keygen key pair in the folder; gives the private file.
    QString makeKey(const QString& name, const QString& type, const QString& passphrase = {});
    std::uint16_t port() const { return m_port; }

    static QByteArray run(const QString& program, const QStringList& arguments, const QByteArray& input = {});

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QStringList m_users;
    QString m_sudoers;
    std::uint16_t m_port = 0;
};

} // namespace sluicegate::tests

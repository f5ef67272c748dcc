// SPDX-License-Identifier: GPL-3.0-or-later
// Failures in words: what happened, why, what to do now.
#include "models/words/words.h"

#include <QCoreApplication>

namespace sluicegate::words {

namespace {

using base::FailureKind;

struct Failures {
    Q_DECLARE_TR_FUNCTIONS(Failure)
};

// The machine's own words, on one line and of bearable length: a server may send megabytes of stderr.
QString machineWords(std::string_view detail)
{
    constexpr std::size_t longest = 600;
    QStringList lines;
    const bool cut = detail.size() > longest;
    for (std::string_view rest = detail.substr(0, longest); !rest.empty();) {
        const auto end = rest.find_first_of("\r\n");
        QString line = inert(rest.substr(0, end)).trimmed();
        while (line.endsWith(u'.'))
            line.chop(1);
        if (!line.isEmpty())
            lines << line;
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    const QString all = lines.join(QStringLiteral("; "));
    return cut ? QString(all + u'\u2026') : all;
}

// %1 is the subject.
QString happened(FailureKind kind)
{
    switch (kind) {
    case FailureKind::Usage:
        return Failures::tr("%1 cannot be used like this.");
    case FailureKind::NotFound:
        return Failures::tr("%1 does not exist.");
    case FailureKind::Unreadable:
        return Failures::tr("%1 cannot be read.");
    case FailureKind::Empty:
        return Failures::tr("%1 is empty.");
    case FailureKind::NotUnderstood:
        return Failures::tr("%1 is not what it should be.");
    case FailureKind::WriteFailed:
        return Failures::tr("%1 could not be written.");
    case FailureKind::Mismatch:
        return Failures::tr("%1 is no longer what was recorded.");
    case FailureKind::CaseBusy:
        return Failures::tr("The case %1 is open in another window or program.");
    case FailureKind::CaseDamaged:
        return Failures::tr("The case %1 is not whole.");
    case FailureKind::NameNotResolved:
        return Failures::tr("No address is known for the host %1.");
    case FailureKind::Unreachable:
        return Failures::tr("%1 cannot be reached.");
    case FailureKind::NotSsh:
        return Failures::tr("%1 answers, but not as an SSH server.");
    case FailureKind::HostKeyUnknown:
        return Failures::tr("The host key of %1 is not known yet and was not accepted.");
    case FailureKind::HostKeyChanged:
        return Failures::tr("The host key of %1 has changed. This may be an attack, so nothing was sent.");
    case FailureKind::HostKeyRevoked:
        return Failures::tr("The host key of %1 is marked as revoked, so nothing was sent.");
    case FailureKind::AuthenticationRefused:
        return Failures::tr("%1 refused the login.");
    case FailureKind::SudoRefused:
        return Failures::tr("sudo on %1 did not give root rights.");
    case FailureKind::ConnectionLost:
        return Failures::tr("The connection to %1 broke.");
    case FailureKind::Timeout:
        return Failures::tr("%1 took too long to answer.");
    case FailureKind::CommandMissing:
        return Failures::tr("The server has no command %1.");
    case FailureKind::CommandFailed:
        return Failures::tr("The command %1 failed on the server.");
    case FailureKind::Truncated:
        return Failures::tr("%1 came incomplete.");
    case FailureKind::Rotated:
        return Failures::tr("%1 was replaced while it was being read.");
    case FailureKind::Hostile:
        return Failures::tr("%1 sent what no honest server sends, so the exchange was ended.");
    case FailureKind::Cancelled:
        return Failures::tr("Cancelled.");
    case FailureKind::Unsupported:
        return Failures::tr("%1 is not supported.");
    }
    return Failures::tr("%1 failed.");
}

QString nowDo(FailureKind kind)
{
    switch (kind) {
    case FailureKind::Usage:
        return Failures::tr("See sluicegate --help.");
    case FailureKind::NotFound:
        return Failures::tr("Check the name.");
    case FailureKind::Unreadable:
        return Failures::tr("Check its permissions, or name another one.");
    case FailureKind::Empty:
        return Failures::tr("There is nothing to work on: name another one.");
    case FailureKind::NotUnderstood:
        return Failures::tr("Check that it is the right one; nothing of it was used.");
    case FailureKind::WriteFailed:
        return Failures::tr("Check the free space and the permissions, or choose another place.");
    case FailureKind::Mismatch:
        return Failures::tr("Do not rely on it: pull the evidence again or use a copy of the case.");
    case FailureKind::CaseBusy:
        return Failures::tr("Close it there first.");
    case FailureKind::CaseDamaged:
        return Failures::tr("Keep it as it is and work on a copy; sluicegate verify shows what is affected.");
    case FailureKind::NameNotResolved:
        return Failures::tr("Check the spelling and this computer's name service, or give the IP address.");
    case FailureKind::Unreachable:
        return Failures::tr("Check host and port, and whether a firewall stands between.");
    case FailureKind::NotSsh:
        return Failures::tr("Check the port.");
    case FailureKind::HostKeyUnknown:
        return Failures::tr("Compare the fingerprint with the server's administrator, then connect again and "
                            "accept it (--accept-new on the command line).");
    case FailureKind::HostKeyChanged:
        return Failures::tr("Ask the server's administrator whether the key was renewed; only then remove "
                            "the old line from known_hosts and connect again.");
    case FailureKind::HostKeyRevoked:
        return Failures::tr("Do not connect; ask the server's administrator.");
    case FailureKind::AuthenticationRefused:
        return Failures::tr("Check the user name, and the password or key.");
    case FailureKind::SudoRefused:
        return Failures::tr(
            "Check the sudo password, or connect as root; what needs no root rights still works.");
    case FailureKind::ConnectionLost:
        return Failures::tr("What was received is kept; connect again to go on.");
    case FailureKind::Timeout:
        return Failures::tr("The server may be overloaded: try again.");
    case FailureKind::CommandMissing:
        return Failures::tr("Check that this is the mail server in question.");
    case FailureKind::CommandFailed:
        return Failures::tr("Check the rights of the login.");
    case FailureKind::Truncated:
        return Failures::tr("What was received is kept; try again for the rest.");
    case FailureKind::Rotated:
        return Failures::tr("What was received is kept; try again to get the rest from its successor.");
    case FailureKind::Hostile:
        return Failures::tr(
            "The server may be compromised: what was received before is kept, trust nothing else from it.");
    case FailureKind::Cancelled:
        return Failures::tr("What was done until then is kept.");
    case FailureKind::Unsupported:
        return {};
    }
    return {};
}

// evidence::pull() met a server without any mail system.
constexpr std::string_view anyMailLog = "mail log";

QString noMailSystem(const QString& detail)
{
    return Failures::tr(
        "This server shows no mail log, no mail queue and no mail system (%1). Check that it is the "
        "mail server in question, and that the login may read its logs.")
        .replace(QStringLiteral("%1"), detail);
}

} // namespace

QString sentence(const base::Failure& failure)
{
    if (failure.kind == FailureKind::NotFound && failure.subject == anyMailLog)
        return noMailSystem(machineWords(failure.detail));
    const QString detail = machineWords(failure.detail);
    QString subject = machineWords(failure.subject);
    if (subject.isEmpty())
        subject = Failures::tr("The input");
    QStringList parts {happened(failure.kind).replace(QStringLiteral("%1"), subject)};
    if (!detail.isEmpty())
        parts << Failures::tr("Details: %1.").arg(detail);
    if (const QString next = nowDo(failure.kind); !next.isEmpty())
        parts << next;
    return parts.join(u' ');
}

} // namespace sluicegate::words

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/cli.h"

#include "models/words/words.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace sluicegate::app {

using base::FailureKind;

int exitFor(const base::Failure& failure)
{
    switch (failure.kind) {
    case FailureKind::Usage:
        return BadUsage;
    case FailureKind::NameNotResolved:
    case FailureKind::Unreachable:
    case FailureKind::NotSsh:
    case FailureKind::HostKeyUnknown:
    case FailureKind::HostKeyChanged:
    case FailureKind::HostKeyRevoked:
    case FailureKind::AuthenticationRefused:
    case FailureKind::SudoRefused:
    case FailureKind::ConnectionLost:
    case FailureKind::Timeout:
        return NoConnection;
    case FailureKind::Mismatch:
        return NeedsAttention;
    case FailureKind::Cancelled:
    case FailureKind::Truncated:
    case FailureKind::Rotated:
        return PartlyDone;
    default:
        return InputUnreadable;
    }
}

void say(const QString& sentence)
{
    const QByteArray line = sentence.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
}

int refuse(const base::Failure& failure)
{
    say(words::sentence(failure));
    return exitFor(failure);
}

bool print(const QByteArray& bytes)
{
    const char* from = bytes.constData();
    for (qsizetype left = bytes.size(); left > 0;) {
        const ssize_t wrote = ::write(STDOUT_FILENO, from, size_t(left));
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        from += wrote;
        left -= wrote;
    }
    return true;
}

base::Result<std::string> readInput(const QString& file)
{
    QFile input(file);
    const bool opened
        = file == u"-" ? input.open(stdin, QIODevice::ReadOnly) : input.open(QIODevice::ReadOnly);
    if (!opened)
        return base::fail(input.exists() ? FailureKind::Unreadable : FailureKind::NotFound,
            file.toStdString(), input.errorString().toStdString());
    const QByteArray all = input.readAll();
    if (input.error() != QFileDevice::NoError)
        return base::fail(FailureKind::Unreadable, file.toStdString(), input.errorString().toStdString());
    return all.toStdString();
}

} // namespace sluicegate::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/program.h"

#include <QJsonDocument>

namespace sluicegate::support {

QJsonObject Result::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QString program()
{
    return qEnvironmentVariable("SLUICEGATE");
}

// A session of its own has no terminal to ask on.
void prepare(QProcess& process)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    environment.remove(QStringLiteral("SSH_AUTH_SOCK"));
    process.setProcessEnvironment(environment);
    process.setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession);
    process.setProgram(program());
}

Result run(const QStringList& arguments, const QByteArray& input)
{
    QProcess process;
    prepare(process);
    process.setArguments(arguments);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    Result result;
    if (process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit)
        result.code = process.exitCode();
    else
        process.kill();
    result.out = process.readAllStandardOutput();
    result.talk = QString::fromUtf8(process.readAllStandardError());
    return result;
}

QString whole(const Result& result)
{
    return QStringLiteral("exit %1\n%2\n%3")
        .arg(result.code)
        .arg(result.talk, QString::fromUtf8(result.out.left(3000)));
}

} // namespace sluicegate::support

// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the built program, which the variable SLUICEGATE names, as a script would: without a display or
// terminal.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace sluicegate::support {

struct Result {
    int code = -1; // of a program that ended by itself within a minute
    QByteArray out;
    QString talk; // stderr
    QJsonObject json() const;
};

QString program();
void prepare(QProcess& process);
Result run(const QStringList& arguments, const QByteArray& input = {});
QString whole(const Result& result);

} // namespace sluicegate::support

#define EXPECT_EXIT(result, expected)                                                                        \
    QVERIFY2((result).code == (expected), qPrintable(support::whole(result)))
#define EXPECT_TALK(result, part)                                                                            \
    QVERIFY2((result).talk.contains(QStringLiteral(part)), qPrintable(support::whole(result)))

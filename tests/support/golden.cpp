// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"

#include <QDir>
#include <QFile>
#include <QTest>

namespace sluicegate::support {

namespace {

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString firstDifference(const QByteArray& expected, const QByteArray& actual)
{
    const auto a = expected.split('\n');
    const auto b = actual.split('\n');
    for (qsizetype i = 0; i < qMax(a.size(), b.size()); ++i) {
        const QByteArray left = i < a.size() ? a[i] : "(end)";
        const QByteArray right = i < b.size() ? b[i] : "(end)";
        if (left != right)
            return QStringLiteral("line %1: expected %2, got %3")
                .arg(i + 1)
                .arg(QString::fromUtf8(left.trimmed()), QString::fromUtf8(right.trimmed()));
    }
    return {};
}

} // namespace

void goldenRows(const QString& folder)
{
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(folder).entryList({QStringLiteral("*.in")}, QDir::Files, QDir::Name);
    QVERIFY2(!files.isEmpty(), qPrintable(folder));
    for (const QString& file : files)
        QTest::newRow(qPrintable(file.chopped(3))) << file.chopped(3);
}

QByteArray goldenInput(const QString& folder, const QString& name)
{
    return readAll(folder + u'/' + name + QStringLiteral(".in"));
}

QString goldenDifference(const QString& folder, const QString& name, const QJsonDocument& result)
{
    const QString path = folder + u'/' + name + QStringLiteral(".expected.json");
    const QByteArray actual = result.toJson(QJsonDocument::Indented);
    if (qEnvironmentVariableIntValue("SLUICEGATE_ACCEPT") == 1) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(actual) != actual.size())
            return QStringLiteral("cannot write ") + path;
        return {};
    }
    if (!QFile::exists(path))
        return QStringLiteral("no expectation: ") + path;
    return firstDifference(readAll(path), actual);
}

} // namespace sluicegate::support

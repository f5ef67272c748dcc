// SPDX-License-Identifier: GPL-3.0-or-later
// Golden tests: NAME.in is read, the result compared with NAME.expected.json. SLUICEGATE_ACCEPT=1 writes the
// expectation.
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QString>

namespace sluicegate::support {

/// Makes a row "name" for each *.in file of a data folder, without the ending; fails the test when there are
/// none.
void goldenRows(const QString& folder);
QByteArray goldenInput(const QString& folder, const QString& name);

/// Empty when the result is as expected, else what differs (first differing line of both). A missing
/// expectation differs.
QString goldenDifference(const QString& folder, const QString& name, const QJsonDocument& result);

} // namespace sluicegate::support

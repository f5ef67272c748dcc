// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of verbs that read one file: VERB FILE [--json].
#pragma once

#include "models/base/failure.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <string>

namespace sluicegate::app {

struct OneFile {
    QString file;
    std::string bytes;
    bool json = false;
};

/// Reads arguments and file. Usage when the arguments make no sense; what readInput says when it cannot be
/// read.
base::Result<OneFile> oneFile(const char* verb, const QStringList& arguments);

/// JSON that a terminal may show.
QByteArray quietJson(const QJsonObject& object);

/// "name: value" lines of one width, foreign text made inert; nothing for an empty value.
QString line(const QString& name, std::string_view value);

} // namespace sluicegate::app

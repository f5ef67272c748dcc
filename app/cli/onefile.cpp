// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/onefile.h"

#include "app/cli/cli.h"
#include "app/cli/jsonline.h"
#include "models/words/words.h"

#include <QJsonDocument>

namespace sluicegate::app {

base::Result<OneFile> oneFile(const char* verb, const QStringList& arguments)
{
    OneFile result;
    bool onlyFiles = false;
    for (const QString& argument : arguments) {
        if (!onlyFiles && argument == u"--") {
            onlyFiles = true;
        } else if (!onlyFiles && argument == u"--json") {
            result.json = true;
        } else if (!onlyFiles && argument.startsWith(u'-') && argument != u"-") {
            return base::fail(base::FailureKind::Usage, argument.toStdString(), "unknown option");
        } else if (!result.file.isEmpty()) {
            return base::fail(base::FailureKind::Usage, argument.toStdString(), "one file only");
        } else {
            result.file = argument;
        }
    }
    if (result.file.isEmpty())
        return base::fail(base::FailureKind::Usage, verb, "names no file");
    auto bytes = readInput(result.file);
    if (!bytes)
        return std::unexpected(bytes.error());
    result.bytes = *std::move(bytes);
    return result;
}

QByteArray quietJson(const QJsonObject& object)
{
    return QByteArray::fromStdString(quiet(QJsonDocument(object).toJson().toStdString()));
}

QString line(const QString& name, std::string_view value)
{
    if (value.empty())
        return {};
    return name.leftJustified(16) + words::inert(value) + u'\n';
}

} // namespace sluicegate::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/cli.h"
#include "models/casefile/casefolder.h"
#include "models/words/words.h"

namespace sluicegate::app {

namespace {

base::Result<casefile::Verification> verification(const std::filesystem::path& folder)
{
    // Opening would make a case of a folder that is none.
    std::error_code error;
    if (!casefile::CaseFolder::isCase(folder))
        return std::filesystem::exists(folder, error)
            ? base::fail(base::FailureKind::NotUnderstood, folder.string(), "holds no case")
            : base::fail(base::FailureKind::NotFound, folder.string());
    const auto opened = casefile::CaseFolder::open(folder);
    if (!opened)
        return std::unexpected(opened.error());
    return (*opened)->verify();
}

QString text(const casefile::Verification& found)
{
    QString text = QStringLiteral("%1 files hashed, %2 journal lines checked\n")
                       .arg(found.itemsChecked)
                       .arg(found.journalEntries);
    for (const auto& path : found.changed)
        text += u"changed: " + words::inert(path) + u'\n';
    for (const auto& path : found.missing)
        text += u"missing: " + words::inert(path) + u'\n';
    for (const auto& path : found.strangers)
        text += u"not recorded: " + words::inert(path) + u'\n';
    if (found.brokenAt)
        text += QStringLiteral("journal: line %1 does not follow from the lines before it, or is gone\n")
                    .arg(*found.brokenAt);
    if (found.tornTail)
        text += QStringLiteral("journal: the last line was cut by a crash; nothing acknowledged is lost\n");
    return text + (found.whole() ? u"everything is as it was recorded\n" : u"NOT as it was recorded\n");
}

} // namespace

int verify(const QStringList& arguments)
{
    if (arguments.size() != 1 || arguments[0].startsWith(u'-') || arguments[0].isEmpty())
        return refuse({base::FailureKind::Usage, "verify", "sluicegate verify CASE"});
    const auto found = verification(arguments[0].toStdString());
    if (!found)
        return refuse(found.error());
    if (!print(text(*found).toUtf8()))
        return PartlyDone;
    return found->whole() ? Done : NeedsAttention;
}

} // namespace sluicegate::app

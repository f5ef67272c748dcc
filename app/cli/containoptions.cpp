// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/containoptions.h"

#include <QCommandLineParser>
#include <QFileInfo>

namespace sluicegate::app {

namespace {

using base::FailureKind;

std::unexpected<base::Failure> usage(const QString& subject, const std::string& why)
{
    return base::fail(FailureKind::Usage, subject.toStdString(), why);
}

void declare(QCommandLineParser& parser)
{
    for (const char* name : {"host", "case", "incident", "notice", "identity", "known-hosts", "action",
             "suspect", "target", "only", "again", "exclude-id", "exclude-sender", "exclude-recipient"})
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value")});
    for (const char* name : {"demo", "json", "pull", "apply", "password-stdin", "accept-new"})
        parser.addOption(QCommandLineOption(QString::fromLatin1(name)));
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
}

bool mayRepeat(const QString& option)
{
    return option.startsWith(u"exclude-") || option == u"only" || option == u"again";
}

std::set<std::string> all(const QCommandLineParser& parser, const char* option)
{
    std::set<std::string> values;
    for (const QString& value : parser.values(QString::fromLatin1(option)))
        values.insert(value.toStdString());
    return values;
}

base::Result<void> takeAction(const QCommandLineParser& parser, ContainOptions& options)
{
    const QString name = parser.value(QStringLiteral("action"));
    options.action = containment::findAction(name.toStdString());
    if (!parser.isSet(QStringLiteral("action")) || options.action)
        return {};
    std::string known = "is no action; there are";
    for (const auto& each : containment::actions())
        known.append(" ").append(each.name);
    return usage(name, known);
}

base::Result<void> takeSuspect(const QCommandLineParser& parser, ContainOptions& options)
{
    const QString text = parser.value(QStringLiteral("suspect"));
    if (text.isEmpty())
        return {};
    bool isNumber = false;
    options.suspect = text == u"all" ? 0 : text.toInt(&isNumber);
    if (text != u"all" && (!isNumber || options.suspect < 1))
        return usage(text, "--suspect takes a rank such as 1, or all");
    return {};
}

base::Result<void> check(const ContainOptions& options)
{
    const TriageOptions& to = options.connection;
    const QString verb = QStringLiteral("contain");
    if (!to.host.isEmpty() && to.demo)
        return usage(verb, "needs --host or --demo, not both");
    if (to.host.isEmpty() && !to.demo && to.caseFolder.isEmpty())
        return usage(verb, "needs a case, --host or --demo");
    if (options.apply && !options.action)
        return usage(QStringLiteral("--apply"), "needs an action");
    if (options.apply && to.caseFolder.isEmpty())
        return usage(QStringLiteral("--apply"), "needs a case, where what is changed is kept");
    if (options.pull && to.host.isEmpty() && !to.demo)
        return usage(QStringLiteral("--pull"), "needs --host");
    if (!to.identity.isEmpty() && !QFileInfo(to.identity).isReadable())
        return usage(to.identity, "is no key file that can be read");
    if (!to.incident.isEmpty() && !to.demo)
        return usage(QStringLiteral("--incident"), "goes with --demo only");
    if (to.passwordFromStdin && to.notice == u"-")
        return usage(QStringLiteral("--notice -"), "standard input already gives the password");
    for (const std::string& id : options.wanted.again)
        if (!containment::isQueueId(id))
            return usage(QString::fromStdString(id), "is no queue id");
    return {};
}

base::Result<QString> caseOf(const QCommandLineParser& parser)
{
    const QStringList named = parser.positionalArguments();
    const QString option = parser.value(QStringLiteral("case"));
    if (named.size() > 1)
        return usage(named[1], "is not an option of contain");
    if (!named.isEmpty() && !option.isEmpty())
        return usage(option, "the case is named already");
    return named.isEmpty() ? option : named.first();
}

} // namespace

base::Result<ContainOptions> readContainOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(QStringList {QStringLiteral("contain")} + arguments))
        return usage(QStringLiteral("contain"), parser.errorText().toStdString());
    const QStringList given = parser.optionNames();
    for (const QString& option : given) {
        if (!mayRepeat(option) && given.count(option) > 1)
            return usage(QString(QStringLiteral("--") + option), "is given twice");
    }
    const auto folder = caseOf(parser);
    if (!folder)
        return std::unexpected(folder.error());
    ContainOptions options;
    TriageOptions& to = options.connection;
    to = connectionIn(parser);
    to.demo = parser.isSet(QStringLiteral("demo"));
    to.incident = parser.value(QStringLiteral("incident"));
    to.caseFolder = *folder;
    options.pull = parser.isSet(QStringLiteral("pull"));
    options.apply = parser.isSet(QStringLiteral("apply"));
    options.json = parser.isSet(QStringLiteral("json"));
    options.target = parser.value(QStringLiteral("target")).toStdString();
    options.exclusions
        = {all(parser, "exclude-id"), all(parser, "exclude-sender"), all(parser, "exclude-recipient")};
    options.wanted = {all(parser, "only"), all(parser, "again")};
    return takeAction(parser, options)
        .and_then([&] { return takeSuspect(parser, options); })
        .and_then([&] { return check(options); })
        .transform([&] { return std::move(options); });
}

} // namespace sluicegate::app

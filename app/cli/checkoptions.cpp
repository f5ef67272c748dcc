// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/checkoptions.h"

#include <QCommandLineParser>
#include <QFileInfo>

namespace sluicegate::app {

namespace {

using base::FailureKind;

std::unexpected<base::Failure> usage(const QString& subject, const char* why)
{
    return base::fail(FailureKind::Usage, subject.toStdString(), why);
}

base::Result<void> takeWaived(const QStringList& given, CheckOptions& options)
{
    for (const QString& each : given) {
        const auto id = readiness::findCondition(each.section(u'=', 0, 0).toStdString());
        const QString reason = each.section(u'=', 1).trimmed();
        if (!id)
            return usage(each, "names no condition; --waive takes CONDITION=REASON");
        if (reason.isEmpty())
            return usage(each, "needs a reason, which the report will show");
        if (!options.waived.emplace(*id, reason.toStdString()).second)
            return usage(each, "gives a second reason for the same condition");
    }
    return {};
}

base::Result<void> takeTimes(const QCommandLineParser& parser, CheckOptions& options)
{
    bool isNumber = true;
    if (parser.isSet(QStringLiteral("watch")))
        options.watch = std::chrono::minutes(parser.value(QStringLiteral("watch")).toInt(&isNumber));
    if (!isNumber || (options.watch && (options.watch->count() < 0 || options.watch->count() > 24 * 60)))
        return usage(QStringLiteral("--watch"), "takes minutes, up to a day");
    if (parser.isSet(QStringLiteral("every")))
        options.every = std::chrono::seconds(parser.value(QStringLiteral("every")).toInt(&isNumber));
    if (!isNumber || options.every < std::chrono::seconds(1) || options.every > std::chrono::hours(1))
        return usage(QStringLiteral("--every"), "takes seconds, from 1 to 3600");
    return {};
}

base::Result<void> check(const CheckOptions& options)
{
    const bool connects = !options.connection.host.isEmpty();
    const QString& key = options.connection.identity;
    if (!key.isEmpty() && !QFileInfo(key).isReadable())
        return usage(key, "is no key file that can be read");
    if (!connects
        && (!key.isEmpty() || !options.connection.knownHosts.isEmpty() || options.connection.passwordFromStdin
            || options.connection.acceptNew))
        return usage(QStringLiteral("check"),
            "--identity, --password-stdin, --known-hosts and --accept-new go with --host only");
    if (!connects && options.connection.caseFolder.isEmpty())
        return usage(QStringLiteral("check"), "needs a case, whose journal tells what was done, or --host");
    if (!connects && (options.testPorts || options.askLists))
        return usage(options.testPorts ? QStringLiteral("--test-ports") : QStringLiteral("--ask-lists"),
            "is done from the server: it goes with --host");
    if (options.connection.caseFolder.isEmpty() && (options.unblocked || !options.waived.empty()))
        return usage(options.unblocked ? QStringLiteral("--unblocked") : QStringLiteral("--waive"),
            "is put on record, so it needs a case");
    if (options.connection.passwordFromStdin && options.connection.notice == u"-")
        return usage(QStringLiteral("--notice -"), "standard input already gives the password");
    return {};
}

} // namespace

base::Result<CheckOptions> readCheckOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    for (const char* name :
        {"host", "identity", "known-hosts", "watch", "every", "waive", "profile", "notice"})
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value")});
    for (const char* name : {"json", "unblocked", "password-stdin", "accept-new", "test-ports", "ask-lists"})
        parser.addOption(QCommandLineOption(QString::fromLatin1(name)));
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    if (!parser.parse(QStringList {QStringLiteral("check")} + arguments))
        return usage(QStringLiteral("check"), parser.errorText().toUtf8().constData());
    if (parser.positionalArguments().size() > 1)
        return usage(parser.positionalArguments().at(1), "is one case too many");
    const QStringList given = parser.optionNames();
    for (const QString& option : given) {
        if (option != u"waive" && given.count(option) > 1)
            return usage(QString(QStringLiteral("--") + option), "is given twice");
    }
    CheckOptions options;
    options.connection = connectionIn(parser);
    options.connection.caseFolder = parser.positionalArguments().value(0);
    options.profile = parser.value(QStringLiteral("profile"));
    options.json = parser.isSet(QStringLiteral("json"));
    options.unblocked = parser.isSet(QStringLiteral("unblocked"));
    options.testPorts = parser.isSet(QStringLiteral("test-ports"));
    options.askLists = parser.isSet(QStringLiteral("ask-lists"));
    return takeTimes(parser, options)
        .and_then([&] { return takeWaived(parser.values(QStringLiteral("waive")), options); })
        .and_then([&] { return check(options); })
        .transform([&] { return std::move(options); });
}

} // namespace sluicegate::app

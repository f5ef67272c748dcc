// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

#include "app/cli/reports.h"

#include <QCommandLineParser>
#include <QFileInfo>

namespace sluicegate::app {

namespace {

using base::FailureKind;

std::unexpected<base::Failure> usage(const QString& subject, const char* why)
{
    return base::fail(FailureKind::Usage, subject.toStdString(), why);
}

void declare(QCommandLineParser& parser)
{
    for (const char* name : {"host", "evidence", "incident", "notice", "case", "report", "identity",
             "known-hosts", "since", "until", "zone"})
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value")});
    for (const char* name : {"demo", "json", "password-stdin", "accept-new"})
        parser.addOption(QCommandLineOption(QString::fromLatin1(name)));
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
}

base::Result<std::optional<base::Instant>> timeOf(const QCommandLineParser& parser, const QString& option)
{
    if (!parser.isSet(option))
        return std::optional<base::Instant> {};
    std::string text = parser.value(option).toStdString();
    if (text.size() == 10) // a date alone: its first moment
        text += "T00:00:00Z";
    const auto at = base::parseIso(text);
    if (!at)
        return usage(QStringLiteral("--") + option, "takes a time such as 2026-11-23T09:00:00Z");
    return at;
}

base::Result<void> check(const TriageOptions& options)
{
    const int sources = int(!options.host.isEmpty()) + int(!options.evidence.isEmpty()) + int(options.demo);
    if (sources != 1)
        return usage(QStringLiteral("triage"), "needs one of --host, --evidence and --demo");
    const bool connects = !options.host.isEmpty();
    if (!connects
        && (options.passwordFromStdin || options.acceptNew || !options.identity.isEmpty()
            || !options.knownHosts.isEmpty()))
        return usage(QStringLiteral("triage"),
            "--identity, --password-stdin, --known-hosts and --accept-new go with --host only");
    if (!options.identity.isEmpty() && !QFileInfo(options.identity).isReadable())
        return usage(options.identity, "is no key file that can be read");
    if (!options.incident.isEmpty() && !options.demo)
        return usage(QStringLiteral("--incident"), "goes with --demo only");
    if (options.passwordFromStdin && options.notice == u"-")
        return usage(QStringLiteral("--notice -"), "standard input already gives the password");
    const triage::Window& window = options.window;
    if (window.since && window.until && *window.until < *window.since)
        return usage(QStringLiteral("--until"), "is before --since");
    for (const QString& file : options.reports) {
        if (!reportFormat(file))
            return usage(file, "a report's name ends in .html, .pdf, .json or .md");
    }
    return {};
}

} // namespace

TriageOptions connectionIn(const QCommandLineParser& parser)
{
    TriageOptions options;
    options.host = parser.value(QStringLiteral("host"));
    options.notice = parser.value(QStringLiteral("notice"));
    options.identity = parser.value(QStringLiteral("identity"));
    options.knownHosts = parser.value(QStringLiteral("known-hosts"));
    options.passwordFromStdin = parser.isSet(QStringLiteral("password-stdin"));
    options.acceptNew = parser.isSet(QStringLiteral("accept-new"));
    return options;
}

base::Result<TriageOptions> readTriageOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(QStringList {QStringLiteral("triage")} + arguments))
        return usage(QStringLiteral("triage"), parser.errorText().toUtf8().constData());
    if (!parser.positionalArguments().isEmpty())
        return usage(parser.positionalArguments().first(), "is not an option of triage");
    const QStringList given = parser.optionNames();
    for (const QString& option : given) {
        if (option != u"report" && given.count(option) > 1)
            return usage(QString(QStringLiteral("--") + option), "is given twice");
    }
    const auto since = timeOf(parser, QStringLiteral("since"));
    const auto until = timeOf(parser, QStringLiteral("until"));
    if (!since || !until)
        return std::unexpected(since ? until.error() : since.error());
    TriageOptions options = connectionIn(parser);
    options.evidence = parser.value(QStringLiteral("evidence"));
    options.demo = parser.isSet(QStringLiteral("demo"));
    options.incident = parser.value(QStringLiteral("incident"));
    options.caseFolder = parser.value(QStringLiteral("case"));
    options.reports = parser.values(QStringLiteral("report"));
    options.json = parser.isSet(QStringLiteral("json"));
    options.window = {*since, *until};
    options.zone = readZone(parser.value(QStringLiteral("zone")));
    if (parser.isSet(QStringLiteral("zone")) && !options.zone)
        return usage(parser.value(QStringLiteral("zone")), "is no zone; write it like +01:00");
    if (auto checked = check(options); !checked)
        return std::unexpected(checked.error());
    return options;
}

std::optional<std::chrono::seconds> readZone(const QString& text)
{
    const auto at = base::parseIso("2000-01-01T00:00:00" + text.toStdString());
    const auto utc = base::parseIso("2000-01-01T00:00:00Z");
    if (!at || text.isEmpty())
        return {};
    return std::chrono::duration_cast<std::chrono::seconds>(*utc - *at);
}

base::Result<HostName> readHostName(const QString& text)
{
    HostName name;
    QString rest = text;
    if (const auto at = rest.lastIndexOf(u'@'); at >= 0) {
        name.user = rest.first(at).toStdString();
        rest = rest.sliced(at + 1);
    }
    QString port;
    if (rest.startsWith(u'[')) {
        const auto end = rest.indexOf(u']');
        if (end < 0 || (end + 1 < rest.size() && rest.at(end + 1) != u':'))
            return usage(text, "an IPv6 address with a port is written [ADDRESS]:PORT");
        port = rest.sliced(qMin(end + 2, rest.size()));
        if (end + 1 < rest.size() && port.isEmpty())
            return usage(text, "has no port behind the colon");
        rest = rest.sliced(1, end - 1);
    } else if (rest.count(u':') == 1) {
        port = rest.section(u':', 1);
        rest = rest.section(u':', 0, 0);
        if (port.isEmpty())
            return usage(text, "has no port behind the colon");
    }
    bool isNumber = true;
    const uint number = port.isEmpty() ? 0 : port.toUInt(&isNumber);
    if (!isNumber || number > 65535 || (number == 0 && !port.isEmpty()))
        return usage(text, "a port is a number from 1 to 65535");
    if (number != 0)
        name.port = std::uint16_t(number);
    const auto odd = [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; };
    if (rest.isEmpty() || rest.startsWith(u'-') || std::ranges::any_of(text, odd)
        || (text.contains(u'@') && (name.user.empty() || name.user.front() == '-')))
        return usage(text, "is not [USER@]HOST[:PORT]");
    name.host = rest.toStdString();
    return name;
}

} // namespace sluicegate::app

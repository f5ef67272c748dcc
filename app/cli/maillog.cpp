// SPDX-License-Identifier: GPL-3.0-or-later
// sluicegate maillog FILE... [--json]: the journeys of a mail log.
#include "app/cli/cli.h"
#include "app/cli/journeyjson.h"
#include "app/cli/options.h"
#include "models/evidence/pull.h"
#include "models/maillog/history.h"
#include "models/words/words.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

namespace sluicegate::app {

namespace {

using base::FailureKind;
using maillog::History;
using maillog::Journey;

struct Request {
    QStringList files;
    bool json = false;
    maillog::Options options;
};

base::Result<Request> readRequest(const QStringList& arguments)
{
    Request request;
    request.options.now = evidence::systemNow();
    const auto usage = [](const QString& about) {
        return base::fail(FailureKind::Usage, "maillog " + about.toStdString(),
            "sluicegate maillog FILE... [--json] [--since T] [--until T] [--zone +HH:MM] [--now T]");
    };
    bool filesOnly = false;
    for (qsizetype n = 0; n < arguments.size(); ++n) {
        const QString& word = arguments[n];
        if (filesOnly || word == u"-" || !word.startsWith(u'-')) {
            request.files << word;
        } else if (word == u"--") {
            filesOnly = true;
        } else if (word == u"--json") {
            request.json = true;
        } else {
            const QString value = n + 1 < arguments.size() ? arguments[++n] : QString();
            const auto at = base::parseIso(value.toStdString());
            const auto zone = readZone(value);
            if (word == u"--since" && at)
                request.options.since = at;
            else if (word == u"--until" && at)
                request.options.until = at;
            else if (word == u"--now" && at)
                request.options.now = *at;
            else if (word == u"--zone" && zone)
                request.options.zone = *zone;
            else
                return usage(word + u' ' + value);
        }
    }
    if (request.files.isEmpty())
        return usage({});
    return request;
}

// Standard input as something that can be mapped: itself if it is a file, else a temporary file.
base::Result<evidence::Unpacked> unpackStandardInput()
{
    struct stat about {};
    if (::fstat(STDIN_FILENO, &about) == 0 && S_ISREG(about.st_mode))
        return evidence::unpack("/proc/self/fd/0");
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
    if (!file)
        return base::fail(FailureKind::WriteFailed, "temporary file");
    char buffer[1 << 16];
    while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, stdin))
        if (std::fwrite(buffer, 1, got, file.get()) != got)
            return base::fail(FailureKind::WriteFailed, "temporary file");
    if (std::ferror(stdin) != 0)
        return base::fail(FailureKind::Unreadable, "-");
    if (std::fflush(file.get()) != 0)
        return base::fail(FailureKind::WriteFailed, "temporary file");
    return evidence::unpack("/proc/self/fd/" + std::to_string(::fileno(file.get())));
}

struct Input {
    std::vector<maillog::Source> sources;
    std::optional<base::Failure> trouble; // the first file that could not be read, or not to its end
};

Input readFiles(const QStringList& files)
{
    Input input;
    for (const QString& file : files) {
        auto unpacked = file == u"-" ? unpackStandardInput() : evidence::unpack(file.toStdString());
        const auto trouble = unpacked ? unpacked->damage : std::optional(unpacked.error());
        if (trouble) {
            refuse(*trouble);
            input.trouble = input.trouble.value_or(*trouble);
        }
        if (unpacked)
            input.sources.push_back({file.toStdString(), unpacked->bytes});
    }
    return input;
}

class Output {
public:
    std::string& text() { return m_text; }
    bool flushIfFull() { return m_text.size() < enough || flush(); }
    bool flush()
    {
        const bool done = print(QByteArray::fromRawData(m_text.data(), qsizetype(m_text.size())));
        m_text.clear();
        return done;
    }

private:
    static constexpr std::size_t enough = 1 << 18;
    std::string m_text;
};

bool printJson(const History& history)
{
    Output output;
    for (std::uint32_t n = 0; n < history.size(); ++n) {
        writeJourney(output.text(), history, n);
        if (!output.flushIfFull())
            return false;
    }
    return output.flush();
}

std::string whoOf(const Journey& journey)
{
    if (!journey.saslUsername().empty())
        return std::string(journey.saslUsername());
    const auto uid = journey.uid();
    return uid ? "uid " + std::to_string(*uid) : std::string(journey.clientIp());
}

bool printTable(const History& history)
{
    Output output;
    output.text()
        = "first                 queue id         entry          who, sender, sent/deferred/bounced\n";
    for (std::uint32_t n = 0; n < history.size(); ++n) {
        const Journey journey = history.journey(n);
        const auto tally = journey.tally();
        const auto at = base::iso(std::chrono::floor<std::chrono::seconds>(journey.first()));
        QString row = QStringLiteral("%1  %2 %3 ")
                          .arg(QString::fromStdString(at), -20)
                          .arg(words::inert(journey.queueId()), -16)
                          .arg(words::inert(name(journey.entry())), -14);
        row += words::inert(whoOf(journey)) + QStringLiteral("  <") + words::inert(journey.sender())
            + QStringLiteral(">  %1/%2/%3\n").arg(tally.sent).arg(tally.deferred).arg(tally.bounced);
        output.text() += row.toStdString();
        if (!output.flushIfFull())
            return false;
    }
    return output.flush();
}

// The busiest logins and uids.
QString summaryOf(const History& history)
{
    const maillog::Summary& summary = history.summary();
    std::map<std::string, std::uint64_t> entries;
    std::map<std::string, std::uint64_t> sources;
    for (std::uint32_t n = 0; n < history.size(); ++n) {
        const Journey journey = history.journey(n);
        ++entries[std::string(name(journey.entry()))];
        const bool own
            = journey.entry() == maillog::Entry::Authenticated || journey.entry() == maillog::Entry::Pickup;
        if (own)
            ++sources[whoOf(journey)];
    }
    std::vector<std::pair<std::uint64_t, std::string>> busiest;
    for (const auto& [who, count] : sources)
        busiest.emplace_back(count, who);
    std::ranges::sort(busiest, std::greater<>());
    busiest.resize(std::min<std::size_t>(busiest.size(), 10));
    QString text = QStringLiteral("\n%1 lines; %2 journeys, %3 other events\n")
                       .arg(summary.lines)
                       .arg(history.size())
                       .arg(history.events().size());
    if (summary.from && summary.to)
        text += QString::fromStdString(
            "from " + base::iso(*summary.from) + " to " + base::iso(*summary.to) + "\n");
    for (const auto& [entry, count] : entries)
        text += QStringLiteral("%1  %2\n").arg(count, 9).arg(QString::fromStdString(entry));
    for (const auto& [count, who] : busiest)
        text += QStringLiteral("%1  from ").arg(count, 9) + words::inert(who) + u'\n';
    return text;
}

// 1204331 -> "1 204 331"
QString grouped(std::uint64_t number)
{
    QString text = QString::number(number);
    for (qsizetype at = text.size() - 3; at > 0; at -= 3)
        text.insert(at, u' ');
    return text;
}

QString wordsFor(maillog::Unread kind)
{
    switch (kind) {
    case maillog::Unread::NoStamp:
        return QStringLiteral("without a time stamp");
    case maillog::Unread::NoTag:
        return QStringLiteral("without the program's name");
    case maillog::Unread::OtherProgram:
        return QStringLiteral("of programs that have nothing to do with mail");
    case maillog::Unread::UnknownForm:
        return QStringLiteral("of a mail server, in a form that is not known");
    }
    return {};
}

// "99.2 % of 1 204 331 lines understood", and what the others were, with an example of each.
void sayHowMuchWasUnderstood(const History& history)
{
    const maillog::Summary& summary = history.summary();
    // Never 100.0 % by rounding while there is something to look at.
    const std::uint64_t understood = summary.understood();
    const std::uint64_t tenths = summary.lines == 0 ? 0 : understood * 1000 / summary.lines;
    say(QStringLiteral("%1.%2 % of %3 lines understood")
            .arg(tenths / 10)
            .arg(tenths % 10)
            .arg(grouped(summary.lines)));
    for (std::size_t kind = 0; kind < maillog::unreadKinds; ++kind) {
        const maillog::UnreadLines& lines = summary.unread[kind];
        if (lines.count == 0)
            continue;
        QString sentence = QStringLiteral("%1 %2").arg(grouped(lines.count), wordsFor(maillog::Unread(kind)));
        for (const maillog::LineRef& ref : lines.examples) {
            const base::EvidenceLine line = history.evidence(ref);
            sentence += QStringLiteral("\n    ") + words::inert(line.file) + u':' + QString::number(line.line)
                + QStringLiteral(": ") + words::inert(std::string_view(line.text).substr(0, 160));
        }
        say(sentence);
    }
}

} // namespace

int maillog(const QStringList& arguments)
{
    const auto request = readRequest(arguments);
    if (!request)
        return refuse(request.error());
    Input input = readFiles(request->files);
    if (input.sources.empty())
        return exitFor(*input.trouble);
    const auto history = History::read(std::move(input.sources), request->options);
    if (!history)
        return refuse(history.error());
    sayHowMuchWasUnderstood(**history);
    const bool printed = request->json ? printJson(**history)
                                       : printTable(**history) && print(summaryOf(**history).toUtf8());
    return printed && !input.trouble ? Done : PartlyDone;
}

} // namespace sluicegate::app

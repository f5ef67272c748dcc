// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/containment/fakequeue.h"

#include "models/containment/queuelisting.h"
#include "models/evidence/sha256.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <format>

namespace sluicegate::support {

using base::fail;
using base::FailureKind;
namespace scripts = containment::scripts;

namespace {

std::string when(std::int64_t seconds, const char* form)
{
    const std::time_t at = seconds;
    std::tm parts {};
    gmtime_r(&at, &parts);
    char text[64];
    return std::string(text, std::strftime(text, sizeof text, form, &parts));
}

std::string_view takeLine(std::string_view& text)
{
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

std::string shownSender(const QueuedMail& mail)
{
    return mail.sender.empty() ? "MAILER-DAEMON" : mail.sender;
}

} // namespace

QueuedMail* FakeQueue::find(std::string_view id)
{
    const auto at = std::ranges::find(mails, id, &QueuedMail::id);
    return at == mails.end() ? nullptr : &*at;
}

std::string FakeQueue::listing() const
{
    std::string text;
    for (const QueuedMail& mail : mails) {
        text += std::format(
            R"({{"queue_name": "{}", "queue_id": "{}", "arrival_time": {}, "message_size": {}, )"
            R"("forced_expire": false, "sender": "{}", "recipients": [)",
            mail.place, mail.id, mail.arrival, mail.content.size(), shownSender(mail));
        for (const auto& to : mail.recipients)
            text += std::format(R"({}{{"address": "{}"}})", &to == &mail.recipients.front() ? "" : ", ", to);
        text += "]}\n";
    }
    return text;
}

std::string FakeQueue::plainListing() const
{
    std::string text = "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n";
    for (const QueuedMail& mail : mails) {
        text += std::format("{:<11} {:>7} {}  {}\n", mail.id + (mail.place == "hold" ? "!" : ""),
            mail.content.size(), when(mail.arrival, "%a %b %e %H:%M:%S"), shownSender(mail));
        for (const auto& to : mail.recipients)
            text += std::string(41, ' ') + to + '\n';
        text += '\n';
    }
    return text + "-- 1 Kbytes in " + std::to_string(mails.size()) + " Requests.\n";
}

std::string FakeQueue::postcat(const QueuedMail& mail)
{
    const std::string file = mail.place + '/' + mail.id;
    std::string text = std::format("*** ENVELOPE RECORDS {} ***\nmessage_size: {:>15} {:>15} 1 0 {:>15} 0\n"
                                   "message_arrival_time: {}\nsender: {}\n",
        file, mail.content.size(), 224, mail.content.size(), when(mail.arrival, "%a %b %e %H:%M:%S %Y"),
        mail.sender);
    for (const auto& to : mail.recipients)
        text += "original_recipient: " + to + "\nrecipient: " + to + '\n';
    return text
        + std::format("*** MESSAGE CONTENTS {0} ***\n{1}*** HEADER EXTRACTED {0} ***\n"
                      "named_attribute: encoding=8bit\n*** MESSAGE FILE END {0} ***\n",
            file, mail.content);
}

ssh::Output FakeQueue::super(char act, std::string_view input, bool holdOnly, std::size_t most)
{
    ssh::Output output;
    std::size_t count = 0;
    for (std::size_t n = 0; !input.empty() && n < most; ++n) {
        const std::string id(takeLine(input));
        if (id == "ALL")
            std::abort(); // the whole queue was asked for
        QueuedMail* mail = find(id);
        if (!mail || (act == 'h' && (mail->place == "hold" || mail->place == "maildrop"))
            || ((act == 'H' || holdOnly) && mail->place != "hold"))
            continue;
        if (readOnly)
            return {{},
                std::format(
                    "postsuper: fatal: rename file deferred/{0} as hold/{0}: Read-only file system\n", id),
                1, {}};
        ++count;
        output.err += std::format("postsuper: {}: {}\n", id,
            act == 'd'       ? "removed"
                : act == 'h' ? "placed on hold"
                             : "released from hold");
        if (act == 'd') {
            everErased.push_back(id);
            std::erase_if(mails, [&](const QueuedMail& each) { return each.id == id; });
        } else {
            mail->place = act == 'h' ? "hold" : "deferred";
        }
    }
    output.err += std::format("postsuper: {}: {} messages\n",
        act == 'd'       ? "Deleted"
            : act == 'h' ? "Placed on hold"
                         : "Released from hold",
        count);
    return output;
}

ssh::Output FakeQueue::show(const std::vector<std::string>& ids)
{
    ssh::Output output;
    for (const std::string& id : ids) {
        const QueuedMail* mail = find(id);
        if (!mail) {
            output.err = "postcat: fatal: open queue file " + id + ": No such file or directory\n";
            output.exitStatus = 1;
            break;
        }
        output.out += postcat(*mail);
    }
    return output;
}

ssh::Output FakeQueue::sendmail(std::string_view input)
{
    ssh::Output output;
    while (!input.empty()) {
        QueuedMail mail {
            .id = {}, .sender = std::string(takeLine(input).substr(1)), .recipients = {}, .content = {}};
        for (auto to = takeLine(input); !to.empty(); to = takeLine(input))
            mail.recipients.emplace_back(to);
        std::size_t size = 0;
        const auto line = takeLine(input);
        std::from_chars(line.data(), line.data() + line.size(), size);
        mail.content = input.substr(0, size);
        input.remove_prefix(std::min(size, input.size()));
        injected.push_back(std::move(mail));
        output.out += "0\n";
    }
    return output;
}

ssh::Output FakeQueue::answer(const ssh::Command& command, std::size_t most)
{
    if (const auto at = answers.find(command.script); at != answers.end())
        return at->second;
    if (command.script == scripts::list)
        return tooOld
            ? ssh::Output {{}, "postqueue: invalid option -- 'j'\npostqueue: fatal: usage: postqueue -f\n",
                  69, {}}
            : ssh::Output {listing(), {}, 0, {}};
    if (command.script == scripts::date)
        return {"1795460000 +0000\n", {}, 0, {}};
    if (command.script == scripts::listPlain)
        return {plainListing(), {}, 0, {}};
    if (command.script == scripts::hold)
        return super('h', command.input, false, most);
    if (command.script == scripts::release)
        return super('H', command.input, false, most);
    if (command.script == scripts::erase)
        return super('d', command.input, true, most);
    if (command.script == scripts::show)
        return show(command.arguments);
    if (command.script.contains("sendmail"))
        return sendmail(command.input);
    return {{}, "sh: not found\n", 127, {}};
}

base::Result<ssh::Output> FakeQueue::run(const ssh::Command& command, std::stop_token stop)
{
    if (before)
        before(*this, command);
    if (stop.stop_requested())
        return fail(FailureKind::Cancelled, command.script);
    ran.push_back(command);
    const bool breaks = int(ran.size()) - 1 == breakAt;
    if (breaks && how == Break::Before)
        return fail(FailureKind::ConnectionLost, "root@mail.example.test", "reset by peer");
    auto output = answer(command, breaks && halfOf > 0 ? halfOf : std::size_t(-1));
    if (breaks && how == Break::After)
        return fail(FailureKind::ConnectionLost, "root@mail.example.test", "reset by peer");
    return output;
}

base::Result<void> MemoryLedger::note(const containment::Note& note)
{
    if (m_calls++ == failAt)
        return fail(FailureKind::WriteFailed, "journal.ndjson", "No space left on device");
    all.push_back(note);
    return {};
}

base::Result<std::vector<std::string>> MemoryLedger::keep(std::span<const std::string_view> bytes)
{
    if (m_calls++ == failAt)
        return fail(FailureKind::WriteFailed, "backup", "No space left on device");
    std::vector<std::string> hashes;
    for (const auto each : bytes)
        files[hashes.emplace_back(evidence::sha256(each))] = each;
    return hashes;
}

base::Result<std::string> MemoryLedger::kept(const std::string& sha256) const
{
    const auto at = files.find(sha256);
    if (at == files.end())
        return fail(FailureKind::NotFound, sha256);
    if (evidence::sha256(at->second) != sha256)
        return fail(FailureKind::Mismatch, sha256);
    return at->second;
}

} // namespace sluicegate::support

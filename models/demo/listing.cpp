// SPDX-License-Identifier: GPL-3.0-or-later
// The queue as postqueue and postcat print it.
#include "models/demo/calendar.h"
#include "models/demo/spool.h"

#include <algorithm>
#include <format>

namespace sluicegate::demo {

namespace {

// showq walks the queues one after another: active, deferred, hold.
std::vector<const Queued*> inOrder(const Spool& spool)
{
    std::vector<const Queued*> order;
    for (const Queued& message : spool.messages())
        order.push_back(&message);
    std::ranges::stable_sort(order, {}, [](const Queued* message) { return message->place; });
    return order;
}

std::string inQuotes(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            out += std::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            out += c;
    }
    return out + '"';
}

std::string mark(const Queued& message)
{
    return message.place == "active" ? "*" : message.place == "hold" ? "!" : "";
}

std::string plainRecipients(const Queued& message)
{
    // One reason is written once, above all recipients that share it with the one before.
    std::string out;
    std::string_view last;
    for (const Waiting& recipient : message.recipients) {
        if (!recipient.reason.empty() && recipient.reason != last) {
            const std::string reason = '(' + recipient.reason + ')';
            out += std::format("{:>78}\n", reason);
        }
        last = recipient.reason;
        out += std::format("{:41}{}\n", "", recipient.address);
    }
    return out;
}

std::string envelope(const Queued& message, std::string_view serverIp, std::int64_t zone)
{
    const auto when = calendarText(message.arrival / 1000000 + zone);
    const std::string remote
        = message.client.empty() ? std::string() : message.client + '[' + message.ip + ']';
    std::string out
        = std::format("message_size: {:15d} {:15d} {:15d} {:15d} {:15d} {:15d}\n", message.content.size(),
            600 + message.recipients.size() * 90, message.recipients.size(), 0, message.content.size(), 0);
    out += "message_arrival_time: " + when + "\ncreate_time: " + when + '\n';
    const auto attribute = [&out](std::string_view name, std::string_view value) {
        out += std::format("named_attribute: {}={}\n", name, value);
    };
    if (!message.client.empty())
        attribute("log_ident", message.id);
    attribute("rewrite_context", message.client.empty() ? "local" : "remote");
    if (!message.login.empty()) {
        attribute("sasl_method", message.method);
        attribute("sasl_username", message.login);
    }
    if (!message.fullname.empty())
        out += "sender_fullname: " + message.fullname + '\n';
    out += "sender: " + message.sender + '\n';
    if (!message.client.empty()) {
        attribute("log_client_name", message.client);
        attribute("log_client_address", message.ip);
        attribute("log_client_port", std::to_string(message.port));
        attribute("log_message_origin", remote);
        attribute("log_helo_name", message.helo);
        attribute("log_protocol_name", "ESMTP");
        attribute("client_name", message.client);
        attribute("reverse_client_name", message.client);
        attribute("client_address", message.ip);
        attribute("client_port", std::to_string(message.port));
        attribute("server_address", serverIp);
        attribute("server_port", std::to_string(message.serverPort));
        attribute("helo_name", message.helo);
        attribute("protocol_name", "ESMTP");
        attribute("client_address_type", std::to_string(message.family));
    }
    for (const Waiting& recipient : message.recipients) {
        const std::string& original = recipient.original.empty() ? recipient.address : recipient.original;
        if (!message.bounce)
            attribute("dsn_orig_rcpt", "rfc822;" + original);
        out += "original_recipient: " + original + "\nrecipient: " + recipient.address + '\n';
    }
    return out;
}

} // namespace

std::string listing(const Spool& spool, std::int64_t zone)
{
    if (spool.messages().empty())
        return "Mail queue is empty\n";
    std::string out = "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n";
    std::size_t bytes = 0;
    for (const Queued* message : inOrder(spool)) {
        const std::string when = calendarText(message->arrival / 1000000 + zone).substr(0, 19);
        out += std::format("{:<11} {:>7} {}  {}\n", message->id + mark(*message), message->content.size(),
            when, message->sender.empty() ? "MAILER-DAEMON" : message->sender);
        out += plainRecipients(*message) + '\n';
        bytes += message->content.size();
    }
    const std::size_t count = spool.messages().size();
    return out + std::format("-- {} Kbytes in {} Request{}.\n", bytes / 1024, count, count == 1 ? "" : "s");
}

std::string jsonListing(const Spool& spool)
{
    std::string out;
    for (const Queued* message : inOrder(spool)) {
        out += std::format(R"({{"queue_name": {}, "queue_id": {}, "arrival_time": {}, "message_size": {}, )"
                           R"("forced_expire": false, "sender": {}, "recipients": [)",
            inQuotes(message->place), inQuotes(message->id), message->arrival / 1000000,
            message->content.size(), inQuotes(message->sender.empty() ? "MAILER-DAEMON" : message->sender));
        for (std::size_t i = 0; i < message->recipients.size(); ++i) {
            const Waiting& recipient = message->recipients[i];
            out += std::string(i ? ", " : "") + R"({"address": )" + inQuotes(recipient.address);
            if (!recipient.reason.empty())
                out += R"(, "delay_reason": )" + inQuotes(recipient.reason);
            out += '}';
        }
        out += "]}\n";
    }
    return out;
}

std::string postcat(const Queued& message, PostcatParts parts, std::string_view serverIp, std::int64_t zone)
{
    const bool all = !parts.envelope && !parts.head && !parts.body;
    const std::string path = message.place + '/' + message.id.front() + '/' + message.id;
    const auto split = message.content.find("\n\n");
    std::string out;
    if (all || parts.envelope)
        out += "*** ENVELOPE RECORDS " + path + " ***\n" + envelope(message, serverIp, zone)
            + "*** MESSAGE CONTENTS " + path + " ***\n";
    if (all || parts.head)
        out += message.content.substr(0, split + 1);
    if (all || parts.body)
        out += message.content.substr(split + 1);
    if (all || parts.envelope)
        out += "*** HEADER EXTRACTED " + path + " ***\n*** MESSAGE FILE END " + path + " ***\n";
    return out;
}

} // namespace sluicegate::demo

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/journald.h"

#include "models/maillog/line.h"

#include <simdjson.h>

#include <charconv>

namespace sluicegate::maillog {

namespace {

using simdjson::ondemand::value;

struct Record {
    std::string stamp; // microseconds since 1970
    std::string host;
    std::string identifier;
    std::string command;
    std::string process;
    std::string message;
};

// Text that is no UTF-8 comes as an array of bytes, several values of one field as an array of texts.
void takeArray(simdjson::ondemand::array array, std::string& text)
{
    for (auto element : array) {
        std::string_view part;
        std::uint64_t byte = 0;
        simdjson::ondemand::value item;
        if (element.get(item) != simdjson::SUCCESS)
            return;
        if (item.get_uint64().get(byte) == simdjson::SUCCESS && byte < 256)
            text += static_cast<char>(static_cast<unsigned char>(byte));
        else if (text.empty() && item.get_string(true).get(part) == simdjson::SUCCESS)
            text = part;
    }
}

void take(value member, std::string& text)
{
    std::string_view view;
    simdjson::ondemand::array array;
    text.clear();
    if (member.get_string(true).get(view) == simdjson::SUCCESS)
        text = view;
    else if (member.get_array().get(array) == simdjson::SUCCESS)
        takeArray(array, text);
}

std::string* memberOf(Record& record, std::string_view key)
{
    if (key == "MESSAGE")
        return &record.message;
    if (key == "__REALTIME_TIMESTAMP")
        return &record.stamp;
    if (key == "_HOSTNAME")
        return &record.host;
    if (key == "SYSLOG_IDENTIFIER")
        return &record.identifier;
    if (key == "_COMM")
        return &record.command;
    return key == "SYSLOG_PID" || key == "_PID" ? &record.process : nullptr;
}

class Translator {
public:
    /// False if the line is no record.
    bool read(std::string_view all, std::string_view line)
    {
        const auto at = static_cast<std::size_t>(line.data() - all.data());
        if (all.size() - at >= line.size() + simdjson::SIMDJSON_PADDING)
            return readPadded(simdjson::padded_string_view(line.data(), line.size(), all.size() - at));
        m_tail.assign(line);
        m_tail.append(simdjson::SIMDJSON_PADDING, ' ');
        return readPadded(simdjson::padded_string_view(m_tail.data(), line.size(), m_tail.size()));
    }

    bool write(std::string& out) const
    {
        std::int64_t micros = 0;
        const auto [end, error]
            = std::from_chars(m_record.stamp.data(), m_record.stamp.data() + m_record.stamp.size(), micros);
        constexpr std::int64_t last = 253'402'300'799'000'000; // the end of the year 9999
        if (m_record.stamp.empty() || error != std::errc {} || micros < 0 || micros > last)
            return false;
        const std::string& tag = m_record.identifier.empty() ? m_record.command : m_record.identifier;
        out += base::iso(base::Instant(std::chrono::microseconds(micros)));
        out += ' ';
        append(out, m_record.host.empty() ? "localhost" : m_record.host);
        out += ' ';
        append(out, tag.empty() ? "unknown" : tag);
        if (!m_record.process.empty()) {
            out += '[';
            append(out, m_record.process);
            out += ']';
        }
        out += ": ";
        append(out, m_record.message);
        return true;
    }

private:
    bool readPadded(simdjson::padded_string_view json)
    {
        m_record = {};
        simdjson::ondemand::document document;
        simdjson::ondemand::object members;
        if (m_parser.iterate(json).get(document) != simdjson::SUCCESS
            || document.get_object().get(members) != simdjson::SUCCESS)
            return false;
        for (auto field : members) {
            std::string_view key;
            value member;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS)
                return false;
            std::string* text = memberOf(m_record, key);
            if (field.value().get(member) != simdjson::SUCCESS)
                return false;
            if (text != nullptr && (key != "_PID" || text->empty()))
                take(member, *text);
        }
        return true;
    }

    // One record, one line: line ends are written as rsyslog does.
    static void append(std::string& out, std::string_view text)
    {
        for (const char c : text) {
            if (c == '\n')
                out += "#012";
            else if (c == '\r')
                out += "#015";
            else
                out += c;
        }
    }

    simdjson::ondemand::parser m_parser;
    Record m_record;
    std::string m_tail;
};

} // namespace

bool isJournalExport(std::string_view bytes)
{
    constexpr std::size_t enough = 1 << 16;
    bytes = bytes.substr(0, enough);
    for (int line = 0; line < 8 && !bytes.empty(); ++line) { // the first may be cut
        const std::string_view text = upTo(bytes, "\n");
        if (text.starts_with('{') && contains(text, "\"__REALTIME_TIMESTAMP\""))
            return true;
        bytes.remove_prefix(std::min(text.size() + 1, bytes.size()));
    }
    return false;
}

std::string journalAsText(std::string_view bytes, const std::stop_token& stop)
{
    std::string out;
    Translator translator;
    std::size_t count = 0;
    for (std::size_t at = 0; at < bytes.size(); ++count) {
        constexpr std::size_t recordsBetweenStops = 4096;
        if (count % recordsBetweenStops == 0 && stop.stop_requested())
            return out;
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        const std::string_view line = bytes.substr(at, end - at);
        if (!line.starts_with('{') || !translator.read(bytes, line) || !translator.write(out))
            out += line;
        if (end < bytes.size())
            out += '\n';
        at = end + 1;
    }
    return out;
}

void readJournalExports(std::vector<Source>& sources, const std::stop_token& stop)
{
    for (Source& source : sources) {
        if (!isJournalExport(source.bytes.view()))
            continue;
        source.exported = source.bytes.view().size();
        source.bytes = base::Bytes::own(journalAsText(source.bytes.view(), stop));
    }
}

} // namespace sluicegate::maillog

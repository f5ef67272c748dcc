// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/savedmessage.h"

#include "models/containment/spoolcopy.h"
#include "models/message/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace sluicegate::containment {

namespace {

constexpr std::array<std::string_view, 4> marks {
    "*** ENVELOPE RECORDS ", "*** MESSAGE CONTENTS ", "*** HEADER EXTRACTED ", "*** MESSAGE FILE END "};
enum Mark { Envelope, Contents, Extracted, FileEnd };
constexpr std::string_view markEnd = " ***\n";

// "hold/87FE586": the queue id is the last part.
std::string_view idIn(std::string_view file)
{
    return file.substr(file.rfind('/') + 1);
}

// The file named by a marker line, without its newline; empty when it is no such line.
std::string_view fileOf(std::string_view line, std::string_view mark)
{
    if (!line.starts_with(mark) || !line.ends_with(markEnd))
        return {};
    line.remove_prefix(mark.size());
    line.remove_suffix(markEnd.size());
    return line;
}

std::string markLine(Mark mark, std::string_view file)
{
    return std::string(marks[mark]).append(file).append(markEnd);
}

std::string_view lineAt(std::string_view text, std::size_t at)
{
    const auto end = text.find('\n', at);
    return text.substr(at, end == text.npos ? text.npos : end + 1 - at);
}

// Value of "name: value"; the null sender leaves nothing behind the colon.
std::optional<std::string_view> value(std::string_view line, std::string_view name)
{
    if (!line.starts_with(name) || !line.substr(name.size()).starts_with(':'))
        return {};
    return message::trimmed(line.substr(name.size() + 1));
}

/// Reads envelope records one by one, as they stand in the queue file.
class EnvelopeReader {
public:
    explicit EnvelopeReader(SavedMessage& message) : m_message(message) { }

    void read(std::string_view part)
    {
        for (std::size_t at = 0; at < part.size();) {
            const auto line = lineAt(part, at);
            at += line.size();
            take(line);
        }
    }
    bool knowsSender() const { return m_sender; }

private:
    void take(std::string_view line)
    {
        if (const auto size = value(line, "message_size")) {
            std::from_chars(size->data(), size->data() + size->size(), m_message.size);
        } else if (const auto arrival = value(line, "message_arrival_time")) {
            m_message.arrival = *arrival;
        } else if (const auto sender = value(line, "sender"); sender && !m_sender) {
            m_message.sender = *sender;
            m_sender = true;
        } else if (const auto to = value(line, "recipient"); to && !to->empty()) {
            if (m_known.emplace(*to).second) // a list may name somebody twice
                m_message.recipients.emplace_back(*to);
        }
    }

    SavedMessage& m_message;
    std::set<std::string_view> m_known;
    bool m_sender = false;
};

} // namespace

std::optional<SavedMessage> readSaved(std::string_view bytes)
{
    const auto first = lineAt(bytes, 0);
    const auto file = fileOf(first, marks[Envelope]);
    const auto contents = "\n" + markLine(Contents, file);
    const auto extracted = markLine(Extracted, file);
    const auto end = "\n" + markLine(FileEnd, file);
    if (file.empty() || !bytes.ends_with(end))
        return {};
    const auto from = bytes.find(contents);
    // The body is the sender's and may hold such a line, too: what stands behind it is postcat's.
    const auto until = bytes.rfind(extracted);
    if (from == bytes.npos || until == bytes.npos || until < from + contents.size())
        return {};
    SavedMessage message;
    message.id = idIn(file);
    message.content = bytes.substr(from + contents.size(), until - from - contents.size());
    EnvelopeReader reader(message);
    reader.read(bytes.substr(first.size(), from + 1 - first.size()));
    reader.read(bytes.substr(until + extracted.size()));
    return reader.knowsSender() ? std::optional(std::move(message)) : std::nullopt;
}

bool isCopyOf(const SavedMessage& saved, const Item& item)
{
    std::string sender(saved.sender);
    std::ranges::replace_if(sender, [](char c) { return static_cast<signed char>(c) < 0; }, '?');
    const bool bounce = sender.empty() && (item.sender.empty() || item.sender == "MAILER-DAEMON");
    // Zones differ by whole quarters of an hour, so the seconds are the same in each.
    const auto second = (item.arrival.time_since_epoch() / std::chrono::seconds(1)) % 60;
    const auto colon = saved.arrival.rfind(':');
    const auto said
        = colon == saved.arrival.npos ? std::nullopt : message::number(saved.arrival.substr(colon + 1, 2));
    return saved.id == item.id.value && saved.size == item.size && (bounce || sender == item.sender) && said
        && *said == second;
}

std::vector<std::string_view> splitSaved(std::string_view output, const std::vector<base::QueueId>& ids)
{
    std::set<std::string_view> wanted;
    for (const auto& id : ids)
        wanted.insert(id.value);
    std::vector<std::string_view> messages;
    std::size_t step = 0, begin = 0;
    for (std::size_t at = 0; at < output.size();) {
        const auto line = lineAt(output, at);
        at += line.size();
        const auto mark = std::ranges::find_if(marks, [&](std::string_view each) {
            return line.starts_with("***") && wanted.contains(idIn(fileOf(line, each)));
        });
        if (mark == marks.end())
            continue;
        const auto expected = step / marks.size();
        if (expected >= ids.size() || std::size_t(mark - marks.begin()) != step % marks.size()
            || idIn(fileOf(line, *mark)) != ids[expected].value)
            return {};
        if (step % marks.size() == Envelope && at - line.size() != begin)
            return {};
        if (step % marks.size() == FileEnd) {
            messages.push_back(output.substr(begin, at - begin));
            begin = at;
        }
        ++step;
    }
    return messages;
}

Copy judgeCopy(MailServer server, std::string_view bytes, const Item& item)
{
    const auto judge = [&item](const auto& saved) {
        return !saved ? Copy::NotWhole : isCopyOf(*saved, item) ? Copy::Good : Copy::OfAnother;
    };
    return server == MailServer::Exim ? judge(readSpool(bytes)) : judge(readSaved(bytes));
}

std::vector<std::string_view> splitCopies(
    MailServer server, std::string_view output, const std::vector<base::QueueId>& ids)
{
    return server == MailServer::Exim ? splitSpool(output, ids) : splitSaved(output, ids);
}

} // namespace sluicegate::containment

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/notice.h"

#include "models/message/ascii.h"
#include "models/message/date.h"
#include "models/message/head.h"
#include "models/message/mime.h"
#include "models/notice/gather.h"
#include "models/notice/idsearch.h"
#include "models/notice/pastedjson.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluicegate::notice {

namespace {

using base::FailureKind;
using message::Part;
using message::trimmed;
constexpr std::size_t sizeLimit = 16 * 1024 * 1024;

bool isBlankText(std::string_view bytes)
{
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    return trimmed(bytes).empty();
}

// Files that people drop instead of the notice's text, by their first bytes.
std::string_view foreignFormat(std::string_view bytes)
{
    struct Magic {
        std::string_view bytes;
        std::string_view name;
    };
    static constexpr std::array<Magic, 8> magics {{{"%PDF-", "a PDF: copy its text"},
        {"PK\x03\x04", "a ZIP or Office file: copy its text"}, {"\x89PNG", "a picture: the text is needed"},
        {"\xFF\xD8\xFF", "a picture: the text is needed"}, {"GIF8", "a picture: the text is needed"},
        {"\xD0\xCF\x11\xE0", "an Outlook .msg file: save it as .eml or copy its text"},
        {"\x1F\x8B", "a compressed file: unpack it first"}, {"{\\rtf", "an RTF file: copy its text"}}};
    for (const auto& magic : magics)
        if (bytes.starts_with(magic.bytes))
            return magic.name;
    return {};
}

// More than one control character in a hundred is no text in any encoding mail uses.
bool isRubbish(std::string_view bytes)
{
    const auto control = std::ranges::count_if(bytes, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' && byte != 0x1B)
            || byte == 0x7F;
    });
    return std::size_t(control) * 100 > bytes.size();
}

// A mail begins with fields that programs write; a pasted "From: ... Sent: ..." alone is text.
bool isMail(const message::Head& head)
{
    static constexpr std::array<std::string_view, 6> telling {
        "received", "message-id", "mime-version", "content-type", "return-path", "delivered-to"};
    const auto isTelling = [](const message::Field& field) {
        return std::ranges::any_of(
            telling, [&field](auto name) { return message::sameText(name, field.name); });
    };
    return head.fields.size() >= 2 && std::ranges::any_of(head.fields, isTelling);
}

const message::Field* find(const message::Head& head, std::string_view name)
{
    const auto found = std::ranges::find_if(
        head.fields, [name](const auto& f) { return message::sameText(f.name, name); });
    return found == head.fields.end() ? nullptr : &*found;
}

Traced readable(const Part& part)
{
    Traced text = inUtf8(withoutEncoding(trace(part.body, part.offset), part.encoding), part.charset);
    if (part.type == "text/html")
        text = withoutHtml(text);
    return cleaned(text);
}

class Letter {
public:
    Letter(std::string_view bytes, Notice& notice, Gatherer& gatherer)
        : m_bytes(bytes), m_notice(notice), m_gatherer(gatherer), m_parts(message::parts(bytes))
    {
    }

    void read(const message::Head& head)
    {
        m_notice.kind = Kind::Email;
        if (const auto* date = find(head, "Date"))
            m_gatherer.setReceived(message::parseDate(date->value));
        if (const auto* subject = find(head, "Subject"))
            takeSubject(*subject);
        const auto* from = find(head, "From");
        m_context += from ? from->value + '\n' : std::string {};
        for (std::size_t i = 0; i < m_parts.size(); ++i)
            takePart(i);
        if (!m_subject.text.empty())
            takeText({}); // no text part: the subject still speaks
        m_notice.kind = m_report ? Kind::Arf : kindOf(m_context, m_notice.kind);
        if (const auto* id = find(head, "Message-ID");
            id && !m_gatherer.hasIds() && m_notice.kind == Kind::Email)
            offerItself(*id);
    }

private:
    // The subject often names address and date; its decoded text stands at the field.
    void takeSubject(const message::Field& subject)
    {
        Traced text;
        text.add(subject.value + "\n", subject.offset);
        m_context = subject.value + '\n';
        m_subject = cleaned(text);
    }

    bool isInside(std::size_t i, std::string_view type) const
    {
        for (int parent = m_parts[i].parent; parent >= 0; parent = m_parts[std::size_t(parent)].parent)
            if (m_parts[std::size_t(parent)].type == type)
                return true;
        return false;
    }

    void takePart(std::size_t i)
    {
        const Part& part = m_parts[i];
        if (part.type.starts_with("multipart/") || isInSample(int(i)))
            return;
        if (part.type == "message/feedback-report") {
            m_report = true;
            m_gatherer.takeFeedbackReport(withoutEncoding(trace(part.body, part.offset), part.encoding).text);
        } else if (part.type == "message/rfc822" || part.type == "text/rfc822-headers"
            || part.type == "message/rfc822-headers") {
            takeEnclosed(i);
        } else if (part.type == "application/json" || looksLikeJson(part.body.substr(0, 4096))) {
            m_gatherer.takeJson(
                withoutEncoding(trace(part.body, part.offset), part.encoding).text, part.offset);
        } else if (part.type.starts_with("text/") && !(part.type == "text/html" && hasPlainTwin(i))) {
            takeText(readable(part));
        }
    }

    void takeText(Traced text)
    {
        Traced whole = std::exchange(m_subject, {});
        whole.text += text.text;
        whole.at.insert(whole.at.end(), text.at.begin(), text.at.end());
        m_context += whole.text;
        m_gatherer.takeText(whole);
    }

    // An enclosed mail is the spam itself, or the provider's notice forwarded as an attachment.
    void takeEnclosed(std::size_t i)
    {
        const Part& part = m_parts[i];
        if (!m_report && part.type == "message/rfc822" && isForwardedNotice(i))
            return; // its own parts follow
        m_samples.push_back(int(i));
        const auto bytes = withoutEncoding(trace(part.body, part.offset), part.encoding);
        m_gatherer.takeSample(bytes.text, part.offset);
    }

    bool isForwardedNotice(std::size_t i) const
    {
        for (auto k = i + 1; k < m_parts.size(); ++k) {
            const Part& part = m_parts[k];
            if (part.depth <= m_parts[i].depth)
                break;
            if (part.type == "message/feedback-report")
                return true;
            if (!part.type.starts_with("text/"))
                continue;
            const auto text = readable(part).text;
            if (kindOf(text, Kind::Email) != Kind::Email || !searchIds(text).labelled.empty()
                || message::findText(text, "port 25") != std::string_view::npos)
                return true;
        }
        return false;
    }

    bool isInSample(int i) const
    {
        for (int parent = m_parts[std::size_t(i)].parent; parent >= 0;
            parent = m_parts[std::size_t(parent)].parent)
            if (std::ranges::find(m_samples, parent) != m_samples.end())
                return true;
        return false;
    }

    bool hasPlainTwin(std::size_t i) const
    {
        return std::ranges::any_of(m_parts, [&](const Part& other) {
            return other.parent == m_parts[i].parent && other.type == "text/plain"
                && !trimmed(other.body).empty();
        });
    }

    void offerItself(const message::Field& id)
    {
        auto value = trimmed(id.value);
        if (value.starts_with('<') && value.ends_with('>'))
            value = value.substr(1, value.size() - 2);
        m_gatherer.offerItself(std::string(value));
        m_gatherer.warn("If this mail is the spam itself, its own Message-ID is among the candidates");
    }

    std::string_view m_bytes;
    Notice& m_notice;
    Gatherer& m_gatherer;
    std::vector<Part> m_parts;
    std::vector<int> m_samples;
    Traced m_subject;
    std::string m_context; // subject, sender and all texts
    bool m_report = false;
};

// A whole page, or a piece of one copied from a mail program's source view.
bool isHtml(std::string_view text)
{
    const auto begin = text.substr(0, 2000);
    const auto has
        = [begin](std::string_view what) { return message::findText(begin, what) != std::string_view::npos; };
    const auto first = trimmed(begin);
    const bool tagFirst = first.size() > 1 && first[0] == '<' && message::isAlpha(first[1])
        && first.substr(0, first.find_first_of("> \n")).find('@') == std::string_view::npos;
    return has("<html") || has("<!doctype html")
        || (tagFirst && (has("</p>") || has("</div>") || has("</table>") || has("</li>") || has("<br")));
}

void readText(const Traced& text, Notice& notice, Gatherer& gatherer)
{
    const bool html = isHtml(text.text);
    const Traced plain = cleaned(html ? withoutHtml(text) : text);
    notice.kind = kindOf(plain.text, Kind::FreeText);
    if (notice.kind == Kind::Arf)
        gatherer.takeFeedbackReport(plain.text.substr(message::findText(plain.text, "feedback-type:")));
    gatherer.takeText(plain);
}

} // namespace

base::Result<Notice> read(std::string_view bytes, std::string_view subject)
{
    if (isBlankText(bytes))
        return base::fail(FailureKind::Empty, std::string(subject));
    if (const auto format = foreignFormat(bytes); !format.empty())
        return base::fail(FailureKind::NotUnderstood, std::string(subject), std::string(format));
    const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    if (!utf16 && isRubbish(bytes))
        return base::fail(FailureKind::NotUnderstood, std::string(subject), "binary data");
    Notice notice;
    notice.raw = bytes;
    Gatherer gatherer(notice);
    if (bytes.size() > sizeLimit)
        gatherer.warn("Only the first 16 MiB were read");
    bytes = bytes.substr(0, sizeLimit);
    const auto head = message::readHead(bytes);
    if (utf16) {
        readText(fromUtf16(bytes), notice, gatherer);
    } else if (looksLikeJson(bytes)) {
        notice.kind = Kind::Json;
        gatherer.takeJson(bytes, 0);
    } else if (isMail(head)) {
        Letter(bytes, notice, gatherer).read(head);
    } else {
        readText(inUtf8(trace(bytes, 0), "utf-8"), notice, gatherer);
    }
    gatherer.finish();
    return notice;
}

} // namespace sluicegate::notice

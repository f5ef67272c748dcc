// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/letterrows.h"

#include "models/items/cells.h"
#include "models/message/ascii.h"
#include "models/message/date.h"
#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sluicegate::items {

namespace {

using Row = LetterModel::Row;
using Kind = LetterModel::Kind;
using message::Received;

struct Rows {
    Q_DECLARE_TR_FUNCTIONS(Letter)
};

QString inert(std::string_view text)
{
    return words::inert(text);
}

// What was folded over several lines; the blanks it was folded with say nothing.
QString onOneLine(std::string_view value)
{
    std::string line;
    for (const char c : value.substr(0, 2000))
        if (!message::isBlank(c))
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    return inert(message::trimmed(line));
}

bool isVerdict(const message::Field& field)
{
    static constexpr std::array<std::string_view, 3> names {
        "Authentication-Results", "Received-SPF", "ARC-Authentication-Results"};
    return std::ranges::any_of(names, [&](auto name) { return message::sameText(field.name, name); });
}

const message::Field* fieldNamed(const message::Inspection& inspection, std::string_view name)
{
    const auto found = std::ranges::find_if(inspection.fields,
        [name](const message::Field& field) { return message::sameText(field.name, name); });
    return found == inspection.fields.end() ? nullptr : &*found;
}

class Writer {
public:
    explicit Writer(const Letter& letter) : m_read(letter.inspection) { }

    std::vector<Row> write()
    {
        origin();
        findings();
        hops();
        envelope();
        authentication();
        fields();
        return std::move(m_rows);
    }

private:
    void section(const QString& name) { m_rows.push_back({.kind = Kind::Section, .label = name}); }

    void remark(const QString& text) { m_rows.push_back({.kind = Kind::Remark, .text = text}); }

    void fact(const QString& label, const QString& text, std::optional<std::size_t> offset)
    {
        if (!text.isEmpty())
            m_rows.push_back({.kind = Kind::Fact, .label = label, .text = text, .offset = offset});
    }

    // A script's header is the place; what the envelope alone knows stands nowhere in the header.
    std::optional<std::size_t> placeOf(std::initializer_list<std::string_view> names) const
    {
        for (const std::string_view name : names)
            if (const message::Field* field = fieldNamed(m_read, name))
                return field->offset;
        return submission();
    }

    std::optional<std::size_t> submission() const
    {
        return m_read.submission ? std::optional(m_read.received[*m_read.submission].offset) : std::nullopt;
    }

    void origin()
    {
        const message::Origin& from = m_read.origin;
        section(Rows::tr("Handed in by"));
        const std::size_t before = m_rows.size();
        // Postfix by default says that there was a login, and not whose.
        const bool unnamed
            = from.authUser.empty() && m_read.submission && m_read.received[*m_read.submission].authenticated;
        fact(Rows::tr("Login"),
            unnamed ? Rows::tr("used, but neither header nor envelope names it") : inert(from.authUser),
            submission());
        if (from.uid)
            fact(Rows::tr("System user"),
                from.localUser.empty()
                    ? Rows::tr("uid %1").arg(*from.uid)
                    : Rows::tr("%1 (uid %2)").arg(inert(from.localUser), QString::number(*from.uid)),
                submission());
        else
            fact(Rows::tr("System user"), inert(from.localUser), submission());
        fact(Rows::tr("Script"), script(from),
            placeOf({"X-PHP-Originating-Script", "X-PHP-Script", "X-Additional-Header"}));
        fact(Rows::tr("Folder"), inert(from.directory), placeOf({"X-Additional-Header", "X-Source-Dir"}));
        fact(Rows::tr("Website"), inert(from.vhost), placeOf({"X-PPP-Vhost", "X-PHP-Script"}));
        fact(Rows::tr("Client"), inert(from.ip), submission());
        if (m_rows.size() == before)
            remark(Rows::tr("Neither header nor envelope says who handed it in."));
    }

    static QString script(const message::Origin& from)
    {
        if (from.script.empty() || !from.scriptUid)
            return inert(from.script);
        return Rows::tr("%1 (its file belongs to uid %2)")
            .arg(inert(from.script), QString::number(*from.scriptUid));
    }

    void findings()
    {
        std::vector<message::Anomaly> all = m_read.anomalies;
        std::ranges::stable_sort(all, {}, [](const auto& odd) { return message::gradeOf(odd.id); });
        section(Rows::tr("What is odd"));
        if (all.empty())
            remark(Rows::tr("Nothing."));
        if (m_read.truncated)
            remark(Rows::tr("The head is larger than anyone writes; its end was not read."));
        for (std::size_t i = 0; i < std::min(all.size(), LetterModel::mostFields); ++i)
            m_rows.push_back({.kind = Kind::Finding,
                .label = findingName(all[i].id),
                .note = inert(all[i].text),
                .offset = all[i].offset,
                .grade = message::gradeOf(all[i].id)});
        leftOut(all.size());
    }

    void leftOut(std::size_t all)
    {
        if (all > LetterModel::mostFields)
            remark(Rows::tr("and %Ln more", nullptr, int(all - LetterModel::mostFields)));
    }

    void hops()
    {
        section(Rows::tr("Its way, newest hop first"));
        if (m_read.received.empty())
            return remark(Rows::tr("There is no Received field."));
        double longest = 1;
        for (const Received& hop : m_read.received)
            longest = std::max(longest, hop.delaySeconds.value_or(0));
        for (std::size_t i = 0; i < std::min(m_read.received.size(), LetterModel::mostFields); ++i)
            m_rows.push_back(hopRow(m_read.received[i], m_read.submission == i, longest));
        leftOut(m_read.received.size());
    }

    static Row hopRow(const Received& hop, bool submission, double longest)
    {
        Row row {.kind = Kind::Hop,
            .label = from(hop),
            .text = hop.by.empty() ? Rows::tr("by nobody named") : Rows::tr("to %1").arg(inert(hop.by)),
            .note = details(hop),
            .offset = hop.offset,
            .submission = submission};
        if (!hop.delaySeconds)
            return row;
        // Clocks kept by NTP differ less than that.
        row.alert = *hop.delaySeconds < -3;
        row.share = std::clamp(*hop.delaySeconds / longest, 0.0, 1.0);
        const QString span = words::span(std::chrono::seconds(std::int64_t(*hop.delaySeconds)));
        row.other = row.alert ? Rows::tr("clock %1 behind").arg(span) : span;
        return row;
    }

    static QString from(const Received& hop)
    {
        if (hop.kind == "local")
            return hop.uid              ? Rows::tr("On the server, uid %1").arg(*hop.uid)
                : hop.localUser.empty() ? Rows::tr("On the server itself")
                                        : Rows::tr("On the server, user %1").arg(inert(hop.localUser));
        if (hop.kind == "bounce")
            return Rows::tr("Made by the mail server itself");
        const std::string& name = hop.rdns.empty() || hop.rdns == "unknown" ? hop.helo : hop.rdns;
        if (name.empty() && hop.ip.empty())
            return Rows::tr("From nobody named");
        return Rows::tr("From %1").arg(hop.ip.empty() || name == hop.ip ? inert(name)
                : name.empty()                                          ? inert(hop.ip)
                               : inert(name) + QStringLiteral(" [") + inert(hop.ip) + u']');
    }

    static QString details(const Received& hop)
    {
        QStringList parts;
        parts += hop.date ? Rows::tr("%1 UTC").arg(timeText(*hop.date)) : Rows::tr("no date");
        if (!hop.with.empty())
            parts += inert(hop.with);
        if (!hop.authUser.empty())
            parts += Rows::tr("login %1").arg(inert(hop.authUser));
        else if (hop.authenticated)
            parts += Rows::tr("with a login");
        if (!hop.id.empty())
            parts += Rows::tr("id %1").arg(inert(hop.id));
        if (!hop.helo.empty() && hop.helo != hop.rdns)
            parts += Rows::tr("said %1").arg(inert(hop.helo));
        if (!hop.forRecipient.empty())
            parts += Rows::tr("for %1").arg(inert(hop.forRecipient));
        return parts.join(QStringLiteral(" · "));
    }

    std::string_view inEnvelope(const std::string& name) const
    {
        const auto found = m_read.envelope.find(name);
        return found == m_read.envelope.end() ? std::string_view() : std::string_view(found->second);
    }

    void pair(const QString& label, const QString& envelope, std::string_view field, bool differs)
    {
        const message::Field* in = fieldNamed(m_read, field);
        if (envelope.isEmpty() && !in)
            return;
        m_rows.push_back({.kind = Kind::Pair,
            .label = label,
            .text = envelope.isEmpty() ? Rows::tr("not known") : envelope,
            .other = in ? onOneLine(in->value) : Rows::tr("(no %1)").arg(QString::fromLatin1(field)),
            .offset = in ? std::optional(in->offset) : std::nullopt,
            .alert = differs && in && !envelope.isEmpty()});
    }

    // A blind copy is lawful, so recipients that the header does not name are no alert.
    void envelope()
    {
        m_rows.push_back({.kind = Kind::Section,
            .label = Rows::tr("Envelope beside header"),
            .text = Rows::tr("Envelope"),
            .other = Rows::tr("Header")});
        const std::string_view sender = inEnvelope("sender");
        pair(Rows::tr("Sender"),
            m_read.envelope.contains("sender") && sender.empty() ? Rows::tr("<> (bounce)") : inert(sender),
            "From",
            !sender.empty()
                && message::findText(m_read.value("From"), message::lowered(sender))
                    == std::string_view::npos);
        const auto [first, last] = m_read.envelope.equal_range("recipient");
        QStringList recipients;
        for (auto at = first; at != last && recipients.size() < 5; ++at)
            recipients += inert(at->second);
        const auto all = std::distance(first, last);
        if (all > 5)
            recipients += Rows::tr("and %Ln more", nullptr, int(all) - 5);
        pair(Rows::tr("Recipients"), recipients.join(QStringLiteral(", ")), "To", false);
        pair(Rows::tr("Arrival"), inert(inEnvelope("message_arrival_time")), "Date", false);
        if (m_read.envelope.empty())
            remark(Rows::tr("There is no envelope: this is no copy from the queue."));
    }

    void authentication()
    {
        section(Rows::tr("Authentication results"));
        if (m_read.authentication.empty())
            remark(Rows::tr("No server on its way wrote any. Mail that only leaves has none."));
        for (const message::Field& field : m_read.fields)
            if (isVerdict(field))
                fact(inert(field.name), onOneLine(field.value), field.offset);
    }

    void fields()
    {
        section(Rows::tr("Other header fields, decoded"));
        if (m_read.fields.empty())
            remark(Rows::tr("There is no header field."));
        std::size_t others = 0;
        for (const message::Field& field : m_read.fields) {
            if (message::sameText(field.name, "Received") || isVerdict(field)
                || ++others > LetterModel::mostFields)
                continue;
            m_rows.push_back({.kind = Kind::Field,
                .label = inert(field.name),
                .text = onOneLine(field.value),
                .offset = field.offset});
        }
        leftOut(others);
    }

    const message::Inspection& m_read;
    std::vector<Row> m_rows;
};

} // namespace

std::vector<Row> rowsOf(const Letter& letter)
{
    return Writer(letter).write();
}

} // namespace sluicegate::items

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/letter.h"

#include "models/evidence/bundle.h"
#include "models/message/encoding.h"
#include "models/message/mime.h"
#include "models/message/plaintext.h"
#include "models/message/postcat.h"
#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluicegate::items {

namespace {

struct Body {
    Q_DECLARE_TR_FUNCTIONS(Body)
};

// Folds begin with a tab more often than with a blank; shown as a sign it would only disturb.
std::string withoutTabs(std::string_view line)
{
    std::string result;
    for (const char c : line)
        if (c == '\t')
            result += "    ";
        else
            result += c;
    return result;
}

void splitLines(Letter& letter)
{
    const std::string_view all = letter.bytes.view();
    for (std::size_t at = 0; at < all.size();) {
        if (letter.lines.size() == Letter::mostLines) {
            letter.cut = true;
            return;
        }
        const std::size_t end = std::min(all.find('\n', at), all.size());
        std::string_view line = all.substr(at, end - at);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        letter.starts.push_back(at);
        letter.lines.push_back(
            {{}, letter.lines.size() + 1, withoutTabs(line.substr(0, Letter::longestLine))});
        if (line.size() > Letter::longestLine)
            letter.lines.back().text += " \xE2\x80\xA6"; // an ellipsis
        at = end + 1;
    }
}

std::string_view messageOf(const Letter& letter)
{
    const auto postcat = message::splitPostcat(letter.bytes.view());
    return postcat ? letter.bytes.view().substr(postcat->messageOffset, postcat->messageSize)
                   : letter.bytes.view();
}

// Line by line, because inert() shows a line end as a sign.
QString inertLines(std::string_view text)
{
    QString result;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        result += words::inert(withoutTabs(line)) + u'\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

QString headingOf(const message::Part& part)
{
    QString heading = words::inert(part.type);
    if (!part.fileName.empty())
        heading += QStringLiteral(" · ") + words::inert(part.fileName);
    return QStringLiteral("── %1 · %2 ──\n").arg(heading, words::size(part.body.size()));
}

// Encoded text takes four bytes for three, quoted-printable up to three for one.
std::string textOf(message::Part part, std::size_t room)
{
    part.body = part.body.substr(0, 4 * room);
    const std::string text = message::toUtf8(message::decodedBody(part), part.charset);
    return part.type == "text/html" ? message::textOfHtml(text, room) : text.substr(0, room);
}

QString bodyOf(std::string_view message)
{
    QString result;
    std::size_t room = Letter::mostBody;
    for (const message::Part& part : message::parts(message)) {
        if (part.type.starts_with("multipart/") || part.type == "message/rfc822")
            continue;
        if (!result.isEmpty())
            result += u'\n';
        result += headingOf(part);
        if (!part.type.starts_with("text/")) {
            result += Body::tr("(not shown: it is no text)") + u'\n';
            continue;
        }
        if (part.type == "text/html")
            result += Body::tr("(text of the HTML only: nothing of it is run, drawn or fetched)") + u'\n';
        const std::string text = textOf(part, room);
        result += inertLines(text);
        room -= std::min(room, text.size());
        if (room == 0)
            return result + Body::tr("… the preview ends here");
    }
    return result;
}

} // namespace

std::optional<std::size_t> Letter::lineOf(std::size_t offset) const
{
    if (starts.empty() || (cut && offset >= starts.back() + lines.back().text.size()))
        return {};
    const auto after = std::ranges::upper_bound(starts, offset);
    return after == starts.begin() ? std::nullopt : std::optional(std::size_t(after - starts.begin()) - 1);
}

std::optional<std::pair<std::size_t, std::size_t>> Letter::linesOf(std::size_t offset) const
{
    const auto first = lineOf(offset);
    if (!first)
        return {};
    std::size_t last = *first;
    const auto folds = [this](std::size_t line) {
        return starts[line] < inspection.bodyOffset && lines[line].text.find_first_of(" \t") == 0;
    };
    while (last + 1 < lines.size() && folds(last + 1))
        ++last;
    return std::pair(*first, last);
}

std::optional<std::size_t> Letter::fieldAt(std::size_t line) const
{
    if (line >= starts.size())
        return {};
    const auto after = std::ranges::upper_bound(inspection.fields, starts[line], {}, &message::Field::offset);
    if (after == inspection.fields.begin() || starts[line] >= inspection.bodyOffset)
        return {};
    return (after - 1)->offset;
}

std::shared_ptr<const Letter> Letter::of(
    const QString& name, base::Bytes bytes, message::Inspection inspection)
{
    auto letter = std::make_shared<Letter>();
    letter->name = name;
    letter->bytes = std::move(bytes);
    letter->inspection = std::move(inspection);
    splitLines(*letter);
    const std::string_view message = messageOf(*letter);
    const auto end = std::size_t(message.data() - letter->bytes.view().data()) + message.size();
    letter->headOnly = letter->inspection.bodyOffset >= end;
    if (!letter->headOnly)
        letter->body = bodyOf(message);
    return letter;
}

std::shared_ptr<const Letter> Letter::of(const QString& name, base::Bytes bytes)
{
    auto inspection = message::inspect(bytes.view());
    return of(name, std::move(bytes), std::move(inspection));
}

base::Result<std::shared_ptr<const Letter>> Letter::read(
    const std::filesystem::path& file, std::stop_token stop)
{
    auto unpacked = evidence::unpack(file, stop);
    if (!unpacked)
        return std::unexpected(unpacked.error());
    if (unpacked->bytes.empty())
        return base::fail(base::FailureKind::Empty, file.string());
    return of(words::inert(file.filename().string()), std::move(unpacked->bytes));
}

} // namespace sluicegate::items

// SPDX-License-Identifier: GPL-3.0-or-later
// PHP's mail.log: "[23-Nov-2026 09:40:18 UTC] mail() on [FILE:LINE]: To: ... -- Headers: ... -- Subject:
// ...".
#include "models/hosting/scan.h"
#include "models/hosting/stamp.h"
#include "models/hosting/weblog.h"

#include <algorithm>

namespace sluicegate::hosting {

namespace {

constexpr std::string_view marker = "mail() on [";

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::size_t findNoCase(std::string_view text, std::string_view wanted)
{
    const auto found = std::ranges::search(text, wanted, {}, lower, lower);
    return found.empty() ? std::string_view::npos : static_cast<std::size_t>(found.begin() - text.begin());
}

// PHP puts blanks where CR and LF were, so a field ends at the next "Word: " or two blanks in a row; for an
// address and an id the first closing bracket or blank is enough.
std::string_view headerValue(std::string_view headers, std::string_view name)
{
    const std::size_t at = findNoCase(headers, name);
    if (at == std::string_view::npos)
        return {};
    std::string_view value = scan::trim(headers.substr(at + name.size()));
    return scan::trim(value.substr(0, value.find("  ")));
}

std::string_view bracketed(std::string_view value)
{
    const std::size_t open = value.find('<');
    if (open == std::string_view::npos)
        return value.substr(0, value.find(' '));
    value.remove_prefix(open + 1);
    return value.substr(0, value.find('>'));
}

// "/path/x7.php(1) : eval()'d code(1) : eval()'d code:12" or "/path/form.php:12".
void readPlace(std::string_view place, PhpMail& mail)
{
    const std::size_t colon = place.rfind(':');
    if (colon != std::string_view::npos)
        if (const auto line = scan::number<int>(place.substr(colon + 1))) {
            mail.scriptLine = *line;
            place = place.substr(0, colon);
        }
    mail.evaluated = place.find("eval()'d code") != std::string_view::npos;
    if (mail.evaluated) {
        place = place.substr(0, place.find(" : eval()'d code"));
        const std::size_t open = place.rfind('(');
        if (open != std::string_view::npos && place.ends_with(')'))
            place = place.substr(0, open);
    }
    mail.script = place;
}

void readContent(std::string_view text, PhpMail& mail)
{
    static constexpr std::string_view headersMark = " -- Headers: ";
    static constexpr std::string_view subjectMark = " -- Subject: ";
    const std::size_t to = text.find("To: ");
    const std::size_t headers = text.find(headersMark);
    if (to != std::string_view::npos)
        mail.to
            = scan::trim(text.substr(to + 4, headers == std::string_view::npos ? headers : headers - to - 4));
    if (headers == std::string_view::npos)
        return;
    std::string_view rest = text.substr(headers + headersMark.size());
    // The first mark ends the headers: a form's visitor writes into the subject more often than into the
    // headers, and must not be able to plant a Message-ID there.
    if (const std::size_t subject = rest.find(subjectMark); subject != std::string_view::npos) {
        mail.subject = scan::trim(rest.substr(subject + subjectMark.size()));
        rest = rest.substr(0, subject);
    }
    mail.listField = headerValue(rest, "List-Unsubscribe:");
    if (mail.listField.empty())
        mail.listField = headerValue(rest, "List-Id:");
    mail.messageId = bracketed(headerValue(rest, "Message-ID:"));
    const std::size_t from = findNoCase(rest, " From:");
    if (rest.starts_with("From:") || rest.starts_with("from:"))
        mail.from = bracketed(headerValue(rest, "From:"));
    else if (from != std::string_view::npos)
        mail.from = bracketed(headerValue(rest.substr(from), "From:"));
}

std::optional<base::Instant> stampOf(std::string_view line, std::chrono::seconds zone)
{
    if (!line.starts_with('['))
        return {};
    const std::size_t close = line.find(']');
    return readPhpStamp(line.substr(1, close == std::string_view::npos ? close : close - 1), zone);
}

} // namespace

std::vector<PhpMail> readPhpMailLog(
    std::string_view bytes, std::chrono::seconds zone, const std::stop_token& stop)
{
    std::vector<PhpMail> mails;
    constexpr std::uint64_t linesBetweenStops = 1 << 12;
    for (std::uint64_t number = 1; !bytes.empty(); ++number) {
        if (number % linesBetweenStops == 0 && stop.stop_requested())
            break;
        const std::string_view line = scan::takeLine(bytes);
        const std::size_t at = line.find(marker);
        const auto stamp = stampOf(line, zone);
        if (at == std::string_view::npos || !stamp)
            continue;
        const std::string_view rest = line.substr(at + marker.size());
        const std::size_t close = rest.find("]: ");
        if (close == std::string_view::npos)
            continue;
        PhpMail mail;
        mail.at = *stamp;
        mail.line = number;
        mail.text = line;
        readPlace(rest.substr(0, close), mail);
        readContent(rest.substr(close + 3), mail);
        mails.push_back(std::move(mail));
    }
    return mails;
}

} // namespace sluicegate::hosting

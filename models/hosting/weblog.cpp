// SPDX-License-Identifier: GPL-3.0-or-later
// NCSA combined and common access logs.
#include "models/hosting/weblog.h"

#include "models/hosting/scan.h"
#include "models/hosting/stamp.h"

namespace sluicegate::hosting {

namespace {

// Takes a "quoted" field away. Apache and nginx escape quotes inside as \" or \x22; an unfinished field takes
// the rest of the line.
std::string_view takeQuoted(std::string_view& text)
{
    const std::size_t open = text.find('"');
    if (open == std::string_view::npos) {
        text = {};
        return {};
    }
    text.remove_prefix(open + 1);
    std::size_t end = 0;
    while ((end = text.find_first_of("\"\\", end)) != std::string_view::npos && text[end] == '\\')
        end += 2;
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(end < text.size() ? end + 1 : text.size());
    return field;
}

// Stamps of neighbouring lines are mostly the same: the last one is kept.
class Stamps {
public:
    std::optional<base::Instant> read(std::string_view text)
    {
        if (text != m_text) {
            m_at = readWebStamp(text);
            m_text = text;
        }
        return m_at;
    }

private:
    std::string_view m_text;
    std::optional<base::Instant> m_at;
};

bool outside(base::Instant at, const RequestWindow& window)
{
    return (window.since && at < *window.since) || (window.until && at > *window.until);
}

bool isAddress(std::string_view text)
{
    if (text.find(':') != text.rfind(':'))
        return text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
    return text.contains('.') && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// Apache's vhost_combined, which Debian gives to sites without a log of their own, puts the site before the
// client: "shop.example:443 203.0.113.9 - - [". A client's address comes first elsewhere, and what follows is
// what its ident says: nothing, or whatever it likes.
std::string_view clientOf(std::string_view line)
{
    const std::string_view first = scan::takeUntil(line, ' ');
    if (isAddress(first))
        return first;
    const std::string_view second = scan::takeUntil(line, ' ');
    return isAddress(second) ? second : first;
}

void readRequestLine(std::string_view text, Request& request)
{
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) // a TLS handshake on port 80, or "-" after a time-out
        return;
    request.method = text.substr(0, blank);
    text.remove_prefix(blank + 1);
    request.target = text.substr(0, text.rfind(" HTTP/"));
}

enum class Line { Request, Outside, Unparsed };

Line readLine(std::string_view line, const RequestWindow& window, Stamps& stamps, Request& request)
{
    request.text = line;
    const std::string_view stamp = webStampIn(line);
    const auto at = stamps.read(stamp);
    if (!at)
        return Line::Unparsed;
    if (outside(*at, window))
        return Line::Outside;
    request.at = *at;
    request.ip = clientOf(line);
    std::string_view rest
        = line.substr(static_cast<std::size_t>(stamp.data() - line.data()) + stamp.size() + 1);
    readRequestLine(takeQuoted(rest), request);
    rest = scan::trim(rest);
    request.status = scan::number<int>(scan::takeUntil(rest, ' ')).value_or(0);
    request.bytes = scan::number<std::uint64_t>(scan::takeUntil(rest, ' ')).value_or(0);
    request.referer = takeQuoted(rest);
    request.agent = takeQuoted(rest);
    return Line::Request;
}

} // namespace

AccessLog readAccessLog(std::string_view bytes, const RequestWindow& window, const std::stop_token& stop)
{
    AccessLog log;
    Stamps stamps;
    constexpr std::uint64_t linesBetweenStops = 1 << 14;
    while (!bytes.empty() && (log.lines % linesBetweenStops != 0 || !stop.stop_requested())) {
        const std::string_view line = scan::takeLine(bytes);
        Request request;
        request.line = ++log.lines;
        switch (readLine(line, window, stamps, request)) {
        case Line::Request:
            log.requests.push_back(request);
            break;
        case Line::Unparsed:
            ++log.unparsed;
            break;
        case Line::Outside:
            break;
        }
    }
    return log;
}

} // namespace sluicegate::hosting

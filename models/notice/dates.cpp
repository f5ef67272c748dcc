// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/dates.h"

#include "models/message/ascii.h"
#include "models/message/date.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluicegate::notice {

namespace {

using message::isAlnum;
using message::isAlpha;
using message::isDigit;
using message::number;
using message::sameText;

struct Token {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view text;
    bool isNumber = false;
    bool isWord = false;
};

// Bytes above ASCII belong to words: "février", "décembre", "à".
bool isLetter(char c)
{
    return isAlpha(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<Token> tokens(std::string_view text)
{
    std::vector<Token> result;
    for (std::size_t i = 0; i < text.size();) {
        const auto start = i;
        const bool digits = isDigit(text[i]);
        const bool letters = isLetter(text[i]);
        if (message::isBlank(text[i])) {
            ++i;
            continue;
        }
        do
            ++i;
        while (i < text.size() && ((digits && isDigit(text[i])) || (letters && isLetter(text[i]))));
        result.push_back({start, i, text.substr(start, i - start), digits, letters});
    }
    return result;
}

// English beside the languages in which the big European hosters write.
std::optional<unsigned> month(std::string_view word)
{
    using Names = std::array<std::string_view, 12>;
    static constexpr std::array<Names, 5> languages {{
        {"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
            "november", "dezember"},
        {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
            "novembre", "décembre"},
        {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre"},
        {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
            "ottobre", "novembre", "dicembre"},
        {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december"},
    }};
    if (const auto english = message::monthNamed(word))
        return english;
    for (const auto& names : languages)
        for (unsigned i = 0; i < names.size(); ++i)
            if (sameText(word, names[i]))
                return i + 1;
    for (const auto& [name, value] :
        {std::pair {"mrz", 3U}, {"okt", 10U}, {"dez", 12U}, {"fevrier", 2U}, {"decembre", 12U}})
        if (sameText(word, name))
            return value;
    return {};
}

struct Day {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    bool swappable = false;
};

struct Clock {
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    bool half = false; // AM or PM
};

class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text), m_tokens(tokens(text)) { }

    std::vector<DateHit> read()
    {
        std::vector<DateHit> hits;
        constexpr std::size_t limit = 1000;
        for (std::size_t i = 0; i < m_tokens.size() && hits.size() < limit;) {
            const auto start = i;
            const auto hit = plausibleStart(i) ? dateAt(i) : std::nullopt;
            if (hit)
                hits.push_back(*hit);
            i = hit ? i : start + 1;
        }
        return hits;
    }

private:
    const Token* peek(std::size_t i) const { return i < m_tokens.size() ? &m_tokens[i] : nullptr; }
    bool isText(std::size_t i, std::string_view text) const
    {
        return peek(i) && sameText(m_tokens[i].text, text);
    }
    bool touches(std::size_t i) const { return i > 0 && peek(i) && m_tokens[i].begin == m_tokens[i - 1].end; }
    std::optional<unsigned> numberAt(std::size_t i) const
    {
        const auto* token = peek(i);
        return token && token->isNumber && token->text.size() <= 4 ? number(token->text) : std::nullopt;
    }

    // Not inside of an id, an address or a longer number: "20261123.4711@host", "203.0.113.7".
    bool plausibleStart(std::size_t i) const
    {
        const Token& token = m_tokens[i];
        if (!token.isNumber && !token.isWord)
            return false;
        if (token.isNumber && token.text.size() > 4)
            return false;
        const auto before = token.begin == 0 ? ' ' : m_text[token.begin - 1];
        return !isAlnum(before) && before != '.' && before != '@' && before != '_' && before != '-'
            && before != '/';
    }

    std::optional<DateHit> dateAt(std::size_t& i)
    {
        const auto begin = m_tokens[i].begin;
        Clock clock;
        bool hasTime = false;
        auto at = i;
        auto day = yearFirst(at);
        if (!day)
            day = dayFirst(at = i);
        if (!day)
            day = monthFirst(at = i);
        if (!day)
            day = numeric(at = i);
        if (!day)
            day = ctime(at = i, clock);
        if (!day)
            return {};
        hasTime = clock.hour + clock.minute + clock.second > 0 || takeTime(at, clock);
        const auto zone = hasTime ? takeZone(at) : std::nullopt;
        i = at;
        return make(begin, *day, clock, hasTime, zone);
    }

    std::optional<DateHit> make(std::size_t begin, Day day, const Clock& clock, bool hasTime,
        std::optional<std::chrono::seconds> zone) const
    {
        // AM and PM come with the American order.
        if (day.swappable && clock.half)
            std::swap(day.day, day.month);
        const auto instant = [&](unsigned month, unsigned dayOfMonth) {
            auto at = message::instantOf(day.year, month, dayOfMonth, clock.hour, clock.minute, clock.second);
            return at ? std::optional(*at - zone.value_or(std::chrono::seconds {})) : std::nullopt;
        };
        auto at = instant(day.month, day.day);
        auto otherwise = day.swappable ? instant(day.day, day.month) : std::nullopt;
        if (!at && !otherwise)
            return {};
        if (!at)
            at = std::exchange(otherwise, {});
        if (otherwise == at || clock.half)
            otherwise.reset();
        return DateHit {begin, m_end, *at, hasTime, zone.has_value(), otherwise};
    }

    // 2026-11-23, 2026/11/23, 2026.11.23
    std::optional<Day> yearFirst(std::size_t& i)
    {
        const auto y = numberAt(i);
        const auto m = numberAt(i + 2);
        const auto d = numberAt(i + 4);
        if (!y || m_tokens[i].text.size() != 4 || !isSeparator(i + 1) || !m
            || !isText(i + 3, m_tokens[i + 1].text) || !d)
            return {};
        done(i, 5);
        return Day {int(*y), *m, *d, false};
    }

    bool isSeparator(std::size_t i) const { return isText(i, "-") || isText(i, "/") || isText(i, "."); }

    void done(std::size_t& i, std::size_t count)
    {
        i += count;
        m_end = m_tokens[i - 1].end;
    }

    // 23 November 2026, 23rd of November, 2026; 23. November 2026; 23-Nov-2026; 23 de noviembre de 2026
    std::optional<Day> dayFirst(std::size_t& i)
    {
        const auto d = numberAt(i);
        if (!d || *d > 31)
            return {};
        auto at = skipWords(i + 1, {"st", "nd", "rd", "th", "er", ".", "-", "de", "of"});
        const auto m = peek(at) && m_tokens[at].isWord ? month(m_tokens[at].text) : std::nullopt;
        at = skipWords(at + 1, {".", ",", "-", "de", "of"});
        const auto y = yearAt(at);
        if (!m || !y)
            return {};
        i = at;
        done(i, 1);
        return Day {*y, *m, *d, false};
    }

    // November 23, 2026; Nov 23rd 2026
    std::optional<Day> monthFirst(std::size_t& i)
    {
        const auto m = m_tokens[i].isWord ? month(m_tokens[i].text) : std::nullopt;
        auto at = skipWords(i + 1, {".", "the", "-"});
        const auto d = numberAt(at);
        at = skipWords(at + 1, {"st", "nd", "rd", "th", ",", "-"});
        const auto y = yearAt(at);
        if (!m || !d || !y || m_tokens[at].text.size() != 4)
            return {};
        i = at;
        done(i, 1);
        return Day {*y, *m, *d, false};
    }

    // 23.11.2026, 23/11/2026, 11/23/2026, 23-11-26
    std::optional<Day> numeric(std::size_t& i)
    {
        const auto a = numberAt(i);
        const auto b = numberAt(i + 2);
        if (!a || !b || !isSeparator(i + 1) || !touches(i + 1) || !touches(i + 2)
            || !isText(i + 3, m_tokens[i + 1].text))
            return {};
        const auto y = yearAt(i + 4);
        const bool slash = isText(i + 1, "/");
        if (!y || !touches(i + 4) || *a > 31 || *b > 31 || *a == 0 || *b == 0 || goesOn(i + 5))
            return {};
        done(i, 5);
        if (*b > 12)
            return Day {*y, *a, *b, false};
        return Day {*y, *b, *a, slash && *a <= 12};
    }

    // "10.11.12.13" is an address.
    bool goesOn(std::size_t i) const
    {
        return isSeparator(i) && touches(i) && touches(i + 1) && m_tokens[i + 1].isNumber;
    }

    // Mon Nov 23 09:44:08 2026, and with a zone before the year
    std::optional<Day> ctime(std::size_t& i, Clock& clock)
    {
        const auto m = m_tokens[i].isWord ? month(m_tokens[i].text) : std::nullopt;
        const auto d = numberAt(i + 1);
        if (!m || !d)
            return {};
        auto at = i + 2;
        if (!takeTime(at, clock))
            return {};
        if (peek(at) && m_tokens[at].isWord && message::zoneOffset(m_tokens[at].text))
            m_zone = message::zoneOffset(m_tokens[at++].text);
        const auto y = yearAt(at);
        if (!y || m_tokens[at].text.size() != 4) {
            m_zone.reset();
            clock = {};
            return {};
        }
        i = at;
        done(i, 1);
        return Day {*y, *m, *d, false};
    }

    std::optional<int> yearAt(std::size_t i) const
    {
        const auto y = numberAt(i);
        if (!y || (m_tokens[i].text.size() != 4 && m_tokens[i].text.size() != 2))
            return {};
        const int year = m_tokens[i].text.size() == 2 ? 2000 + int(*y) : int(*y);
        return year >= 1990 && year < 2100 ? std::optional(year) : std::nullopt;
    }

    std::size_t skipWords(std::size_t i, std::initializer_list<std::string_view> words) const
    {
        while (peek(i) && std::ranges::any_of(words, [&](auto word) { return isText(i, word); }))
            ++i;
        return i;
    }

    // What stands between a day and its time: "at around", "um ca.", "gegen", "vers les", "sobre las".
    std::size_t skipToTime(std::size_t i) const
    {
        const auto skip = [this](std::size_t from) {
            return skipWords(from,
                {",", "at", "um", "à", "a", "las", "les", "le", "on", "t", "-", "@", "(", "alle", "ore",
                    "gegen", "ca", "circa", "zirka", "etwa", "ungefähr", "around", "about", "approx",
                    "approximately", "roughly", "vers", "environ", "verso", "sobre", "hacia", "omstreeks",
                    "rond", "om", "~"});
        };
        auto at = skip(i);
        while (at > i && isText(at, ".") && touches(at) && m_tokens[at - 1].isWord) // "ca.", "approx."
            at = skip(at + 1);
        return at;
    }

    bool isHourWord(std::size_t i) const { return isText(i, "uhr") || isText(i, "uur"); }

    // 09:44:08.123, 9:44 PM, 09h44, 09.44 Uhr, 9 Uhr, "T09:44:08Z"
    bool takeTime(std::size_t& i, Clock& clock)
    {
        auto at = skipToTime(i);
        const auto h = numberAt(at);
        const bool colon = isText(at + 1, ":") || isText(at + 1, "h")
            || (isText(at + 1, ".") && touches(at + 1) && touches(at + 2) && isHourWord(at + 3));
        const auto m = colon ? numberAt(at + 2) : std::nullopt;
        if (!h || *h > 24 || m_tokens[at].text.size() > 2)
            return false;
        if (!m || m_tokens[at + 2].text.size() != 2) {
            if (!halfDay(at + 1) && !isHourWord(at + 1))
                return false;
            clock = {*h, 0, 0, false};
            at += 1;
        } else {
            clock = {*h, *m, 0, false};
            at += 3;
            if (isText(at, ":") && numberAt(at + 1) && touches(at)) {
                clock.second = *numberAt(at + 1);
                at += 2;
            }
            if ((isText(at, ".") || isText(at, ",")) && touches(at) && peek(at + 1)
                && m_tokens[at + 1].isNumber && touches(at + 1))
                at += 2; // fraction
        }
        applyHalf(at, clock);
        at = skipWords(at, {"uhr", "uur", "hrs", "hours", "h"});
        m_end = m_tokens[at - 1].end;
        i = at;
        return true;
    }

    // "AM", "p.m."
    std::size_t halfDay(std::size_t i) const
    {
        if (isText(i, "am") || isText(i, "pm"))
            return 1;
        const bool dotted = (isText(i, "a") || isText(i, "p")) && isText(i + 1, ".") && isText(i + 2, "m");
        return dotted ? (isText(i + 3, ".") ? 4 : 3) : 0;
    }

    void applyHalf(std::size_t& at, Clock& clock)
    {
        const auto length = halfDay(at);
        if (length == 0 || clock.hour > 12)
            return;
        const bool afternoon = message::lower(m_tokens[at].text.front()) == 'p';
        clock.hour = clock.hour % 12 + (afternoon ? 12 : 0);
        clock.half = true;
        at += length;
    }

    // "Z", "UTC", "(CET)", "+0100", "+01:00", "UTC+1", "GMT -5"
    std::optional<std::chrono::seconds> takeZone(std::size_t& i)
    {
        if (m_zone)
            return std::exchange(m_zone, {});
        auto at = skipWords(i, {"(", "[", ","});
        const bool word = peek(at) && m_tokens[at].isWord && message::zoneOffset(m_tokens[at].text);
        const bool universal = word && (isText(at, "utc") || isText(at, "gmt"));
        const auto sign = universal ? at + 1 : at;
        if ((isText(sign, "+") || isText(sign, "-")) && touches(sign + 1) && peek(sign + 1)
            && m_tokens[sign + 1].isNumber && (!universal || touches(sign) || isText(sign, "+"))) {
            auto last = sign + 1;
            if (isText(sign + 2, ":") && touches(sign + 2) && numberAt(sign + 3))
                last = sign + 3;
            const auto zone = message::zoneOffset(
                m_text.substr(m_tokens[sign].begin, m_tokens[last].end - m_tokens[sign].begin));
            if (zone) {
                i = last + 1;
                m_end = m_tokens[last].end;
                return zone;
            }
        }
        if (!word)
            return {};
        i = at + 1;
        m_end = m_tokens[at].end;
        return message::zoneOffset(m_tokens[at].text);
    }

    std::string_view m_text;
    std::vector<Token> m_tokens;
    std::size_t m_end = 0;
    std::optional<std::chrono::seconds> m_zone;
};

struct Word {
    std::string_view text;
    int worth = 0;
};

// What stands before a date says what it is the date of.
int worthOf(std::string_view before)
{
    static constexpr std::array<Word, 31> words {{{"as of", 8}, {"detected", 7}, {"detection", 7},
        {"blocked", 6}, {"block", 4}, {"since", 5}, {"last seen", 6}, {"triggered", 5}, {"suspended", 4},
        {"arrival", 5}, {"received-date", 5}, {"email from", 6}, {"erkannt", 7}, {"gesperrt", 6}, {"seit", 4},
        {"détect", 7}, {"bloqu", 6}, {"depuis", 5}, {"desde", 5}, {"rilevat", 6}, {"time", 3}, {"date", 3},
        {"datum", 3}, {"le ", 1}, {"deadline", -9}, {"until", -9}, {"before", -7}, {"expires", -9},
        {"within", -6}, {"spätestens", -9}, {"avant", -7}}};
    int best = 0;
    for (const auto& word : words)
        if (message::findText(before, word.text) != std::string_view::npos)
            best = word.worth < 0 ? word.worth - 20 : std::max(best, word.worth);
    return best;
}

} // namespace

std::vector<DateHit> findDates(std::string_view text)
{
    return Reader(text).read();
}

std::optional<DateHit> blockDate(std::string_view text, const std::optional<base::Instant>& received)
{
    std::optional<DateHit> best;
    int bestWorth = -1000;
    for (const DateHit& hit : findDates(text)) {
        const auto from = hit.begin > 60 ? hit.begin - 60 : 0;
        auto before = text.substr(from, hit.begin - from);
        if (const auto paragraph = before.rfind("\n\n"); paragraph != std::string_view::npos)
            before = before.substr(paragraph);
        const int worth = worthOf(before) * 2 + (hit.hasTime ? 1 : 0);
        if (worth > bestWorth) {
            best = hit;
            bestWorth = worth;
        }
    }
    if (best && best->otherwise && received) {
        const auto distance
            = [&](base::Instant at) { return at > *received ? at - *received : *received - at; };
        if (distance(*best->otherwise) < distance(best->at))
            best->at = *best->otherwise;
        best->otherwise.reset();
    }
    return bestWorth <= -20 ? std::nullopt : best;
}

} // namespace sluicegate::notice

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/received.h"

#include "models/message/ascii.h"
#include "models/message/date.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace sluicegate::message {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr int commentDepth = 64;

struct Token {
    std::string_view text;
    bool comment = false; // text is without its outer parentheses
};

struct Parts {
    std::vector<Token> tokens;
    std::string_view date;
    bool tooDeep = false;
};

// Where a quoted local part ends that begins at `at` with <", else `at`: an address may hold any sign, as in
// "for <"a(b"@fig.test>".
std::size_t pastQuoted(std::string_view value, std::size_t at)
{
    if (!value.substr(at).starts_with("<\""))
        return at;
    for (std::size_t i = at + 2; i < std::min(value.size(), at + 1000); ++i)
        if (value[i] == '\\')
            ++i;
        else if (value[i] == '"')
            return value.substr(i).starts_with("\"@") ? i : at;
    return at;
}

// Words and comments up to the last ';' outside of comments; behind it stands the date.
Parts split(std::string_view value)
{
    Parts parts;
    std::size_t start = npos;
    std::size_t beforeDate = npos;
    int depth = 0;
    const auto endWord = [&](std::size_t at) {
        if (start != npos && depth == 0)
            parts.tokens.push_back({value.substr(start, at - start), false});
        start = depth == 0 ? npos : start;
    };
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == '\\' && depth > 0) {
            ++i;
        } else if (const auto end = c == '<' ? pastQuoted(value, i) : i; end != i) {
            start = start == npos ? i : start;
            i = end;
        } else if (c == '(' && depth < commentDepth) {
            endWord(i);
            if (depth++ == 0)
                start = i + 1;
        } else if (c == '(') {
            parts.tooDeep = true;
        } else if (c == ')' && depth > 0) {
            if (--depth == 0) {
                parts.tokens.push_back({value.substr(start, i - start), true});
                start = npos;
            }
        } else if (depth == 0 && (isBlank(c) || c == ';')) {
            endWord(i);
            if (c == ';') {
                parts.date = value.substr(i + 1);
                beforeDate = parts.tokens.size();
            }
        } else if (depth == 0 && start == npos) {
            start = i;
        }
    }
    if (depth > 0) {
        parts.tooDeep = true;
        parts.tokens.push_back({value.substr(std::min(start, value.size())), true});
    } else {
        endWord(value.size());
    }
    if (beforeDate != npos && parseDate(parts.date))
        parts.tokens.resize(std::min(beforeDate, parts.tokens.size()));
    return parts;
}

// Text behind `key` in a comment up to one of `stops`; empty when the key is absent.
std::string_view behind(std::string_view comment, std::string_view key, std::string_view stops = ", \t")
{
    for (auto at = findText(comment, key); at != npos; at = findText(comment, key, at + 1)) {
        if (at > 0 && (isAlnum(comment[at - 1]) || comment[at - 1] == '-'))
            continue;
        const auto rest = trimmed(comment.substr(at + key.size()));
        return rest.substr(0, rest.find_first_of(stops));
    }
    return {};
}

// `word` stands in the comment, and is not denied or part of another.
bool says(std::string_view comment, std::string_view word)
{
    const auto at = findText(comment, word);
    return at != npos && (at == 0 || comment[at - 1] == ' ' || comment[at - 1] == ',')
        && findText(comment, "not authenticated") == npos;
}

std::string_view withoutBrackets(std::string_view text)
{
    const auto quoted = pastQuoted(text, 0);
    if (text.starts_with('<'))
        text.remove_prefix(1);
    if (const auto end = text.find('>', quoted); end != npos)
        text = text.substr(0, end);
    return text;
}

std::string_view withoutFinalDot(std::string_view name)
{
    return name.size() > 1 && name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
}

// A login name as found in a comment, or nothing: words of the sentence around it are none.
std::string_view login(std::string_view comment)
{
    static constexpr std::array<std::string_view, 13> keys {
        "authenticated sender:", "authenticated user:", "authenticated user=", "authenticated as ",
        "authenticated user ", "authenticated sender ", "authid=", "auth_id=", "auth=", "smtp-auth username ",
        "account authenticated:", "auth: login ", "auth: plain "};
    // Postfix: the rest of the comment is the name, blanks and all.
    if (startsWith(comment, keys[0]))
        return trimmed(comment.substr(keys[0].size()));
    for (const auto key : keys)
        if (const auto name = behind(comment, key); !name.empty())
            return withoutBrackets(name);
    if (findText(comment, "authenticated") != npos)
        if (const auto name = behind(comment, "user="); !name.empty())
            return name;
    const auto name = behind(comment, "authenticated ");
    const bool sentence = name.find('=') != npos || name.starts_with('(') || sameText(name, "with")
        || sameText(name, "bits") || sameText(name, "by");
    return sentence ? std::string_view {} : name;
}

class Reader {
public:
    explicit Reader(std::string_view value) : m_parts(split(value)) { }

    Received read(bool* tooDeep)
    {
        for (std::size_t i = 0; i < m_parts.tokens.size(); ++i)
            take(i);
        m_hop.with = trimmed(m_hop.with);
        m_hop.date = parseDate(m_parts.date);
        finish();
        if (tooDeep)
            *tooDeep = m_parts.tooDeep;
        return std::move(m_hop);
    }

private:
    enum class Clause { None, From, By, Via, With, Id, For };

    void take(std::size_t i)
    {
        const Token& token = m_parts.tokens[i];
        if (token.comment) {
            comment(token.text);
            return;
        }
        if (const auto next = clauseNamed(token.text, i); next != Clause::None) {
            m_clause = next;
            m_words = 0;
            return;
        }
        word(token.text);
        ++m_words;
    }

    // "by" and its like only count where a clause may begin: a client may call itself "with".
    Clause clauseNamed(std::string_view text, std::size_t i) const
    {
        static constexpr std::array<std::pair<std::string_view, Clause>, 6> names {
            {{"from", Clause::From}, {"by", Clause::By}, {"via", Clause::Via}, {"with", Clause::With},
                {"id", Clause::Id}, {"for", Clause::For}}};
        const bool waiting = m_clause != Clause::None && m_words == 0;
        const bool last = i + 1 == m_parts.tokens.size();
        for (const auto& [name, clause] : names)
            if (sameText(text, name) && !waiting && !last
                && !(clause == Clause::From && m_clause != Clause::None))
                return clause;
        return Clause::None;
    }

    void word(std::string_view text)
    {
        if (m_words > 0 && sameText(text, "auth=yes")) // OpenSMTPD: "id 1a2b auth=yes user=anna for <...>"
            m_hop.authenticated = true;
        if (m_words > 0 && m_hop.authenticated && startsWith(text, "user="))
            m_hop.authUser = text.substr(5);
        switch (m_clause) {
        case Clause::From:
            if (m_words == 0)
                m_from = text;
            else if (m_words == 1 && m_hop.ip.empty())
                m_hop.ip = ipIn(text); // "from name [192.0.2.1] by ..."
            break;
        case Clause::By:
            if (m_words == 0)
                m_hop.by = withoutFinalDot(text);
            break;
        case Clause::With:
            if (sameText(text, "tls"))
                m_clause = Clause::None; // Exim: "with esmtps tls TLS_AES_256_GCM_SHA384"
            else
                (m_hop.with += ' ') += text;
            break;
        case Clause::Id:
            if (m_words == 0)
                m_hop.id = withoutBrackets(text);
            break;
        case Clause::For:
            if (m_words == 0)
                m_hop.forRecipient = withoutBrackets(text);
            break;
        case Clause::Via:
        case Clause::None:
            break;
        }
    }

    void comment(std::string_view text)
    {
        if (qmail(text) || postfixLocal(text) || sendmailLocal(text))
            return;
        if (!isForeign(text))
            credentials(text);
        if (m_clause == Clause::From)
            client(text);
        else if (m_clause == Clause::With)
            bareLogin(text);
        if (findText(text, "postfix") == 0)
            m_postfix = true;
        if (startsWith(text, "exim"))
            m_exim = true;
    }

    void credentials(std::string_view text)
    {
        if (const auto uid = number(behind(text, "uid ")); uid && startsWith(text, "uid "))
            m_hop.uid = uid; // Courier: "(uid 33)"
        if (says(text, "authenticated") || says(text, "smtp-auth") || startsWith(text, "auth:"))
            m_hop.authenticated = true;
        if (const auto name = login(text); !name.empty() && m_hop.authUser.empty())
            m_hop.authUser = name;
    }

    // What the other side chose: its name, HELO and ident, its certificate, the sender. "(HELO auth=anna)" is
    // no login.
    bool isForeign(std::string_view text) const
    {
        for (const std::string_view start : {"helo ", "envelope-from ", "client cn "})
            if (startsWith(text, start))
                return true;
        if (m_clause != Clause::From)
            return false;
        for (int words = 0; words < 2 && !text.empty(); ++words) {
            const auto word = text.substr(0, text.find_first_of(" \t"));
            if (startsWith(word, "helo=") || startsWith(word, "ident=")
                || !ipIn(word.substr(word.rfind('@') + 1)).empty())
                return true;
            text = trimmed(text.substr(word.size()));
        }
        return false;
    }

    // "(qmail 19514 invoked by uid 10003)", "... from network)", "... for bounce)", "... by alias)"
    bool qmail(std::string_view text)
    {
        if (!startsWith(text, "qmail ") || findText(text, "invoked") == npos)
            return false;
        if (findText(text, "invoked from network") != npos)
            m_hop.kind = "smtp";
        else if (findText(text, "invoked for bounce") != npos)
            m_hop.kind = "bounce";
        else if (const auto uid = number(behind(text, "invoked by uid ")); uid)
            m_hop.uid = uid;
        else
            m_hop.localUser = behind(text, "invoked by ");
        return true;
    }

    // "(Postfix, from userid 10003)"
    bool postfixLocal(std::string_view text)
    {
        m_hop.uid = m_hop.uid ? m_hop.uid : number(behind(text, "from userid "));
        return m_hop.uid.has_value() && findText(text, "from userid") != npos;
    }

    // Sendmail: "(from apache@localhost)"
    bool sendmailLocal(std::string_view text)
    {
        if (m_clause != Clause::None || !m_from.empty() || !startsWith(text, "from "))
            return false;
        const auto who = trimmed(text.substr(5));
        m_hop.localUser = who.substr(0, who.find('@'));
        return !m_hop.localUser.empty();
    }

    // The comments behind "from": where the client's name and address stand in each daemon's order.
    void client(std::string_view text)
    {
        if (startsWith(text, "helo ")) { // qmail: "(HELO User)"
            m_hop.helo = trimmed(text.substr(5));
            m_named = true;
            return;
        }
        if (startsWith(text, "account ")) { // CommuniGate: "(account anna@shop.example HELO desk)"
            m_hop.authUser = behind(text, "account ");
            m_hop.helo = behind(text, "helo ");
            m_named = !m_hop.helo.empty();
            return;
        }
        m_name = {};
        std::size_t start = 0;
        while (start < text.size()) {
            const auto end = std::min(text.find_first_of(" \t", start), text.size());
            clientWord(text.substr(start, end - start), start == 0);
            start = end + 1;
        }
        // A name counts only beside its address: TLS and login comments stand behind "from", too.
        if (m_hop.rdns.empty() && m_nameHasAddress)
            m_hop.rdns = withoutFinalDot(m_name);
        m_nameHasAddress = false;
    }

    void clientWord(std::string_view text, bool first)
    {
        if (text.empty() || text.front() == '(')
            return; // "(may be forged)"
        if (startsWith(text, "helo=")) {
            m_hop.helo = text.substr(5);
            m_named = true;
            return;
        }
        if (startsWith(text, "port=") || startsWith(text, "ident="))
            return;
        // "[192.0.2.1]", "[IPv6:...]:25", qmail's "anna@shop.example@192.0.2.1", Sendmail's "ident@name"
        const auto at = text.rfind('@');
        const auto host = at == npos ? text : text.substr(at + 1);
        if (const auto ip = ipIn(host); !ip.empty()) {
            if (m_hop.ip.empty())
                m_hop.ip = ip;
            if (at != npos)
                m_ident = text.substr(0, at);
            m_nameHasAddress = true;
            m_bracketed = m_bracketed || host.starts_with('[');
            m_bareIp = m_bareIp || !host.starts_with('[');
            return;
        }
        if (first && text.find('=') == npos && !host.starts_with('['))
            m_name = host;
    }

    // "with esmtpsa (anna@shop.example)": some Exim set-ups put the login there.
    void bareLogin(std::string_view text)
    {
        if (m_hop.authUser.empty() && text.find('@') != npos && text.find_first_of(" =<\t:") == npos)
            m_hop.authUser = text;
    }

    void finish()
    {
        names();
        const auto with = lowered(m_hop.with.substr(0, m_hop.with.find(' ')));
        const bool local
            = m_hop.uid || !m_hop.localUser.empty() || with == "local" || startsWith(with, "local-");
        if (local && m_hop.kind.empty())
            m_hop.kind = "local";
        if (with == "local" && m_hop.localUser.empty() && m_exim)
            m_hop.localUser = std::exchange(m_hop.helo, {});
        if (m_hop.kind == "local" && m_hop.ip.empty() && m_exim)
            m_hop.rdns.clear();
        if (m_hop.kind.empty() && startsWith(with, "http"))
            m_hop.kind = "http"; // webmail writes down its own client
        const bool smtp
            = with.find("smtp") != npos || with.find("lmtp") != npos || startsWith(m_hop.with, "Microsoft");
        if (m_hop.kind.empty() && (smtp || !m_hop.ip.empty()))
            m_hop.kind = "smtp";
        // Postfix writes "by HOST (Postfix) id QID" for its own notices, and for clients it was told to hide.
        if (m_hop.kind.empty() && m_postfix)
            m_hop.kind = "smtp";
        if (m_hop.kind.empty())
            m_hop.kind = "unknown";
        if (!m_ident.empty() && m_hop.authUser.empty()
            && (isAuthenticated(m_hop) || m_ident.find('@') != npos))
            m_hop.authUser = m_ident;
        m_hop.authenticated = isAuthenticated(m_hop);
    }

    // Which of the names is the client's claim and which the resolver's answer.
    void names()
    {
        const auto fromIp = ipIn(m_from);
        if (m_exim && m_hop.ip.empty() && !fromIp.empty())
            m_hop.ip = fromIp; // Exim: no verified name: "from [192.0.2.1] (helo=x)"
        const bool eximForm = m_exim || (m_named && m_hop.helo.size() && m_bracketed && m_hop.rdns.empty());
        if (eximForm || m_bareIp) {
            // Exim and qmail put the verified name first, and leave HELO out when it is the same.
            if (fromIp.empty() && m_hop.rdns.empty())
                m_hop.rdns = m_from;
            if (!m_named && fromIp.empty())
                m_hop.helo = m_from;
            return;
        }
        if (m_hop.helo.empty())
            m_hop.helo = m_from;
        if (m_hop.ip.empty() && m_hop.rdns.empty() && !fromIp.empty())
            m_hop.ip = fromIp;
    }

    Parts m_parts;
    Received m_hop;
    Clause m_clause = Clause::None;
    int m_words = 0;
    std::string_view m_from;
    std::string m_ident;
    std::string_view m_name;
    bool m_nameHasAddress = false;
    bool m_named = false; // HELO was given by name
    bool m_bracketed = false;
    bool m_bareIp = false;
    bool m_exim = false;
    bool m_postfix = false;
};

} // namespace

bool isAuthenticated(const Received& hop)
{
    if (hop.authenticated || !hop.authUser.empty())
        return true;
    // RFC 3848: SMTP over ... with A for AUTH and S for STARTTLS; RFC 6531 adds UTF8SMTP.
    static constexpr std::array<std::string_view, 8> protocols {
        "esmtpa", "esmtpsa", "utf8smtpa", "utf8smtpsa", "asmtp", "lmtpa", "lmtpsa", "asmtps"};
    return std::ranges::any_of(protocols, [&hop](auto p) { return sameText(p, hop.with); });
}

Received parseReceived(std::string_view value, bool* tooDeep)
{
    // No daemon writes more than a few hundred bytes; the tokens of megabytes would cost gigabytes.
    constexpr std::size_t limit = 64 * 1024;
    Received hop = Reader(value.substr(0, limit)).read(tooDeep);
    if (tooDeep)
        *tooDeep = *tooDeep || value.size() > limit;
    return hop;
}

} // namespace sluicegate::message

// SPDX-License-Identifier: GPL-3.0-or-later
// Clues in words: one sentence for each rule of resources/rules/weights.txt, with its values in that order.
#include "models/words/amounts.h"

#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sluicegate::words {

namespace {

using attribution::Clue;

struct Clues {
    Q_DECLARE_TR_FUNCTIONS(Clue)
};

struct Sentence {
    std::string_view rule;
    const char* text; // %Ln is the clue's count, %1 ... its values
};

constexpr std::array sentences {
    // All sources.
    Sentence {"noticed", QT_TRANSLATE_N_NOOP("Clue", "%Ln noticed Message-ID(s) belong to it.")},
    Sentence {"burst",
        QT_TRANSLATE_N_NOOP(
            "Clue", "A sudden burst: %Ln message(s) in the ten minutes from %1, against %2 a day before.")},
    Sentence {"burst, no days before",
        QT_TRANSLATE_N_NOOP("Clue", "A sudden burst: %Ln message(s) in the ten minutes from %1.")},
    Sentence {
        "bounce-share", QT_TRANSLATE_NOOP("Clue", "%1 % of its recipients do not exist or refuse the mail.")},
    Sentence {"low-bounce", QT_TRANSLATE_NOOP("Clue", "Hardly any recipient refuses its mail (%1 %).")},
    Sentence {
        "limit-rejects", QT_TRANSLATE_N_NOOP("Clue", "The outgoing limit refused %Ln of its message(s).")},
    Sentence {
        "many-recipients", QT_TRANSLATE_NOOP("Clue", "Many recipients in each message: %1 on average.")},
    Sentence {
        "night-hours", QT_TRANSLATE_NOOP("Clue", "%1 % of it was sent at night by the server's clock.")},
    // Logins.
    Sentence {"external-login",
        QT_TRANSLATE_N_NOOP(
            "Clue", "%Ln message(s) were submitted from outside with the login %1, for example from %2.")},
    Sentence {"local-login",
        QT_TRANSLATE_N_NOOP("Clue",
            "%Ln message(s) were submitted from the server itself (%2) with the login %1: by webmail or a "
            "website's mail plugin.")},
    Sentence {"many-networks",
        QT_TRANSLATE_NOOP("Clue", "The login was used from %1 networks within one hour, from %2 in all.")},
    Sentence {"new-networks",
        QT_TRANSLATE_NOOP("Clue",
            "It was used from networks this login never used before, for example %1 (days of history: %2).")},
    Sentence {"foreign-sender",
        QT_TRANSLATE_N_NOOP("Clue",
            "%Ln message(s) carry a sender that is not the login's own, for example %1 (different senders: "
            "%2).")},
    Sentence {"varied-helo", QT_TRANSLATE_NOOP("Clue", "Its clients greet with ever new names: %1.")},
    Sentence {"failures-before-login",
        QT_TRANSLATE_N_NOOP(
            "Clue", "%Ln failed login(s), then a successful one (%1): the password was guessed.")},
    Sentence {"webmail-requests",
        QT_TRANSLATE_N_NOOP(
            "Clue", "%Ln message(s) match send requests in the webmail log of %1, most of them from %2.")},
    // Websites.
    Sentence {"submitted-by-user",
        QT_TRANSLATE_N_NOOP(
            "Clue", "%Ln message(s) were handed to sendmail by the system user %1 (uid %2).")},
    Sentence {"submitted-locally",
        QT_TRANSLATE_N_NOOP(
            "Clue", "%Ln message(s) were handed to the mail server from %1 without a login.")},
    Sentence {"form-posts",
        QT_TRANSLATE_NOOP(
            "Clue", "POST requests to %1 match %2 % of the messages one to one (requests: %3).")},
    Sentence {"form-subjects",
        QT_TRANSLATE_N_NOOP(
            "Clue", "%Ln subject(s) are built by a web application's own template, for example “%1”.")},
    Sentence {"site-sender",
        QT_TRANSLATE_N_NOOP("Clue", "%Ln message(s) were sent in the name of the site, for example as %1.")},
    Sentence {"one-address-each", QT_TRANSLATE_NOOP("Clue", "Each message goes to another single stranger.")},
    Sentence {"posting-clients",
        QT_TRANSLATE_NOOP("Clue",
            "Few clients posted again and again: %1 made %2 of the requests, %3 client(s) made all.")},
    Sentence {"evaluated-code",
        QT_TRANSLATE_N_NOOP("Clue", "%Ln time(s) mail() ran in code made up on the fly (eval) in %1.")},
    Sentence {"script-place",
        QT_TRANSLATE_NOOP("Clue", "The script %1 lies in %2, where a website keeps data, not programs.")},
    Sentence {"odd-script", QT_TRANSLATE_NOOP("Clue", "No known application has a script like %1.")},
    Sentence {"new-script",
        QT_TRANSLATE_NOOP(
            "Clue", "The script %1 was put there or changed shortly before, at %2, while little else was.")},
    Sentence {"script-posts",
        QT_TRANSLATE_NOOP("Clue", "%1 received %2 POST request(s) from %3 client(s) while it sent.")},
    Sentence {"few-posts",
        QT_TRANSLATE_NOOP(
            "Clue", "Far more messages (%1) than web requests (%2): one request makes many messages.")},
    Sentence {"no-requests",
        QT_TRANSLATE_NOOP(
            "Clue", "No web request to %1 lies near the messages: a timer or a shell started them.")},
    Sentence {"unlike-site",
        QT_TRANSLATE_NOOP("Clue", "Its senders are not the site's, for example %1 (different senders: %2).")},
    // Other ways.
    Sentence {"mail-socket",
        QT_TRANSLATE_NOOP(
            "Clue", "The process %1 of the user %2 is no mail server and talks to others' mail ports.")},
    Sentence {"not-in-log",
        QT_TRANSLATE_NOOP("Clue", "The log covers the time and holds none of the noticed messages.")},
    Sentence {
        "list-headers", QT_TRANSLATE_NOOP("Clue", "Its messages offer to unsubscribe, for example %1.")},
    Sentence {"steady-rate",
        QT_TRANSLATE_NOOP("Clue", "An even rate of %1 messages a minute, as a mailing program keeps it.")},
    Sentence {
        "same-sender", QT_TRANSLATE_NOOP("Clue", "All of it carries one sender that belongs to it: %1.")},
    Sentence {"earlier-mailings",
        QT_TRANSLATE_NOOP("Clue", "There were mailings like this one on earlier days (%1).")},
    Sentence {
        "forwarded", QT_TRANSLATE_N_NOOP("Clue", "%Ln message(s) came in for %1 and were sent on to %2.")},
    Sentence {"backscatter",
        QT_TRANSLATE_N_NOOP("Clue", "%Ln message(s) were returned to senders who never wrote, at %1.")},
    Sentence {"relayed",
        QT_TRANSLATE_N_NOOP("Clue",
            "%Ln message(s) were taken from outside (%1) without a login and sent on to strangers (domains: "
            "%2).")},
    Sentence {"system-user", QT_TRANSLATE_NOOP("Clue", "The system itself wrote it (%1).")},
};

// Puts the values in for %1, %2 ... in one pass: a value that holds "%1" itself stays as it is.
QString filled(const QString& text, const std::vector<std::string>& values)
{
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int digit = text.at(i) == u'%' && i + 1 < text.size() ? text.at(i + 1).digitValue() : 0;
        if (digit < 1) {
            out += text.at(i);
            continue;
        }
        const auto index = std::size_t(digit - 1);
        out += index < values.size() ? inert(values[index]) : QStringLiteral("?");
        ++i;
    }
    return out;
}

// A rule this table does not know yet must still be readable: its name in plain letters, and what it names.
QString neutral(const Clue& clue)
{
    QString rule = inert(clue.rule);
    rule.replace(u'-', u' ');
    if (!rule.isEmpty())
        rule[0] = rule.at(0).toUpper();
    QStringList values;
    for (const std::string& value : clue.values)
        values << inert(value);
    const QString seen = Clues::tr("seen %Ln time(s)", nullptr, number(clue.count));
    return values.isEmpty() ? Clues::tr("%1 (%2).").arg(rule, seen)
                            : Clues::tr("%1: %2 (%3).").arg(rule, values.join(QStringLiteral(", ")), seen);
}

} // namespace

QString text(const Clue& clue)
{
    // A log that does not reach back cannot say what was usual.
    const bool hasNoDays = clue.rule == "burst" && clue.values.size() < 2;
    const std::string_view rule = hasNoDays ? "burst, no days before" : std::string_view(clue.rule);
    const auto known = std::ranges::find(sentences, rule, &Sentence::rule);
    if (known == sentences.end())
        return neutral(clue);
    return filled(QCoreApplication::translate("Clue", known->text, nullptr, number(clue.count)), clue.values);
}

} // namespace sluicegate::words

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/shape.h"

#include "models/message/ascii.h"
#include "models/message/mime.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sluicegate::message {

namespace {

constexpr std::size_t longestToken = 200;
constexpr std::size_t mostWords = 60;
// A bucket of more templates than that has no template: each further subject stands for itself.
constexpr std::size_t mostCompared = 60;

// Short runs say too little to tell hexadecimal from any other.
char classOf(std::string_view run)
{
    if (run.size() < 8)
        return 'w';
    const bool hex = std::ranges::all_of(run, isHex);
    return run.size() < 16 ? (hex ? 'x' : 'a') : (hex ? 'X' : 'A');
}

// What the servers on the way add, and what says nothing about the tool.
bool isOfTheWay(std::string_view name)
{
    static constexpr std::array<std::string_view, 10> names {"received", "return-path", "delivered-to",
        "x-original-to", "received-spf", "authentication-results", "arc-seal", "arc-message-signature",
        "arc-authentication-results", "dkim-signature"};
    return std::ranges::contains(names, name);
}

std::string_view mailerOf(const Inspection& inspection)
{
    const auto mailer = inspection.value("X-Mailer");
    return mailer.empty() ? inspection.value("User-Agent") : mailer;
}

std::string messageIdShape(const Inspection& inspection)
{
    const std::string_view id = inspection.value("Message-ID");
    const auto at = id.rfind('@');
    if (at == id.npos)
        return shapeOf(id);
    const std::string from = domainOf(inspection.value("From"));
    const std::string own = domainOf(id);
    return shapeOf(id.substr(0, at)) + (sameOrganisation(own, from) ? "@from" : "@other");
}

std::string maskedWord(std::string_view word)
{
    if (word.size() > 2 && word.find('@') != word.npos)
        return "@";
    if (std::ranges::any_of(word, isDigit))
        return "#";
    return std::string(word.substr(0, longestToken));
}

struct Growing {
    std::vector<std::string> words;
    Template made;
};

bool isAlike(const std::vector<std::string>& words, const std::vector<std::string>& others)
{
    std::size_t same = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
        same += words[i] == others[i] ? 1 : 0;
    return same * 2 >= words.size();
}

void merge(std::vector<std::string>& words, const std::vector<std::string>& others)
{
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] != others[i])
            words[i] = "*";
}

Template finished(Growing&& growing)
{
    for (const std::string& word : growing.words)
        growing.made.subject += (growing.made.subject.empty() ? "" : " ") + word;
    return std::move(growing.made);
}

} // namespace

std::string shapeOf(std::string_view token)
{
    token = token.substr(0, longestToken);
    std::string shape;
    for (std::size_t i = 0; i < token.size();) {
        std::size_t end = i;
        while (end < token.size() && isAlnum(token[end]))
            ++end;
        shape += end == i ? token[i] : classOf(token.substr(i, end - i));
        i = std::max(end, i + 1);
    }
    return shape;
}

std::string headShape(const Inspection& inspection)
{
    std::string shape;
    std::string last;
    for (const Field& field : inspection.fields) {
        std::string name = lowered(field.name);
        if (isOfTheWay(name) || name == last || shape.size() > 4000)
            continue;
        shape += name + ' ';
        last = std::move(name);
    }
    const std::string_view mailer = mailerOf(inspection);
    shape += "| ";
    shape += mailer.substr(0, std::min(mailer.find_first_of("0123456789/("), longestToken));
    const std::string_view type = inspection.value("Content-Type");
    return shape + " | " + messageIdShape(inspection) + " | " + lowered(type.substr(0, type.find(';'))) + ' '
        + shapeOf(parameter(type, "boundary"));
}

std::vector<std::string> subjectWords(std::string_view subject)
{
    std::vector<std::string> words;
    while (words.size() < mostWords) {
        const auto begin = subject.find_first_not_of(" \t\r\n");
        if (begin == subject.npos)
            break;
        subject.remove_prefix(begin);
        const std::string_view word = subject.substr(0, subject.find_first_of(" \t\r\n"));
        words.push_back(maskedWord(word));
        subject.remove_prefix(word.size());
    }
    return words;
}

std::vector<Template> templatesOf(const std::vector<const Inspection*>& messages)
{
    std::vector<Growing> all;
    std::unordered_map<std::string, std::vector<std::size_t>> buckets; // indices into all
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (!messages[i])
            continue;
        std::vector<std::string> words = subjectWords(messages[i]->value("Subject"));
        auto& bucket = buckets[headShape(*messages[i]) + " | " + std::to_string(words.size())];
        const auto first = bucket.size() > mostCompared ? bucket.end() - mostCompared : bucket.begin();
        const auto found = std::find_if(
            first, bucket.end(), [&](std::size_t other) { return isAlike(words, all[other].words); });
        if (found != bucket.end()) {
            merge(all[*found].words, words);
            all[*found].made.members.push_back(i);
            continue;
        }
        bucket.push_back(all.size());
        all.push_back({std::move(words), {{}, std::string(mailerOf(*messages[i])), {i}}});
    }
    std::vector<Template> result;
    for (Growing& growing : all)
        result.push_back(finished(std::move(growing)));
    std::ranges::stable_sort(
        result, std::ranges::greater {}, [](const Template& made) { return made.members.size(); });
    return result;
}

} // namespace sluicegate::message

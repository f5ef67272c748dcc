// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/readiness/probes.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <format>

namespace sluicegate::readiness {

namespace {

constexpr std::array<std::string_view, 8> portAnswers {
    "banner", "open", "refused", "unreachable", "dropped", "no-address", "no-tool", "not-told"};
constexpr std::array<std::string_view, 3> listAnswers {"not-listed", "listed", "not-told"};

constexpr int timedOut = 124; // timeout(1)'s

template <typename Take> void eachLine(std::string_view text, Take take)
{
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (!take(text.substr(0, end)))
            return;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::string_view wordOf(std::string_view line)
{
    return line.substr(0, std::min(line.find_first_of(" \t\r"), line.size()));
}

template <std::size_t Size>
bool isAddress(int family, std::string_view text, std::array<unsigned char, Size>& bytes)
{
    return text.size() < INET6_ADDRSTRLEN
        && ::inet_pton(family, std::string(text).c_str(), bytes.data()) == 1;
}

bool isOfFamily(std::string_view text, int family)
{
    std::array<unsigned char, 16> bytes {};
    if (family == 4)
        return isAddress(AF_INET, text, bytes);
    constexpr std::array<unsigned char, 12> dressed {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return isAddress(AF_INET6, text, bytes) && !std::equal(dressed.begin(), dressed.end(), bytes.begin());
}

bool speaks(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
}

// 127.255.255.252 to .255: a mistyped name, a public resolver, too many questions.
bool isRefusalCode(std::string_view code)
{
    return code.starts_with("127.255.255.");
}

} // namespace

std::string firstAddress(std::string_view getent, int family)
{
    std::string found;
    eachLine(getent, [&](std::string_view line) {
        if (isOfFamily(wordOf(line), family))
            found = wordOf(line);
        return found.empty();
    });
    return found;
}

PortAnswer readPortTest(const Printed& printed)
{
    bool greeted = false;
    eachLine(printed.out, [&](std::string_view line) {
        greeted = line.starts_with("220 ") || line.starts_with("220-");
        return !greeted;
    });
    if (greeted)
        return PortAnswer::Banner;
    // bash: "connect: Connection refused"; openssl: "connect:errno=111"
    if (speaks(printed.err, {"refused", "errno=111"}))
        return PortAnswer::Refused;
    if (speaks(printed.err,
            {"unreachable", "No route to host", "not permitted", "ermission denied", "errno=101",
                "errno=113"}))
        return PortAnswer::Unreachable;
    if (speaks(printed.err, {"not found", "No such file", "/dev/tcp/: "}) || printed.exitStatus == 127)
        return PortAnswer::NoTool;
    if (printed.out.contains("CONNECTED"))
        return PortAnswer::Open;
    if (printed.exitStatus == timedOut || speaks(printed.err, {"timed out", "errno=110"}))
        return PortAnswer::Dropped;
    return printed.exitStatus == 0 ? PortAnswer::Open : PortAnswer::NotTold;
}

std::string firstLine(const Printed& printed)
{
    constexpr std::size_t most = 200;
    std::string found;
    const auto take = [&](std::string_view line) {
        if (const auto end = line.find_last_not_of(" \t\r"); end != line.npos)
            found = line.substr(0, std::min(end + 1, most));
        return found.empty();
    };
    eachLine(printed.out, [&](std::string_view line) { return !line.starts_with("220") || take(line); });
    if (found.empty())
        eachLine(printed.err, take);
    return found;
}

std::string listName(std::string_view address, std::string_view zone)
{
    std::array<unsigned char, 16> bytes {};
    std::string name;
    if (isAddress(AF_INET, address, bytes)) {
        name = std::format("{}.{}.{}.{}.", bytes[3], bytes[2], bytes[1], bytes[0]);
    } else if (isAddress(AF_INET6, address, bytes)) {
        for (std::size_t i = bytes.size(); i-- != 0;)
            name += std::format("{:x}.{:x}.", bytes[i] & 15, bytes[i] >> 4);
    } else {
        return {};
    }
    return name.append(zone);
}

std::vector<std::string> addressesIn(std::string_view getent)
{
    std::vector<std::string> all;
    eachLine(getent, [&](std::string_view line) {
        const std::string word(wordOf(line));
        if (isOfFamily(word, 4) && !std::ranges::contains(all, word))
            all.push_back(word);
        return true;
    });
    return all;
}

// getent ends with 2 for "no such name" and for a resolver that does not answer alike.
ListAnswer readListTest(const Printed& asked, const Printed& known)
{
    const auto codes = addressesIn(asked.out);
    if (std::ranges::any_of(codes, isRefusalCode))
        return ListAnswer::NotTold;
    const auto isCode = [](const std::string& code) { return code.starts_with("127."); };
    if (!codes.empty()) // a resolver that answers everything with an address of its own tells nothing
        return std::ranges::all_of(codes, isCode) ? ListAnswer::Listed : ListAnswer::NotTold;
    const auto proof = addressesIn(known.out);
    const bool works = std::ranges::any_of(
        proof, [&](const std::string& code) { return isCode(code) && !isRefusalCode(code); });
    return works && asked.exitStatus == 2 ? ListAnswer::NotListed : ListAnswer::NotTold;
}

bool isBlocked(PortAnswer answer)
{
    return answer == PortAnswer::Refused || answer == PortAnswer::Unreachable
        || answer == PortAnswer::Dropped;
}

std::string_view name(PortAnswer answer)
{
    return portAnswers[std::size_t(answer)];
}

std::string_view name(ListAnswer answer)
{
    return listAnswers[std::size_t(answer)];
}

std::optional<PortAnswer> findPortAnswer(std::string_view name)
{
    const auto at = std::ranges::find(portAnswers, name);
    return at == portAnswers.end() ? std::nullopt : std::optional(PortAnswer(at - portAnswers.begin()));
}

std::optional<ListAnswer> findListAnswer(std::string_view name)
{
    const auto at = std::ranges::find(listAnswers, name);
    return at == listAnswers.end() ? std::nullopt : std::optional(ListAnswer(at - listAnswers.begin()));
}

} // namespace sluicegate::readiness

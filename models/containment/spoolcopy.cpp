// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/spoolcopy.h"

#include "models/message/ascii.h"

#include <algorithm>

namespace sluicegate::containment {

namespace {

constexpr std::size_t block = 512;

struct Member {
    std::string_view name; // without its folder
    std::string_view bytes;
};

std::optional<std::uint64_t> octal(std::string_view digits)
{
    digits = digits.substr(0, digits.find_first_of(std::string_view("\0 ", 2)));
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '7')
            return {};
        value = value * 8 + std::uint64_t(c - '0');
    }
    return digits.empty() ? std::nullopt : std::optional(value);
}

bool isHead(std::string_view head)
{
    constexpr std::size_t sumAt = 148, sumEnd = 156;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < block; ++i)
        sum += i >= sumAt && i < sumEnd ? std::uint64_t(' ')
                                        : std::uint64_t(static_cast<unsigned char>(head[i]));
    const char kind = head[156];
    return (kind == '0' || kind == '\0') && head.substr(257, 5) == "ustar"
        && octal(head.substr(sumAt, 8)) == sum;
}

// The next plain file; nothing at the end of the archive, and where it is torn.
std::optional<Member> takeMember(std::string_view& archive)
{
    if (archive.size() < block || !isHead(archive.substr(0, block)))
        return {};
    const auto head = archive.substr(0, block);
    const auto size = octal(head.substr(124, 12));
    if (!size || *size > archive.size() - block)
        return {};
    const auto padded = (*size + block - 1) / block * block;
    if (padded > archive.size() - block)
        return {};
    auto name = head.substr(0, std::min(head.find('\0'), std::size_t(100)));
    if (name.size() > 2 && name[1] == '/' && message::isAlnum(name[0]))
        name.remove_prefix(2); // where the spool is split
    if (name.contains('/'))
        return {};
    const Member member {name, archive.substr(block, *size)};
    archive.remove_prefix(block + padded);
    return member;
}

bool isPart(const Member& member, std::string_view id, char part)
{
    const auto& name = member.name;
    return name.size() == id.size() + 2 && name.starts_with(id) && name[id.size()] == '-'
        && name.back() == part;
}

// Of one message, in the order in which it was asked for.
std::optional<SpoolCopy> takeCopy(std::string_view& archive, std::string_view id)
{
    auto rest = archive;
    const auto header = takeMember(rest);
    const auto data = header ? takeMember(rest) : std::nullopt;
    if (!data || !isPart(*header, id, 'H') || !isPart(*data, id, 'D'))
        return {};
    SpoolCopy copy {.id = id, .header = header->bytes, .data = data->bytes, .journal = {}, .sender = {}};
    auto behind = rest;
    if (const auto journal = takeMember(behind); journal && isPart(*journal, id, 'J')) {
        copy.journal = journal->bytes;
        rest = behind;
    }
    archive = rest;
    return copy;
}

std::string_view takeLine(std::string_view& text)
{
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

// "162P Received: ...": length, kind and text. Lines of the kind * are out of use.
std::optional<std::uint64_t> headerBytes(std::string_view lines)
{
    std::uint64_t all = 0;
    while (!lines.empty()) {
        std::uint64_t length = 0;
        std::size_t digits = 0;
        for (; digits < lines.size() && digits < 9 && lines[digits] >= '0' && lines[digits] <= '9'; ++digits)
            length = length * 10 + std::uint64_t(lines[digits] - '0');
        const auto from = digits + 2;
        if (digits < 3 || lines.size() < from || length > lines.size() - from)
            return {};
        all += lines[digits] == '*' ? 0 : length;
        lines.remove_prefix(from + length);
    }
    return all;
}

// First lines of its own in each file: its name, the submitter, the sender, the time.
bool readHead(SpoolCopy& copy)
{
    auto rest = copy.header;
    const auto own = takeLine(rest);
    takeLine(rest);
    const auto sender = takeLine(rest);
    const auto nameSize = copy.id.size() + 3; // "ID-D\n"
    const auto envelope = copy.header.find("\n\n");
    if (own.size() != copy.id.size() + 2 || !own.starts_with(copy.id) || !own.ends_with("-H")
        || !copy.data.starts_with(copy.id) || copy.data.substr(copy.id.size(), 3) != "-D\n"
        || sender.size() < 2 || sender.front() != '<' || sender.back() != '>' || envelope == copy.header.npos)
        return false;
    const auto lines = headerBytes(copy.header.substr(envelope + 2));
    if (!lines)
        return false;
    copy.sender = sender.substr(1, sender.size() - 2);
    copy.size = *lines + 1 + copy.data.size() - nameSize;
    return true;
}

} // namespace

std::optional<SpoolCopy> readSpool(std::string_view archive)
{
    auto peek = archive;
    const auto first = takeMember(peek);
    if (!first || !first->name.ends_with("-H"))
        return {};
    auto copy = takeCopy(archive, first->name.substr(0, first->name.size() - 2));
    if (!copy || !archive.empty() || !readHead(*copy))
        return {};
    return copy;
}

bool isCopyOf(const SpoolCopy& saved, const Item& item)
{
    std::string sender(saved.sender);
    std::ranges::replace_if(sender, [](char c) { return static_cast<signed char>(c) < 0; }, '?');
    // Two digits are left of "2.9K"; where the body is kept as it came, its line ends are longer.
    const auto slack = item.size / 16 + 64;
    const bool asItCame = saved.header.contains("\n-spool_file_wireformat\n");
    const bool sameSize = asItCame || (saved.size <= item.size + slack && item.size <= saved.size + slack);
    return saved.id == item.id.value && sender == item.sender && sameSize;
}

std::vector<std::string_view> splitSpool(std::string_view archive, const std::vector<base::QueueId>& ids)
{
    std::vector<std::string_view> copies;
    for (const auto& id : ids) {
        auto rest = archive;
        if (!takeCopy(rest, id.value))
            break;
        copies.push_back(archive.substr(0, archive.size() - rest.size()));
        archive = rest;
    }
    return copies;
}

} // namespace sluicegate::containment

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/chain.h"

#include "models/casefile/backup.h"

#include <algorithm>
#include <ranges>

namespace sluicegate::casefile {

namespace {

std::string hashOf(const JournalLine& line)
{
    return line.more[QLatin1String("sha256")].toString().toStdString();
}

bool isRepeated(const JournalLine& line)
{
    return line.more[QLatin1String("repeated")].toBool();
}

} // namespace

bool isHash(std::string_view text)
{
    return text.size() == 64
        && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

QJsonObject withHash(const std::string& hash)
{
    return {{QStringLiteral("sha256"), QString::fromStdString(hash)}};
}

QJsonObject withRepeatedHash(const std::string& hash)
{
    auto object = withHash(hash);
    object[QLatin1String("repeated")] = true;
    return object;
}

std::optional<std::string> lastHash(std::span<const JournalLine> lines, std::string_view kind)
{
    for (const auto& line : lines | std::views::reverse)
        if (line.entry.kind == kind)
            return hashOf(line);
    return {};
}

bool wasCutShort(const std::vector<JournalLine>& lines, const std::string& present)
{
    if (lines.empty() || lines.back().entry.kind != manifestKind || hashOf(lines.back()) == present)
        return false;
    return lastHash(std::span(lines).first(lines.size() - 1), manifestKind).value_or("") == present;
}

std::map<std::string, std::string> recordedHashes(std::span<const JournalLine> lines)
{
    std::map<std::string, std::string> recorded;
    for (const auto& line : lines) {
        const auto item = line.more[QLatin1String("item")].toObject();
        if (line.entry.kind == itemKind)
            recorded.try_emplace(item[QLatin1String("sha256")].toString().toStdString(), line.entry.text);
        else if (line.entry.kind == noticeKind)
            recorded.try_emplace(hashOf(line), "notice");
    }
    std::erase_if(recorded, [](const auto& each) { return !isHash(each.first); });
    return recorded;
}

std::map<std::string, std::string> backupHashes(std::span<const JournalLine> lines)
{
    std::map<std::string, std::string> saved;
    for (const auto& line : lines) {
        for (const containment::Row& row : noteOf(line).rows)
            if (isHash(row.sha256))
                saved.try_emplace(row.sha256, row.item.id.value);
    }
    return saved;
}

std::vector<QJsonObject> itemsSinceManifest(std::span<const JournalLine> lines)
{
    // An announced manifest may never have come; then a later line names the one before again, and the items
    // between the two still count.
    const std::string current = lastHash(lines, manifestKind).value_or("");
    std::size_t from = 0;
    for (std::size_t i = 0; i < lines.size() && !current.empty(); ++i)
        if (lines[i].entry.kind == manifestKind && hashOf(lines[i]) == current && !isRepeated(lines[i]))
            from = i + 1;
    std::vector<QJsonObject> items;
    for (const auto& line : lines.subspan(from))
        if (line.entry.kind == itemKind)
            items.push_back(line.more[QLatin1String("item")].toObject());
    return items;
}

} // namespace sluicegate::casefile

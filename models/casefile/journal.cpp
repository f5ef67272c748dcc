// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/journal.h"

#include "models/base/operator.h"
#include "models/evidence/sha256.h"

#include <QJsonDocument>

#include <charconv>
#include <fcntl.h>
#include <format>
#include <unistd.h>

namespace sluicegate::casefile {

namespace {

constexpr std::string_view hashMember = R"(,"hash":")";
constexpr std::size_t hashDigits = 64;
constexpr std::size_t hashBytes = hashMember.size() + hashDigits + 2; // and "}

std::filesystem::path journalIn(const std::filesystem::path& folder)
{
    return folder / "journal.ndjson";
}

// How far the journal had come when it was last written: without it, lines taken off the end would not show.
std::filesystem::path headIn(const std::filesystem::path& folder)
{
    return folder / "journal.head";
}

// The hash covers the line as it stands, without the hash member itself.
std::string sealed(const QJsonObject& object)
{
    std::string line = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    const auto hash = evidence::sha256(line);
    line.pop_back();
    return line.append(hashMember).append(hash).append("\"}\n");
}

std::optional<JournalLine> readLine(std::string_view line, std::string_view previous)
{
    if (line.size() <= hashBytes || line.substr(line.size() - hashBytes, hashMember.size()) != hashMember)
        return {};
    const std::string hash(line.substr(line.size() - hashDigits - 2, hashDigits));
    const auto body = std::string(line.substr(0, line.size() - hashBytes)) + '}';
    if (evidence::sha256(body) != hash)
        return {};
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    const auto at = base::parseIso(object[QLatin1String("at")].toString().toStdString());
    if (object[QLatin1String("prev")].toString().toStdString() != previous || !at)
        return {};
    return JournalLine {{*at, object[QLatin1String("kind")].toString().toStdString(),
                            object[QLatin1String("text")].toString().toStdString()},
        object[QLatin1String("more")].toObject(), hash, object[QLatin1String("by")].toString().toStdString()};
}

std::string headLine(std::size_t count, std::string_view hash)
{
    return std::format("{:012} {}\n", count, hash);
}

struct Head {
    std::size_t count = 0;
    std::string hash;
};

std::optional<Head> readHead(std::string_view text)
{
    Head head;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), head.count);
    const auto from = static_cast<std::size_t>(end - text.data());
    if (error != std::errc {} || text.size() < from + 1 + hashDigits)
        return {};
    head.hash = text.substr(from + 1, hashDigits);
    return head;
}

// The head may lag behind (it is written after the line), never run ahead.
void compareWithHead(JournalContent& content, const std::filesystem::path& folder, const std::string& seed)
{
    if (content.brokenAt)
        return;
    const auto text = readFile(headIn(folder));
    const auto head = text ? readHead(*text) : std::nullopt;
    const std::size_t have = content.lines.size();
    const bool fits = head && head->count <= have
        && head->hash == (head->count == 0 ? seed : content.lines[head->count - 1].hash);
    if (!fits)
        content.brokenAt = head && head->count < have ? head->count + 1 : have + 1;
}

} // namespace

base::Result<JournalContent> Journal::read(const std::filesystem::path& folder, std::string_view seed)
{
    JournalContent content;
    const auto bytes = readFile(journalIn(folder));
    if (!bytes && bytes.error().kind == base::FailureKind::NotFound) {
        content.brokenAt = 1; // every case has one from its first moment
        return content;
    }
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto first = evidence::sha256(seed);
    std::string previous = first;
    std::string_view rest = *bytes;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        if (end == rest.npos) {
            content.tornTail = true;
            break;
        }
        content.wholeBytes += end + 1;
        auto line = content.brokenAt ? std::nullopt : readLine(rest.substr(0, end), previous);
        rest.remove_prefix(end + 1);
        if (line) {
            previous = line->hash;
            content.lines.push_back(std::move(*line));
        } else if (!content.brokenAt) {
            content.brokenAt = number;
        }
    }
    compareWithHead(content, folder, first);
    return content;
}

base::Result<void> Journal::openFiles(
    const std::filesystem::path& folder, std::string_view seed, Access access)
{
    if (access == Access::Create) {
        if (auto made = replaceFile(headIn(folder), headLine(0, evidence::sha256(seed))); !made)
            return made;
        if (auto made = replaceFile(m_path, {}); !made)
            return made;
    }
    m_file = openRegular(m_path, O_RDWR | O_APPEND);
    m_head = openRegular(headIn(folder), O_WRONLY);
    return {};
}

base::Result<Journal> Journal::open(const std::filesystem::path& folder, std::string_view seed, Access access)
{
    Journal journal;
    journal.m_path = journalIn(folder);
    if (access != Access::ReadOnly)
        if (auto opened = journal.openFiles(folder, seed, access); !opened)
            return std::unexpected(opened.error());
    auto content = read(folder, seed);
    if (!content)
        return std::unexpected(content.error());
    journal.m_content = std::move(*content);
    journal.m_bytes = journal.m_content.wholeBytes;
    const auto& lines = journal.m_content.lines;
    journal.m_last = lines.empty() ? evidence::sha256(seed) : lines.back().hash;
    if (access != Access::ReadOnly && !journal.m_content.brokenAt)
        if (auto prepared = journal.prepare(); !prepared)
            return std::unexpected(prepared.error());
    return journal;
}

base::Result<void> Journal::prepare()
{
    if (m_content.tornTail && ::ftruncate(m_file.descriptor(), static_cast<off_t>(m_bytes)) != 0)
        return std::unexpected(writeFailure(m_path));
    if (::fsync(m_file.descriptor()) != 0)
        return std::unexpected(writeFailure(m_path));
    noteHead();
    return {};
}

base::Result<void> Journal::append(const JournalEntry& entry, const QJsonObject& more)
{
    if (m_content.brokenAt)
        return base::fail(base::FailureKind::CaseDamaged, m_path.string(),
            std::format("the chain is broken at line {}", *m_content.brokenAt));
    if (!m_file)
        return base::fail(
            base::FailureKind::WriteFailed, m_path.string(), "the case is open for reading only");
    QJsonObject object {{QStringLiteral("at"), QString::fromStdString(base::iso(entry.at))},
        {QStringLiteral("kind"), QString::fromStdString(entry.kind)},
        {QStringLiteral("text"), QString::fromStdString(entry.text)},
        {QStringLiteral("by"), QString::fromStdString(base::operatorName())},
        {QStringLiteral("prev"), QString::fromStdString(m_last)}};
    if (!more.isEmpty())
        object[QLatin1String("more")] = more;
    const auto line = sealed(object);
    if (!writeAll(m_file.descriptor(), line) || ::fdatasync(m_file.descriptor()) != 0) {
        const auto failure = writeFailure(m_path);
        // Half a line must not stand in front of the next one.
        if (::ftruncate(m_file.descriptor(), static_cast<off_t>(m_bytes)) != 0)
            m_file = File();
        return std::unexpected(failure);
    }
    m_bytes += line.size();
    m_last = line.substr(line.size() - hashDigits - 3, hashDigits);
    m_content.lines.push_back({entry, more, m_last, base::operatorName()});
    noteHead();
    return {};
}

void Journal::noteHead()
{
    // Not synced: after a power cut it may be old, which is allowed.
    const auto text = headLine(m_content.lines.size(), m_last);
    (void)!::pwrite(m_head.descriptor(), text.data(), text.size(), 0);
}

} // namespace sluicegate::casefile

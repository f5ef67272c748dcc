// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/backup.h"

#include "models/casefile/bytesjson.h"
#include "models/casefile/chain.h"
#include "models/evidence/sha256.h"

#include <QJsonArray>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <format>
#include <thread>
#include <unistd.h>

namespace sluicegate::casefile {

using base::fail;
using base::FailureKind;
using containment::Note;
using containment::Row;

namespace {

namespace fs = std::filesystem;

QJsonArray rowToJson(const Row& row)
{
    const auto seconds
        = std::chrono::floor<std::chrono::seconds>(row.item.arrival).time_since_epoch().count();
    QJsonArray json {QString::fromStdString(row.item.id.value), qint64(seconds), qint64(row.item.size),
        fromBytes(row.item.sender)};
    if (!row.sha256.empty())
        json.append(QString::fromStdString(row.sha256));
    return json;
}

Row rowFromJson(const QJsonArray& json)
{
    Row row;
    row.item.id.value = json[0].toString().toStdString();
    row.item.arrival = base::Instant(std::chrono::seconds(json[1].toInteger()));
    row.item.size = std::uint64_t(json[2].toInteger());
    row.item.sender = toBytes(json[3]);
    row.sha256 = json[4].toString().toStdString();
    return row;
}

QJsonObject toJson(const Note& note)
{
    QJsonObject more;
    QJsonArray rows, facts;
    for (const Row& row : note.rows)
        rows.append(rowToJson(row));
    for (const auto& [name, value] : note.facts)
        facts.append(QJsonArray {QString::fromStdString(name), fromBytes(value)});
    if (!rows.isEmpty())
        more[QLatin1String("rows")] = rows;
    if (!facts.isEmpty())
        more[QLatin1String("facts")] = facts;
    return more;
}

/// A file that gets its name when its bytes are on the disk.
struct Part {
    std::string path;
    File file;
};

base::Result<Part> beginPart(const fs::path& folder, std::string_view bytes)
{
    Part part {.path = (folder / "part-XXXXXX").string(), .file = {}};
    part.file = File(::mkostemp(part.path.data(), O_CLOEXEC));
    if (part.file && writeAll(part.file.descriptor(), bytes))
        return part;
    const auto failure = writeFailure(folder);
    if (part.file)
        ::unlink(part.path.c_str());
    return std::unexpected(failure);
}

// 0, or the errno of one that failed.
int syncAll(const std::vector<Part>& parts)
{
    constexpr std::size_t threads = 16;
    std::atomic<int> trouble = 0;
    {
        std::vector<std::jthread> workers;
        for (std::size_t first = 0; first < std::min(threads, parts.size()); ++first) {
            workers.emplace_back([&, first] {
                for (std::size_t i = first; i < parts.size(); i += threads)
                    if (::fdatasync(parts[i].file.descriptor()) != 0)
                        trouble = errno;
            });
        }
    }
    return trouble;
}

void discard(const std::vector<Part>& parts)
{
    for (const Part& part : parts)
        ::unlink(part.path.c_str());
}

} // namespace

containment::Note noteOf(const JournalLine& line)
{
    Note note {line.entry.kind, line.entry.text, {}, {}, line.entry.at};
    for (const QJsonValue& row : line.more[QLatin1String("rows")].toArray())
        note.rows.push_back(rowFromJson(row.toArray()));
    for (const QJsonValue& fact : line.more[QLatin1String("facts")].toArray())
        note.facts.emplace_back(fact[0].toString().toStdString(), toBytes(fact[1]));
    return note;
}

base::Result<void> CaseFolder::Backup::note(const Note& note)
{
    return m_state.append({evidence::systemNow(), note.kind, note.text}, toJson(note));
}

std::vector<Note> CaseFolder::Backup::notes() const
{
    std::vector<Note> notes;
    for (const JournalLine& line : m_state.lines())
        if (auto note = noteOf(line); !note.rows.empty() || !note.facts.empty())
            notes.push_back(std::move(note));
    return notes;
}

base::Result<std::vector<std::string>> CaseFolder::Backup::keep(std::span<const std::string_view> bytes)
{
    constexpr std::size_t atOnce = 100; // files open together
    std::error_code error;
    if (fs::create_directory(m_state.backup(), error)) {
        fs::permissions(m_state.backup(), fs::perms::owner_all, error);
        if (auto synced = syncFolder(m_state.folder); !synced)
            return std::unexpected(synced.error());
    }
    if (error || fs::is_symlink(m_state.backup(), error))
        return fail(FailureKind::WriteFailed, m_state.backup().string(),
            error ? error.message() : "a link stands in place of the folder");
    std::vector<std::string> hashes;
    for (const std::string_view each : bytes)
        hashes.push_back(evidence::sha256(each));
    for (std::size_t from = 0; from < bytes.size(); from += atOnce) {
        const auto size = std::min(atOnce, bytes.size() - from);
        if (auto kept = keepSome(bytes.subspan(from, size), std::span(hashes).subspan(from, size)); !kept)
            return std::unexpected(kept.error());
    }
    return hashes;
}

// All are written before the first is waited for, and they are waited for together: one turn of the disk does
// for many.
base::Result<void> CaseFolder::Backup::keepSome(
    std::span<const std::string_view> bytes, std::span<const std::string> hashes) const
{
    std::vector<Part> parts;
    for (const std::string_view each : bytes) {
        auto part = beginPart(m_state.backup(), each);
        if (!part) {
            discard(parts);
            return std::unexpected(part.error());
        }
        parts.push_back(std::move(*part));
    }
    if (const int trouble = syncAll(parts); trouble != 0) {
        discard(parts);
        return fail(FailureKind::WriteFailed, m_state.backup().string(), std::strerror(trouble));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto place = m_state.backup() / hashes[i];
        if (::rename(parts[i].path.c_str(), place.c_str()) == 0)
            continue;
        const auto failure = writeFailure(place);
        discard(parts);
        return std::unexpected(failure);
    }
    return syncFolder(m_state.backup());
}

base::Result<std::string> CaseFolder::Backup::kept(const std::string& sha256) const
{
    if (!isHash(sha256))
        return fail(FailureKind::CaseDamaged, m_state.backup().string(), "a name that is no hash");
    auto bytes = readFile(m_state.backup() / sha256);
    if (bytes && evidence::sha256(*bytes) != sha256)
        return fail(FailureKind::Mismatch, (m_state.backup() / sha256).string());
    return bytes;
}

std::unique_ptr<containment::Ledger> CaseFolder::ledger()
{
    return std::make_unique<Backup>(*m_state);
}

} // namespace sluicegate::casefile

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/casestate.h"

#include "models/casefile/chain.h"
#include "models/casefile/manifest.h"
#include "models/evidence/sha256.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <format>
#include <sys/file.h>
#include <sys/random.h>

namespace sluicegate::casefile {

using base::fail;
using base::FailureKind;

namespace {

namespace fs = std::filesystem;

constexpr QLatin1String format("sluicegate-case/1");

std::string randomId()
{
    std::array<unsigned char, 16> bytes {};
    (void)!::getrandom(bytes.data(), bytes.size(), 0);
    std::string id;
    for (const unsigned char byte : bytes)
        id += std::format("{:02x}", byte);
    return id;
}

// A folder is ours to fill when it is empty, or when making a case in it was cut short.
bool isUnused(const fs::path& folder)
{
    static constexpr std::array<std::string_view, 6> ours {
        "lock", "evidence", "journal.ndjson", "journal.head", "journal.ndjson.part", "journal.head.part"};
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (std::ranges::find(ours, entry.path().filename().string()) == ours.end()
            && entry.path().filename() != "case.json.part")
            return false;
    if (error)
        return false;
    const bool holdsEvidence
        = fs::exists(folder / "evidence", error) && !fs::is_empty(folder / "evidence", error);
    return !error && !holdsEvidence;
}

} // namespace

bool CaseFolder::isCase(const fs::path& folder)
{
    const auto bytes = readFile(folder / "case.json");
    return bytes && bytes->contains(R"("sluicegate-case/)");
}

base::Result<std::unique_ptr<CaseFolder::State>> CaseFolder::State::open(const fs::path& folder)
{
    std::error_code error;
    const bool there = fs::exists(folder, error);
    if (there && !fs::is_directory(folder, error))
        return fail(FailureKind::NotUnderstood, folder.string(), "is not a folder");
    if (there && !fs::exists(folder / "case.json", error) && !isUnused(folder))
        return fail(FailureKind::NotUnderstood, folder.string(), "holds other things and no case");
    if (!there && !fs::create_directory(folder, error))
        return fail(FailureKind::WriteFailed, folder.string(), error.message());
    auto state = std::make_unique<State>();
    state->folder = fs::absolute(folder);
    if (auto locked = state->takeLock(); !locked)
        return std::unexpected(locked.error());
    if (auto opened = state->makeOrRead(); !opened)
        return std::unexpected(opened.error());
    return state;
}

base::Result<void> CaseFolder::State::takeLock()
{
    const auto path = folder / "lock";
    m_lock = File(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!m_lock && (errno == EROFS || errno == EACCES)) {
        // A case on a read-only medium can still be looked at and verified.
        m_writable = false;
        m_lock = File(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    }
    if (!m_lock)
        return std::unexpected(writeFailure(path));
    if (::flock(m_lock.descriptor(), (m_writable ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0)
        return {};
    if (errno == EWOULDBLOCK)
        return fail(FailureKind::CaseBusy, folder.string());
    return std::unexpected(writeFailure(path));
}

base::Result<void> CaseFolder::State::makeOrRead()
{
    const auto bytes = readFile(caseFile());
    if (!bytes && bytes.error().kind == FailureKind::NotFound)
        return make();
    if (!bytes)
        return std::unexpected(bytes.error());
    return read(*bytes);
}

base::Result<void> CaseFolder::State::make()
{
    std::error_code error;
    fs::permissions(folder, fs::perms::owner_all, error);
    fs::create_directory(evidence(), error);
    if (error)
        return fail(FailureKind::WriteFailed, evidence().string(), error.message());
    id = randomId();
    auto journal = Journal::open(folder, id, Access::Create);
    if (!journal)
        return std::unexpected(journal.error());
    m_journal = std::move(*journal);
    m_case = {{QStringLiteral("format"), format}, {QStringLiteral("id"), QString::fromStdString(id)},
        {QStringLiteral("created"), QString::fromStdString(base::iso(evidence::systemNow()))}};
    return writeCaseFile(); // last: with it the folder is a case
}

base::Result<void> CaseFolder::State::read(const std::string& bytes)
{
    m_case = QJsonDocument::fromJson(QByteArray::fromStdString(bytes)).object();
    const auto said = m_case[QLatin1String("format")].toString();
    id = m_case[QLatin1String("id")].toString().toStdString();
    if (said.startsWith(QLatin1String("sluicegate-case/")) && said != format)
        return fail(FailureKind::Unsupported, folder.string(), "a newer format: " + said.toStdString());
    if (said != format || id.empty())
        return fail(FailureKind::CaseDamaged, caseFile().string(), "it is no case description");
    auto journal = Journal::open(folder, id, m_writable ? Access::ReadWrite : Access::ReadOnly);
    if (!journal)
        return std::unexpected(journal.error());
    m_journal = std::move(*journal);
    if (m_writable)
        removeParts(evidence()), removeParts(backup());
    // On a full disk this waits for the next time: what was kept can be read all the same.
    const auto healed = m_writable ? healManifest() : base::Result<void>();
    return healed || healed.error().kind == FailureKind::WriteFailed ? base::Result<void>() : healed;
}

base::Result<void> CaseFolder::State::writeCaseFile() const
{
    return replaceFile(caseFile(), QJsonDocument(m_case).toJson().toStdString());
}

base::Result<void> CaseFolder::State::append(const JournalEntry& entry, const QJsonObject& more)
{
    const std::scoped_lock guard(m_mutex);
    return m_journal.append(entry, more);
}

std::vector<JournalEntry> CaseFolder::State::entries() const
{
    const std::scoped_lock guard(m_mutex);
    std::vector<JournalEntry> result;
    for (const auto& line : m_journal.lines())
        result.push_back(line.entry);
    return result;
}

std::vector<JournalLine> CaseFolder::State::lines() const
{
    const std::scoped_lock guard(m_mutex);
    return m_journal.lines();
}

base::Result<JournalContent> CaseFolder::State::journal() const
{
    const std::scoped_lock guard(m_mutex);
    return Journal::read(folder, id);
}

// The journal first: after a crash between the two the manifest is the one recorded before, never an unknown
// one.
base::Result<void> CaseFolder::State::replaceManifest(const QByteArray& bytes, std::size_t items)
{
    const std::scoped_lock guard(m_mutex);
    const auto text = bytes.toStdString();
    if (auto recorded
        = m_journal.append({evidence::systemNow(), std::string(manifestKind), std::format("{} items", items)},
            withHash(evidence::sha256(text)));
        !recorded)
        return recorded;
    auto replaced = replaceFile(manifest(), text);
    if (!replaced)
        (void)healManifest(); // with a full disk this waits for the next opening
    return replaced;
}

base::Result<void> CaseFolder::State::healManifest()
{
    const auto bytes = readFile(manifest());
    const auto present = bytes ? evidence::sha256(*bytes) : std::string {};
    if (m_journal.brokenAt() || !wasCutShort(m_journal.lines(), present))
        return {};
    return m_journal.append(
        {evidence::systemNow(), std::string(manifestKind), "the one before: writing was cut short"},
        withRepeatedHash(present));
}

std::optional<std::string> CaseFolder::State::noticeHash() const
{
    const std::scoped_lock guard(m_mutex);
    return lastHash(m_journal.lines(), noticeKind);
}

// Altered evidence proves nothing: it is left out, and said to be.
base::Result<evidence::Bundle> CaseFolder::State::bundle() const
{
    auto bundle = recordedBundle();
    if (!bundle)
        return bundle;
    std::erase_if(bundle->items, [&](const evidence::Item& item) {
        const auto found = evidence::sha256Of(item.local);
        if (found && *found == item.sha256)
            return false;
        bundle->altered.push_back(item.path);
        bundle->warnings.push_back(std::format("{} {} since it was recorded and is left out", item.path,
            found ? "was changed" : "was taken away"));
        return true;
    });
    if (bundle->items.empty() && !bundle->altered.empty())
        return fail(FailureKind::CaseDamaged, folder.string(),
            "all its evidence was changed or taken away since it was recorded");
    return bundle;
}

base::Result<evidence::Bundle> CaseFolder::State::recordedBundle() const
{
    const std::scoped_lock guard(m_mutex);
    const auto bytes = readFile(manifest());
    if (!bytes && bytes.error().kind != FailureKind::NotFound)
        return std::unexpected(bytes.error());
    evidence::Bundle bundle;
    if (bytes) {
        auto read = manifestFromJson(QByteArray::fromStdString(*bytes), evidence(), manifest());
        if (!read)
            return read;
        bundle = std::move(*read);
    }
    if (auto added = addLooseItems(bundle); !added)
        return std::unexpected(added.error());
    if (!bytes && bundle.items.empty())
        return fail(FailureKind::Empty, folder.string(), "no evidence was pulled yet");
    return bundle;
}

// Items that were stored after the manifest: the pull was interrupted.
base::Result<void> CaseFolder::State::addLooseItems(evidence::Bundle& bundle) const
{
    if (m_journal.brokenAt() && !bundle.items.empty())
        return {}; // which items are newer can no longer be told
    std::size_t loose = 0;
    for (const QJsonObject& object : itemsSinceManifest(m_journal.lines())) {
        auto item = itemFromJson(object, evidence());
        if (!item)
            return std::unexpected(item.error());
        std::erase_if(bundle.items, [&item](const evidence::Item& old) { return old.path == item->path; });
        bundle.items.push_back(std::move(*item));
        ++loose;
    }
    if (loose > 0)
        bundle.warnings.push_back(
            std::format("the last pull did not come to its end; {} items of it are here", loose));
    return {};
}

} // namespace sluicegate::casefile

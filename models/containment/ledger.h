// SPDX-License-Identifier: GPL-3.0-or-later
// The case as an action sees it: what must outlive a cut connection or a crash is noted or kept here first.
#pragma once

#include "models/base/failure.h"
#include "models/containment/selection.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluicegate::containment {

/// A message of the queue in a note; the hash names its saved bytes.
struct Row {
    Item item;
    std::string sha256;
    bool operator==(const Row&) const = default;
};

/// One journal record of an action.
struct Note {
    std::string kind; // "queue-selected", ...
    std::string text; // untranslated; never a secret
    std::vector<Row> rows {};
    std::vector<std::pair<std::string, std::string>> facts {};
    std::optional<base::Instant> at {}; // when it was noted; the ledger's own to fill
    bool operator==(const Note&) const = default;
};

namespace kinds {
inline constexpr std::string_view command = "command"; // about to run
inline constexpr std::string_view commandEnded = "command-ended";
inline constexpr std::string_view commandCut = "command-cut"; // no answer came: done or not is unknown
inline constexpr std::string_view actionEnded = "action-ended";
inline constexpr std::string_view selected = "queue-selected";
inline constexpr std::string_view holding = "queue-holding"; // rows that were not on hold before
inline constexpr std::string_view releasing = "queue-releasing";
inline constexpr std::string_view saved = "queue-saved";
inline constexpr std::string_view deleting = "queue-deleting"; // about to be deleted
inline constexpr std::string_view deleted = "queue-deleted"; // seen to be gone
inline constexpr std::string_view notDeleted = "queue-not-deleted"; // seen to be there still
inline constexpr std::string_view restoring = "queue-restoring";
inline constexpr std::string_view restored = "queue-restored";
inline constexpr std::string_view notRestored
    = "queue-not-restored"; // the server refused it: nothing came of it
} // namespace kinds

class Ledger {
public:
    virtual ~Ledger() = default;

    /// Durable when it returns.
    virtual base::Result<void> note(const Note& note) = 0;
    virtual std::vector<Note> notes() const = 0;

    /// Keeps bytes under their SHA-256 (hex), in order; durable when it returns.
    virtual base::Result<std::vector<std::string>> keep(std::span<const std::string_view> bytes) = 0;
    /// Mismatch when the bytes are no longer those of the hash.
    virtual base::Result<std::string> kept(const std::string& sha256) const = 0;
};

/// Notes rows in lines of bounded length. `text` says how many there are.
base::Result<void> noteRows(Ledger& ledger, std::string_view kind, std::span<const Row> rows);

} // namespace sluicegate::containment

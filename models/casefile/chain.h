// SPDX-License-Identifier: GPL-3.0-or-later
// What the journal's lines say about the manifest, the notice and the items.
#pragma once

#include "models/casefile/journal.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::casefile {

inline constexpr std::string_view manifestKind = "manifest";
inline constexpr std::string_view itemKind = "item";
inline constexpr std::string_view noticeKind = "notice-kept";

bool isHash(std::string_view text);
QJsonObject withHash(const std::string& hash);
/// For a line that only says again which manifest is the present one.
QJsonObject withRepeatedHash(const std::string& hash);

/// The hash recorded last under a kind; nullopt when there is none.
std::optional<std::string> lastHash(std::span<const JournalLine> lines, std::string_view kind);

/// Every file that was ever kept among the evidence, by hash: what it is.
std::map<std::string, std::string> recordedHashes(std::span<const JournalLine> lines);

/// Every message saved into the backup, by hash: its queue id.
std::map<std::string, std::string> backupHashes(std::span<const JournalLine> lines);

/// Whether the last line announces a manifest that never came, and `present` (its hash, empty when there is
/// none) is the one recorded before.
bool wasCutShort(const std::vector<JournalLine>& lines, const std::string& present);

/// Items stored since the last manifest that came to be.
std::vector<QJsonObject> itemsSinceManifest(std::span<const JournalLine> lines);

} // namespace sluicegate::casefile

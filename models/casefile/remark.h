// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator wrote down or pinned for the report.
#pragma once

#include "models/base/evidenceline.h"
#include "models/base/instant.h"

#include <optional>
#include <string>
#include <vector>

namespace sluicegate::casefile {

enum class RemarkKind { Note, Message, LogLine, Suspect, Header };
/// "log-line", in the journal and in JSON.
const char* name(RemarkKind kind);

struct Remark {
    std::string id {}; // chosen by who writes it, once in a case
    RemarkKind kind = RemarkKind::Note;
    base::Instant written {};
    std::optional<base::Instant> at {}; // when the pinned thing happened
    std::string title {}; // which thing: a queue id, the source's name; foreign text
    std::string target {}; // what leads back to it: queue id, the source's key, a file's path
    std::string words {}; // the operator's own
    std::vector<base::EvidenceLine> lines {}; // as they stand in the evidence; foreign bytes
    std::string by {}; // who sat at the machine; told by the journal

    /// A thing stands in its own time, a note in the time it was written.
    base::Instant when() const { return at.value_or(written); }
    bool operator==(const Remark&) const = default;
};

} // namespace sluicegate::casefile

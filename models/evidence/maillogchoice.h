// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the listed files are the mail log: never by system or version, always by what is there and fresh.
#pragma once

#include "models/evidence/output.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluicegate::evidence {

/// One log with its rotations; the live file first, then the newest rotation.
struct LogFamily {
    std::vector<ListedFile> files;
    bool sure = false; // its name says that it is a mail log

    std::uint64_t bytes() const;
    std::int64_t modified() const; // of its newest file
    const std::string& name() const { return files.front().path; }
};

/// Families of mail logs among the files, the freshest first; sure ones before those that may be. `own` is
/// Postfix' maillog_file, or empty.
std::vector<LogFamily> mailLogFamilies(const std::vector<ListedFile>& files, const std::string& own);

/// Whether the end of a log of unknown purpose speaks of mail.
bool speaksOfMail(std::string_view tail);

} // namespace sluicegate::evidence

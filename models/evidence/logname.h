// SPDX-License-Identifier: GPL-3.0-or-later
// What the name of a log file says: which log it is of, which rotation, which domain.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluicegate::evidence {

/// "maillog.processed.2.gz" is stem "maillog", processed, number 2, compressed.
struct LogName {
    std::string_view folder; // without the last slash
    std::string_view stem;
    bool processed = false; // Plesk's statistics job moves the older part of a live log there
    std::optional<std::uint64_t> number; // higher is older
    std::optional<std::uint64_t> date; // YYYYMMDD or longer; higher is newer
    bool compressed = false;
    bool operator==(const LogName&) const = default;

    bool rotated() const { return number || date; }
    bool live() const { return !rotated() && !processed; }
};

LogName readLogName(std::string_view path);

/// Oldest first: rotations, then .processed, then the live file.
bool olderThan(const LogName& one, const LogName& other);

/// Whether a path is a mail log by its folder and name: Sure for a name that says so, Perhaps for the
/// system's common log.
enum class IsMailLog { No, Perhaps, Sure };
IsMailLog isMailLog(const LogName& name);

/// A log of PHP's mail(), by its usual names.
bool isPhpMailLog(const LogName& name);

/// Whether a path that a site's settings name may be such a log. Customers can write those settings, and we
/// read as root: a path that could be a secret is not taken.
bool mayBePhpMailLog(std::string_view path);

/// The domain of a web access log; empty when the name does not say it; nullopt when it is not a web access
/// log.
std::optional<std::string> webLogDomain(std::string_view path);

} // namespace sluicegate::evidence

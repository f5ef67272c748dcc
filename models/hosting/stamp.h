// SPDX-License-Identifier: GPL-3.0-or-later
// The day-month-year stamps of web servers and PHP.
#pragma once

#include "models/base/instant.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace sluicegate::hosting {

/// "23/Nov/2026:09:40:18 +0100" (web servers).
std::optional<base::Instant> readWebStamp(std::string_view text);

/// The stamp of an access log's line, without its brackets; empty when there is none.
std::string_view webStampIn(std::string_view line);

/// The offset of a web server's stamp.
std::optional<std::chrono::seconds> readWebZone(std::string_view text);

/// "23-Nov-2026 09:40:18 UTC" (PHP). A zone name other than UTC, GMT or Z is read as `zone`; PHP writes the
/// name of date.timezone, e.g. "Europe/Berlin", and no offset.
std::optional<base::Instant> readPhpStamp(std::string_view text, std::chrono::seconds zone);

} // namespace sluicegate::hosting

// SPDX-License-Identifier: GPL-3.0-or-later
// Web access logs (NCSA combined and alike) and PHP's mail() log.
#pragma once

#include "models/base/instant.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::hosting {

/// One request. Views point into the bytes that were read.
struct Request {
    std::string_view ip;
    base::Instant at;
    std::string_view method;
    std::string_view target; // path and query as sent
    int status = 0;
    std::uint64_t bytes = 0;
    std::string_view referer;
    std::string_view agent;
    std::uint64_t line = 0; // from 1
    std::string_view text; // the whole line
};

struct AccessLog {
    std::vector<Request> requests;
    std::uint64_t lines = 0;
    std::uint64_t unparsed = 0;
};

/// Times outside the window are skipped before anything else of their line is read.
struct RequestWindow {
    std::optional<base::Instant> since;
    std::optional<base::Instant> until;
};

/// Stopped, it gives what was read until then.
AccessLog readAccessLog(
    std::string_view bytes, const RequestWindow& window = {}, const std::stop_token& stop = {});

/// One line of php.ini's mail.log: "[23-Nov-2026 09:40:18 UTC] mail() on [FILE:LINE]: To: ... -- Headers: ...
/// -- Subject: ...".
struct PhpMail {
    base::Instant at;
    std::string
        script; // absolute path of the file that called mail(); of the outermost file for eval()'d code
    int scriptLine = 0;
    bool evaluated = false; // "eval()'d code" stood behind the path
    std::string to;
    std::string messageId; // without brackets; only when the script set one
    std::string subject;
    std::string listField; // what List-Unsubscribe or List-Id says, when the script set one
    std::string from; // as it stands in the headers the script set; empty: the server's own
    std::uint64_t line = 0;
    std::string text; // the whole line
};

/// `zone` applies to stamps without a zone name; a zone name other than UTC/GMT is read as `zone` too.
std::vector<PhpMail> readPhpMailLog(
    std::string_view bytes, std::chrono::seconds zone, const std::stop_token& stop = {});

} // namespace sluicegate::hosting

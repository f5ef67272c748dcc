// SPDX-License-Identifier: GPL-3.0-or-later
// Which PHP file wrote which message: PHP's mail log, and headers of queued messages, matched to journeys.
#pragma once

#include "models/attribution/sources.h"

#include <cstdint>
#include <unordered_map>

namespace sluicegate::attribution {

struct PhpCall {
    const PhpMailLog* log = nullptr;
    const hosting::PhpMail* mail = nullptr;
};

/// What is known about the program behind a message that was handed to sendmail.
struct Scripts {
    std::unordered_map<std::uint32_t, PhpCall> calls; // by journey
    std::unordered_map<std::uint32_t, std::string> named; // by journey: X-PHP-Originating-Script's file
};

Scripts findScripts(const Facts& facts, const Sources& sources);

/// Divides the sources of system users by script.
void divideByScript(Sources& sources, const Scripts& scripts, const maillog::History& log);

/// PHPMailer.php and its like: the file that calls mail() for a whole application. It says nothing about who
/// asked for the mail.
bool isMailLibrary(std::string_view script);

} // namespace sluicegate::attribution

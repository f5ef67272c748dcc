// SPDX-License-Identifier: GPL-3.0-or-later
// What the lines of Exim's main log say.
#pragma once

#include "models/maillog/intake.h"

namespace sluicegate::maillog::exim {

/// "16VDhn-0001bo-D3 text", or the longer ids since 4.97; also behind the stamp that Exim repeats in syslog.
struct Parts {
    std::string_view id; // empty if the line is about no message
    std::string_view text;
};
Parts split(std::string_view message);

Kind kindOf(std::string_view text);
/// Whether Exim writes such lines: for those that are no part of a journey.
bool isKnown(std::string_view text, bool hasId);

/// "<= sender H=... U=... P=... A=... S=... id=... T="..." from <...> for ..."
Intake readArrival(std::string_view text);
/// "=> address <parent> R=... T=... H=name [ip] C="..."", "== address ... defer (110): why", "** address:
/// why"
Attempt readDelivery(std::string_view text);
/// Only the status of it.
Status statusOf(std::string_view text);

/// "SMTP connection identification H=... M=id U=user ID=1003": cPanel asks the kernel who connected here.
struct Identification {
    std::string_view id;
    std::string_view user;
    std::optional<std::uint32_t> uid;
};
Identification readIdentification(std::string_view text);

/// "cwd=/home/u/public_html 4 args: /usr/sbin/sendmail -t -i": where the sendmail command was called; empty
/// if it is another line or another command.
std::string_view sendmailDirectory(std::string_view text);
/// Whether a directory is that user's: a part of its path is the name.
bool isDirectoryOf(std::string_view directory, std::string_view user);

bool isExpired(std::string_view text); // the retry time has run out
bool isOutgoingLimit(std::string_view text); // cPanel's and DirectAdmin's limits
bool isAuthFailure(std::string_view text);
bool isRejection(std::string_view text);

/// The login and the address that a line without a queue id names.
struct Names {
    std::string_view user;
    std::string_view ip;
};
Names namesIn(std::string_view message);

Intake intakeOf(const Store& store, const Life& life);

} // namespace sluicegate::maillog::exim

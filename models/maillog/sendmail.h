// SPDX-License-Identifier: GPL-3.0-or-later
// What Sendmail's lines say.
#pragma once

#include "models/maillog/intake.h"

namespace sluicegate::maillog::sendmail {

/// "jAFFhwks001234: text"; no id in "AUTH=server, ..." and behind "NOQUEUE: ".
struct Parts {
    std::string_view id;
    std::string_view text;
};
Parts split(std::string_view message);
bool looksLikeId(std::string_view text);

Kind kindOf(std::string_view text);

/// "from=<a@b>, size=1, class=0, nrcpts=1, msgid=<c@d>, proto=ESMTP, daemon=MTA, relay=host [ip]"
Intake readArrival(std::string_view text);

/// "to=<a@b>,<c@d>, ctladdr=<e@f> (1000/1000), delay=00:00:01, mailer=esmtp, relay=mx [ip], dsn=2.0.0,
/// stat=Sent"
Attempt readDelivery(std::string_view text, std::size_t recipient = 0);
Status statusOf(std::string_view text);
/// How many recipients one such line speaks of.
std::size_t recipientsIn(std::string_view text);
/// The uid behind ctladdr=.
std::optional<std::uint32_t> readUid(std::string_view text);

/// "jAG...: DSN: User unknown", "jAG...: sender notify: ...": the message that tells the sender.
std::string_view notificationId(std::string_view text);
/// "Sent (jAF... Message accepted for delivery)" by the daemon on this machine: its id there.
std::string_view handedOnAs(const Attempt& attempt);

/// "AUTH=server, relay=host [ip], authid=user, mech=LOGIN, bits=0"
struct Login {
    std::string_view user;
    std::string_view ip;
    std::string_view method;
};
bool isLogin(std::string_view text);
bool isFailedLogin(std::string_view text);
bool isRefusal(std::string_view text);
/// "<a@b>... User unknown": the client stands in the line that closes the transaction.
bool namesNoClient(std::string_view text);
/// "from=<a@b>, size=0, class=0, nrcpts=0, ...": how a transaction ends whose recipients were all refused.
bool isEmptyTransaction(std::string_view text);
bool isExpired(std::string_view text);
Login readLogin(std::string_view text);

Intake intakeOf(const Store& store, const Life& life);

} // namespace sluicegate::maillog::sendmail

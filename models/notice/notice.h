// SPDX-License-Identifier: GPL-3.0-or-later
// Intake: what a provider's notification says, whatever its shape.
#pragma once

#include "models/base/failure.h"
#include "models/base/ids.h"
#include "models/base/instant.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::notice {

/// What made a Message-ID, judged from its shape alone.
enum class Shape { Unknown, PostfixShort, PostfixLong, Exim, PhpMailer, Uuid, Qmail };

struct NoticedId {
    base::MessageId id;
    std::size_t offset = 0; // in Notice::raw
    std::string destinationIp; // OVH: "Destination IP: A - Message-ID: ..."
    Shape shape = Shape::Unknown;
    std::string hintQueueId; // the queue id inside an id that Postfix or Exim made
    std::optional<base::Instant> hintTime; // the time inside it (server local time read as UTC)
    std::string hintHost; // right side, when it names the vhost or the server
};

enum class Kind { FreeText, Ovh, Arf, SpamCop, Hetzner, Spamhaus, Email, Json };

struct Notice {
    Kind kind = Kind::FreeText;
    std::string raw; // as received, never changed
    std::string server; // host name, if named
    std::vector<std::string> ips; // ours, as accused; first is the most likely
    std::optional<base::Instant> detected;
    bool detectedHasZone = false;
    std::vector<int> ports;
    std::vector<NoticedId> ids; // in order, without repeats
    std::string helo; // the HELO name the lists saw (Spamhaus)
    std::string reference; // the provider's own number: AbuseID, SpamCop's id, ticket
    std::vector<std::string> candidates; // address-like tokens without a label: the operator may tick them
    std::vector<std::string> warnings; // untranslated English
};

/// Understands the bytes of a notification: free text, .eml, ARF (RFC 5965), OVH lists, pasted JSON. Empty
/// (nothing but blanks), NotUnderstood (binary rubbish). A text that names nothing is still a Notice, with a
/// warning.
base::Result<Notice> read(std::string_view bytes, std::string_view subject = "notice");

/// Kebab-case names for JSON.
std::string_view name(Kind kind);
std::string_view name(Shape shape);

} // namespace sluicegate::notice

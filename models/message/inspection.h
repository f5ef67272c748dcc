// SPDX-License-Identifier: GPL-3.0-or-later
// One e-mail's header read as a chain of custody: fields, hops, who submitted it, what is odd.
#pragma once

#include "models/base/instant.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::message {

/// A header field. `raw` is the body as it stands (folds included); `value` is unfolded and RFC 2047-decoded
/// to UTF-8; `offset` is the byte offset of the field's name in the input.
struct Field {
    std::string name;
    std::string raw;
    std::string value;
    std::size_t offset = 0;
};

/// One Received field (RFC 5321 4.4) in the forms of Postfix, Exim, Sendmail and qmail. Absent parts are
/// empty.
struct Received {
    std::string kind; // "smtp", "local", "http" (webmail), "bounce" or "unknown"
    std::string helo;
    std::string rdns;
    std::string ip;
    std::string by;
    std::string with; // ESMTPSA, local, ...
    std::string id;
    std::string forRecipient;
    bool authenticated = false; // the client logged in; most daemons do not say as whom
    std::string authUser;
    std::optional<std::uint32_t> uid;
    std::string localUser;
    std::optional<base::Instant> date;
    std::optional<double>
        delaySeconds; // since the hop before (the next older field); negative means clock skew
    std::size_t offset = 0;
};

/// Who handed the message in, as far as the header and envelope tell.
struct Origin {
    std::string authUser;
    std::optional<std::uint32_t> uid;
    std::string localUser;
    /// X-PHP-Originating-Script without its uid ("x7.php(1) : eval()'d code"), else X-PHP-Script without its
    /// client, else X-Additional-Header. Empty when the message came over SMTP: then anybody can have written
    /// it.
    std::string script;
    std::optional<std::uint32_t> scriptUid; // X-PHP-Originating-Script: owner of the main script's file
    std::string directory; // X-Additional-Header, X-Source-Dir: where the script ran
    std::string vhost; // X-PPP-Vhost, or the host part of X-PHP-Script
    std::string ip; // client address of the submission
    bool operator==(const Origin&) const = default;
};

/// Something odd; `id` is kebab-case, `text` untranslated English, `offset` where it stands.
struct Anomaly {
    std::string id;
    std::string text;
    std::size_t offset = 0;
};

struct Inspection {
    std::vector<Field> fields;
    std::vector<Received> received; // newest first, as they stand
    Origin origin;
    std::optional<std::size_t> submission; // index in `received` of the hop that took the message in
    std::vector<std::string>
        authentication; // values of Authentication-Results, Received-SPF, ARC-Authentication-Results
    std::vector<Anomaly> anomalies;
    std::multimap<std::string, std::string>
        envelope; // postcat: "sender", "recipient", "message_arrival_time", "sasl_username", ...
    std::size_t bodyOffset = 0;
    bool truncated = false; // a cap was reached (head 8 MiB, 20 000 fields); the rest was not read

    /// First field of that name, compared without case; empty when absent.
    std::string_view value(std::string_view name) const;
};

/// Reads a message (RFC 5322 head and body) or the output of postcat -q / -qe / -qh. Never fails: odd input
/// is an anomaly.
Inspection inspect(std::string_view bytes);

} // namespace sluicegate::message

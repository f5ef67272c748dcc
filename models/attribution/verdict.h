// SPDX-License-Identifier: GPL-3.0-or-later
// Facts in, verdict out: which source the spam came from, with reasons for and against.
#pragma once

#include "models/base/bytes.h"
#include "models/base/evidenceline.h"
#include "models/base/ids.h"
#include "models/base/instant.h"
#include "models/hosting/hosting.h"
#include "models/hosting/programs.h"
#include "models/hosting/sockets.h"
#include "models/hosting/weblog.h"
#include "models/maillog/history.h"
#include "models/message/inspection.h"
#include "models/notice/notice.h"
#include "models/queue/entry.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::attribution {

enum class Cause {
    MailboxPassword,
    WebsiteForm,
    WebsiteHacked,
    Forwarding,
    Backscatter,
    OpenRelay,
    DirectToMx,
    LegitimateBulk,
    SystemMail,
    Unknown,
};
enum class Confidence { VeryLikely, Likely, Possible, Insufficient };
/// Why it is not known of a message of a suspect whether it is spam. Such a message is kept.
enum class Doubt {
    None,
    VisitorAsked, // a visitor who may be a person asked the site when the bots did
    WordsUnlike, // asked for by the bots alone, as far as is known, but in words none of theirs has
    PlaceUnknown, // the log is too short to know where the owner writes from; it shares no mark of the spam
    ToolUnknown, // the log is too short to know how the site writes; it shares no mark of the spam
};
enum class SourceKind { Mailbox, Site, Script, User, Client, List };

/// A reason. Positive weight speaks for the suspect's cause, negative against. words::text(Clue) makes the
/// sentence from `rule`, `count` and `values`; resources/rules/weights.txt lists the rules and their values.
struct Clue {
    std::string rule; // kebab-case name of the rule
    double weight = 0;
    std::uint64_t count = 0;
    std::vector<std::string> values; // what the sentence names, in the rule's order
    std::vector<base::EvidenceLine> evidence; // examples, at most ten
};

struct SuspectSource {
    SourceKind kind = SourceKind::User;
    std::string account;
    std::string domain;
    std::optional<std::uint32_t> uid;
    std::string script;
    std::string client;
    bool operator==(const SuspectSource&) const = default;
};

struct Suspect {
    int rank = 0; // from 1
    Cause cause = Cause::Unknown;
    Confidence confidence = Confidence::Insufficient;
    double score = 0; // 0..1
    SuspectSource source;
    std::uint64_t messages = 0; // all of this source in the log, as are the counts of recipients
    std::uint64_t recipients = 0;
    std::uint64_t sent = 0; // recipients whose last attempt was sent, ...
    std::uint64_t deferred = 0;
    std::uint64_t bounced = 0;
    std::uint64_t rejected = 0;
    std::optional<base::Instant> first; // of those judged spam
    std::optional<base::Instant> last;
    std::vector<std::string> clients; // IPs, most active first
    std::vector<base::MessageId> noticedIds;
    std::vector<base::QueueId> queueIds; // of its messages still in the queue
    std::vector<std::uint32_t> journeys; // indices into the History of the messages judged spam, by time
    std::uint64_t spared = 0; // messages of this source judged good: before the break-in, or unlike the spam
    std::map<Doubt, std::uint64_t> undecided; // messages of this source that may be either
    std::vector<Clue> clues; // weightiest first
};

/// What the rest of the verdict hinges on when there is no suspect.
enum class Situation { Named, NothingNoticed, IdsNotInLog, NoMailLog, NothingSuspicious };

struct Undecided {
    base::QueueId id;
    Doubt why = Doubt::None;
};

struct Verdict {
    Situation situation = Situation::NothingNoticed;
    std::vector<Suspect> suspects {}; // by rank
    std::vector<base::MessageId> unexplained {}; // noticed, and in no journey
    std::vector<base::QueueId> suspectQueue {};
    std::vector<base::QueueId> keepQueue {}; // good, of no suspect, or undecided
    std::vector<Undecided> undecidedQueue {}; // of keepQueue
};

/// The web requests of one log file; `bytes` keeps what they view.
struct SiteRequests {
    std::string file; // path on the server
    std::string domain;
    hosting::AccessLog log;
    base::Bytes bytes;
};

/// One of PHP's mail logs.
struct PhpMailLog {
    std::string file; // path on the server
    std::vector<hosting::PhpMail> mails;
};

/// A message in the queue, as postcat shows it.
struct QueuedMessage {
    message::Inspection inspection;
    base::Bytes bytes;
};

/// Everything the rules may look at. What is absent is empty, and simply unknown.
struct Facts {
    const maillog::History* log = nullptr;
    const notice::Notice* notice = nullptr;
    std::vector<queue::Entry> queue;
    std::map<std::string, QueuedMessage> queued; // by queue id
    hosting::Hosting hosting;
    std::vector<SiteRequests> requests;
    std::vector<PhpMailLog> phpMailLogs;
    std::vector<hosting::MailSocket> sockets;
    std::string socketsFile; // where they were read
    std::vector<hosting::Program> programs; // changed of late below the sites
    std::string programsFile;
    std::vector<std::string> localAddresses; // the server's own IPs
    std::vector<std::string> localDomains; // mydestination, virtual domains; lower case, sorted
    base::Instant now;
    std::chrono::seconds zone {}; // the server's offset east of UTC
};

Verdict attribute(const Facts& facts, std::stop_token stop = {});

/// Which web requests attribute() would use: none when there is no `since`. Asked before `requests` are read,
/// so that a server's whole web history need not be.
struct WebInterest {
    std::optional<base::Instant> since {};
    std::optional<base::Instant> until {};
    bool allDomains = false;
    std::vector<std::string> domains {}; // and their subdomains
};
WebInterest webInterest(const Facts& facts, std::stop_token stop = {});

std::string_view name(Cause cause); // "mailbox-password", ...
std::string_view name(Confidence confidence); // "very-likely", ...
std::string_view name(Doubt doubt); // "visitor-asked", ...
std::string_view name(SourceKind kind); // "mailbox", ...
std::string_view name(Situation situation);

} // namespace sluicegate::attribution

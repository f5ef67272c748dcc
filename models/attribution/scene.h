// SPDX-License-Identifier: GPL-3.0-or-later
// What a rule looks at: one source with its messages, and everything else that is known.
#pragma once

#include "models/attribution/numbering.h"
#include "models/attribution/scripts.h"
#include "models/attribution/sources.h"

#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluicegate::attribution {

/// A message of the source; its names are numbers in the scene's.
struct Row {
    base::Instant at;
    std::uint32_t journey = 0;
    std::uint32_t client = 0;
    std::uint32_t sender = 0;
    std::uint32_t signature = 0; // what its tool leaves: shape of the Message-ID, whose sender
    bool foreign = false; // the sender is not the login's, not the site's
    bool noticed = false;
    bool spam = false;
    Doubt doubt = Doubt::None; // why nothing shows whether it is spam

    bool isListed() const { return spam && doubt == Doubt::None; }
};

/// What rows have in common. Views live as long as the History.
struct Names {
    struct Sender {
        bool foreign = false;
        std::uint64_t hash = 0;
    };
    Numbering<std::string_view> clients;
    Numbering<std::string_view> networks;
    Numbering<std::string_view> senders;
    Numbering<std::uint64_t> signatures;
    std::vector<std::uint32_t> networkOf; // by client
    std::vector<Sender> aboutSender; // by sender
};

struct Tally {
    std::string_view name;
    std::uint64_t count = 0;
    std::uint32_t example = 0; // a journey
};

struct Counts {
    std::uint64_t messages = 0;
    std::uint64_t recipients = 0;
    std::uint64_t sent = 0;
    std::uint64_t deferred = 0;
    std::uint64_t bounced = 0;
    std::uint64_t rejected = 0;
    std::uint64_t strangers = 0; // recipients of messages with one recipient
};

/// Requests to one address of a site, matched to the messages.
struct EndpointMatch {
    std::string domain;
    std::string endpoint; // "/wp-login.php?action=register"
    std::string script; // absolute path of the file behind it, as far as the document root is known
    std::uint64_t requests = 0; // within the time of the spam
    std::uint64_t paired = 0; // messages with a request of their own within two seconds
    std::uint64_t followed = 0; // messages within two minutes after any such request
    struct Pair {
        std::uint32_t row = 0;
        const SiteRequests* log = nullptr;
        const hosting::Request* request = nullptr;
    };
    std::vector<Pair> pairs {};
    std::vector<Tally> clients {}; // of the requests, busiest first
    std::vector<std::pair<const SiteRequests*, const hosting::Request*>> examples {};
};

/// Failed and good logins of the accounts that sent mail, in order.
using EventsByUser = std::unordered_map<std::string, std::vector<maillog::Event>>;

/// What is known beyond the source.
struct Background {
    const Facts& facts;
    const Sources& sources;
    const Scripts& scripts;
    const EventsByUser& logins;
    std::vector<bool> noticed; // by journey
    std::stop_token stop {};
};

struct Scene {
    const Background& background;
    const Origin& origin;
    Names names;
    std::vector<Row> rows; // all, by time
    std::vector<std::uint32_t> spam; // indices into rows
    std::vector<std::uint32_t> spamJourneys; // sorted
    Counts all;
    Counts ofSpam;
    std::vector<Tally> clients; // of the spam, as are those below; most first
    std::vector<Tally> networks;
    std::vector<Tally> senders;
    std::vector<Tally> helos;
    std::uint64_t peak = 0; // most spam within ten minutes
    std::uint32_t peakRow = 0; // where that began, index into rows
    std::uint64_t noticedCount = 0;
    std::vector<const hosting::Site*> sites; // that the source may be
    std::string site; // domain, when one is known
    bool webLogsCover = false; // requests of its sites exist around the spam
    std::vector<EndpointMatch> endpoints; // best first
    std::string script; // absolute path, when known
    bool evaluated = false; // mail() in eval()'d code

    const Facts& facts() const { return background.facts; }
    const maillog::History& log() const { return *background.facts.log; }
    std::string_view client(const Row& row) const { return names.clients[row.client]; }
    std::string_view sender(const Row& row) const { return names.senders[row.sender]; }
    std::uint32_t network(const Row& row) const { return names.networkOf[row.client]; }
    const Row& first() const { return rows[spam.front()]; }
    const Row& last() const { return rows[spam.back()]; }
};

/// How a cause is judged: rules give clues, clues give log-odds.
struct Judgement {
    Cause cause = Cause::Unknown;
    double score = 0;
    Confidence confidence = Confidence::Insufficient;
    bool hard = false; // a clue that honest sources do not have
    std::vector<Clue> clues;
};

} // namespace sluicegate::attribution

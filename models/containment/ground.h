// SPDX-License-Identifier: GPL-3.0-or-later
// What the server has, as far as the evidence tells, and why an action cannot be done there.
#pragma once

#include "models/containment/action.h"
#include "models/evidence/bundle.h"

#include <optional>
#include <string>

namespace sluicegate::containment {

struct Ground {
    bool postfix = false;
    bool exim = false;
    bool qmail = false;
    bool plesk = false;
    bool dovecot = false;
};

/// From which programs answered when the evidence was pulled.
Ground groundOf(const evidence::Bundle& bundle);

/// What an action works on.
struct Target {
    std::string mailbox {}; // "anna@shop.example"
    std::string script {}; // absolute path
    std::string user {}; // a system user's name
    std::string domain {}; // of the website
    std::string endpoint {}; // what is posted to: "/wp-login.php?action=register"
    bool talks = false; // one of its processes talks to other servers' mail ports
    std::vector<std::string> clients {}; // IPs the source was used from
    std::uint64_t queued = 0; // of its messages in the queue
    std::uint64_t saved = 0; // messages the case could bring back
};
Target targetOf(const attribution::Suspect& suspect);

enum class Obstacle {
    OtherMailServer, // it speaks to Postfix, and none is there
    NoQueue, // none is there whose queue this program can list
    QmailQueue, // which is safely changed only while qmail stands still
    NoPlesk,
    NoDovecot,
    OtherCause, // it would not help against this cause
    NoMailbox, // the source is no mailbox
    NoScript,
    NoUser,
    OddName, // a name that this program does not hand to a server's shell
    OutsideSites, // a file that belongs to no website
    NothingQueued,
    NothingSaved,
    HasPanel, // the panel would undo it
    NoForm, // no request is known that makes the mail
    OddForm, // the request is not one that can be closed alone
    NoSite,
    NoProcess,
    SystemUser, // root's or the mail server's own
};
std::optional<Obstacle> obstacle(const Action& action, const Target& target, const Ground& ground);
/// Of the target alone, whatever the server has.
std::optional<Obstacle> obstacle(const Action& action, const Target& target);

/// Names that go to programs of the server: plain characters only, and never an option.
bool isMailbox(std::string_view text);
bool isUserName(std::string_view text);
/// A host's name: letters, digits, dots and hyphens.
bool isDomain(std::string_view text);
/// "/contact/send.php?action=x": a path of plain characters, and a query of plain names and values.
bool isEndpoint(std::string_view text);
/// The folder the site is served from, as far as the file behind the endpoint tells; empty if it does not.
std::string documentRoot(const Target& target);
/// Absolute, without dots as parts, below a folder where websites live.
bool isSiteFile(std::string_view path);

} // namespace sluicegate::containment

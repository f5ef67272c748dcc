// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done to shut a source down and to clean up behind it: a table of actions.
#pragma once

#include "models/attribution/verdict.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sluicegate::containment {

enum class ActionId {
    ClearQueue,
    RestoreQueue,
    ChangePassword,
    LimitMailbox,
    UnlimitMailbox,
    EndSessions,
    ReviewMailbox,
    QuarantineScript,
    RestoreScript,
    StopUserMail,
    AllowUserMail,
    CloseForm,
    OpenForm,
    CloseRegistration,
    OpenRegistration,
    SuspendSite,
    ResumeSite,
    SuspendSubscription,
    ResumeSubscription,
    CheckFiles,
    StopProcess,
    ChangeFilePassword,
    StopLogin,
    AllowLogin,
};

/// What must be on the server for an action.
enum class Platform {
    Postfix,
    Queue, // of a mail server whose queue can be cleared safely
    Plesk,
    Dovecot,
    NoPanel, // where no panel keeps the mailboxes
    Any,
};

/// What an action works on.
enum class Object { Queue, Mailbox, Script, User, Form, Site, Process };

struct Plan;
struct Acted;
struct Target;
class Hand;

struct Action {
    ActionId id {};
    std::string_view name; // "clear-queue"
    Object object {};
    std::vector<Platform> platforms;
    std::vector<attribution::Cause> causes; // empty: whatever the cause
    /// Null for the actions on the queue, which work on a selection: planClearing(), planRestore().
    Plan (*plan)(const Target&) = nullptr;
    Acted (*run)(Hand&, const Target&) = nullptr;
    bool shuts = false; // by itself: nothing more comes from the source, until it is undone
};

std::span<const Action> actions();
const Action& action(ActionId id);
const Action* findAction(std::string_view name);

/// Whether the action helps against this suspect's cause.
bool helpsAgainst(const Action& action, const attribution::Suspect& suspect);

} // namespace sluicegate::containment

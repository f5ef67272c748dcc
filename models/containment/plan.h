// SPDX-License-Identifier: GPL-3.0-or-later
// What an action is going to do, before it does anything: the exact commands, whom they touch and how to go
// back.
#pragma once

#include "models/containment/action.h"
#include "models/containment/selection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sluicegate::containment {

/// What happens on the server, in order. The sentences are made by words::text(Stage).
enum class Stage {
    List,
    Hold,
    Save,
    Compare,
    Delete,
    Verify,
    Release,
    Reinject,
    Probe, // whether the server knows the command at all
    Remember, // how it is now, for the way back
    SetPassword,
    SetLimit,
    ListSessions,
    EndSessions,
    ForgetLogins, // the login server's cache
    ShowForwards,
    ShowFilters,
    MoveAside,
    CopyIntoCase,
    MoveBack,
    ForbidUser,
    AllowUser,
    SaveFile, // as it is now, into the case
    CloseForm,
    OpenForm,
    SwitchOff,
    SwitchOn,
    CheckCore, // the application's own checksums
    ListRecent, // programs changed lately
    ListMisplaced, // programs where a site keeps data
    ShowTasks, // what starts by itself
    ListProcesses,
    StopProcess,
    FindFile, // where logins are kept
};
std::string_view name(Stage stage);

struct PlannedCommand {
    Stage stage {};
    std::string script; // as sh runs it
    std::vector<std::string> arguments {}; // examples, when there are many
    std::string input {}; // what stands on standard input, an example of it
    std::uint64_t lines = 0; // of standard input, or items named as arguments
    bool asRoot = true;
};

/// What is told about an action besides its commands; words::text() makes the sentences.
enum class Remark {
    BouncesAreSpamToo, // the spam's bounces are deleted with it
    GoodMailStays, // what is not selected is not touched
    HeldMailWaits, // held mail neither leaves nor expires
    FrozenMailWaits, // frozen mail does not leave; it may be given up where Exim is told so
    RestoredIsTheSame, // with its id, its age and who had it already
    RestoredGetsNewId, // a restore cannot bring back the queue id
    RestoredGetsReceivedLine, // ... and adds a Received line of this server
    RestoredLeavesAtOnce, // ... is delivered as soon as it is back
    RestoredLosesLogin, // ... and knows neither login nor client any more
    RecipientsServedStay, // only those still waiting get it
    OldPasswordIsGone, // nobody keeps it
    OwnerMustBeTold, // programs and telephones of the owner need the new one
    SessionsSurvive, // running sessions are another action's matter
    ReceivingGoesOn, // the mailbox gets mail as before
    OwnerCannotSend, // good mail of the mailbox is refused as well
    OwnerIsLoggedOut, // honest sessions end, too, and log in again
    NothingChanges, // it only looks
    SiteMayMissTheFile, // a page that needs the script breaks
    FileIsKept, // in the case and on the server, readable for root only
    UserCannotSubmit, // good mail of the user's sites is refused as well
    SmtpStaysOpen, // a script may still log in to the mail server itself
    FormIsClosed, // honest visitors cannot use it either
    RestOfSiteStays,
    NeedsApache, // a web server that reads no .htaccess ignores it
    ProtectTheForm, // CAPTCHA, a comment plugin, registration off: before it is opened again
    NobodyRegisters, // registration is off, comments for members only
    SiteIsGone, // visitors find no website
    MailOfDomainStops,
    AllSitesOfSubscription,
    TasksMayGoOn, // cron and FTP of the system user
    LastResort,
    WorkIsLost, // what the process was doing
    StartsAgain, // whatever started it may do so once more
    ReadsWebsite, // runs the site's own programs, as its user
    FileBesideStays, // the file as it was stays beside it
    ReloadsMailServer, // running sessions go on
};

struct Plan {
    ActionId action {};
    std::string target {}; // "mailbox anna@shop.example"; foreign bytes
    std::vector<PlannedCommand> commands {};
    Selection selection {}; // for actions on the queue
    std::vector<Remark> effects {};
    std::optional<ActionId> undo {};
    std::vector<Remark> cannotBeUndone {};
};

} // namespace sluicegate::containment

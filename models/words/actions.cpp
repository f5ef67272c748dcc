// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/words/actions.h"

#include "models/words/amounts.h"
#include "models/words/words.h"

#include <QCoreApplication>

namespace sluicegate::words {

namespace {

using containment::ActionId;
using containment::Obstacle;
using containment::Outcome;
using containment::Remark;
using containment::Stage;

struct Actions {
    Q_DECLARE_TR_FUNCTIONS(Action)
};

} // namespace

QString name(ActionId action)
{
    switch (action) {
    case ActionId::ClearQueue:
        return Actions::tr("Clear the queue");
    case ActionId::RestoreQueue:
        return Actions::tr("Bring messages back");
    case ActionId::ChangePassword:
        return Actions::tr("Change the password");
    case ActionId::LimitMailbox:
        return Actions::tr("Stop the mailbox from sending");
    case ActionId::UnlimitMailbox:
        return Actions::tr("Let the mailbox send again");
    case ActionId::EndSessions:
        return Actions::tr("End open sessions");
    case ActionId::ReviewMailbox:
        return Actions::tr("Look for forwards and filters");
    case ActionId::QuarantineScript:
        return Actions::tr("Put the script into quarantine");
    case ActionId::RestoreScript:
        return Actions::tr("Put the script back");
    case ActionId::StopUserMail:
        return Actions::tr("Stop the website's mail");
    case ActionId::CloseForm:
        return Actions::tr("Close the form");
    case ActionId::OpenForm:
        return Actions::tr("Open the form again");
    case ActionId::CloseRegistration:
        return Actions::tr("Close registration and comments");
    case ActionId::OpenRegistration:
        return Actions::tr("Open registration and comments again");
    case ActionId::SuspendSite:
        return Actions::tr("Switch the website off");
    case ActionId::ResumeSite:
        return Actions::tr("Switch the website on again");
    case ActionId::SuspendSubscription:
        return Actions::tr("Switch the whole subscription off");
    case ActionId::ResumeSubscription:
        return Actions::tr("Switch the subscription on again");
    case ActionId::CheckFiles:
        return Actions::tr("Look for other suspicious files");
    case ActionId::StopProcess:
        return Actions::tr("End the process that sends");
    case ActionId::ChangeFilePassword:
        return Actions::tr("Change the password in Dovecot's file");
    case ActionId::StopLogin:
        return Actions::tr("Stop the login from sending");
    case ActionId::AllowLogin:
        return Actions::tr("Let the login send again");
    case ActionId::AllowUserMail:
        break;
    }
    return Actions::tr("Allow the website's mail again");
}

QString meaning(ActionId action)
{
    switch (action) {
    case ActionId::ClearQueue:
        return Actions::tr("Holds the selected messages, saves each whole into the case, and deletes them.");
    case ActionId::RestoreQueue:
        return Actions::tr(
            "Releases messages that are still held, and sends deleted ones again from the case.");
    case ActionId::ChangePassword:
        return Actions::tr("Gives the mailbox a new password, which is shown once and kept nowhere.");
    case ActionId::LimitMailbox:
        return Actions::tr("Sets the mailbox's limit of outgoing messages to 0.");
    case ActionId::UnlimitMailbox:
        return Actions::tr("Sets the mailbox's limit of outgoing messages back to what it was.");
    case ActionId::EndSessions:
        return Actions::tr(
            "Ends the mailbox's open IMAP and POP sessions and the source's SMTP connections.");
    case ActionId::ReviewMailbox:
        return Actions::tr("Shows the mailbox's forwards, filters and automatic answers.");
    case ActionId::QuarantineScript:
        return Actions::tr(
            "Moves the script out of the website to where only root can read it, and copies it "
            "into the case.");
    case ActionId::RestoreScript:
        return Actions::tr("Moves the script back to its place, with its owner and permissions.");
    case ActionId::StopUserMail:
        return Actions::tr("Refuses mail that the system user hands to sendmail; the website stays up.");
    case ActionId::CloseForm:
        return Actions::tr("Refuses POST requests to the form; the rest of the website goes on.");
    case ActionId::OpenForm:
        return Actions::tr("Takes POST requests to the form again.");
    case ActionId::CloseRegistration:
        return Actions::tr("Lets nobody register with WordPress, and only members comment.");
    case ActionId::OpenRegistration:
        return Actions::tr("Sets registration and comments of WordPress back to what they were.");
    case ActionId::SuspendSite:
        return Actions::tr("Takes the website off the web; its files stay.");
    case ActionId::ResumeSite:
        return Actions::tr("Puts the website back on the web.");
    case ActionId::SuspendSubscription:
        return Actions::tr("Takes all websites of the subscription off the web; their files stay.");
    case ActionId::ResumeSubscription:
        return Actions::tr("Puts the subscription's websites back on the web.");
    case ActionId::CheckFiles:
        return Actions::tr("Compares WordPress with its own checksums, and lists programs of the same user "
                           "that are new or lie where data belongs.");
    case ActionId::StopProcess:
        return Actions::tr("Shows what talks to other servers' mail ports and what starts it, keeps its "
                           "program, and ends it.");
    case ActionId::ChangeFilePassword:
        return Actions::tr("Gives the mailbox a new password, which is shown once and kept nowhere.");
    case ActionId::StopLogin:
        return Actions::tr("Refuses the mail of this login; everybody else's is taken as before.");
    case ActionId::AllowLogin:
        return Actions::tr("Takes the mail of this login again.");
    case ActionId::AllowUserMail:
        break;
    }
    return Actions::tr("Takes mail from the system user again.");
}

QString text(Stage stage)
{
    switch (stage) {
    case Stage::List:
        return Actions::tr("List the queue as it is now");
    case Stage::Hold:
        return Actions::tr("Put the messages on hold");
    case Stage::Save:
        return Actions::tr("Save each message whole into the case");
    case Stage::Compare:
        return Actions::tr("Compare sender, arrival and size once more");
    case Stage::Delete:
        return Actions::tr("Delete them, from the hold queue only");
    case Stage::Verify:
        return Actions::tr("See whether it is so");
    case Stage::Release:
        return Actions::tr("Release held messages");
    case Stage::Reinject:
        return Actions::tr("Send saved messages again");
    case Stage::Probe:
        return Actions::tr("See whether the server can do it");
    case Stage::Remember:
        return Actions::tr("Note how it is now");
    case Stage::SetPassword:
        return Actions::tr("Set the new password");
    case Stage::SetLimit:
        return Actions::tr("Set the limit");
    case Stage::ListSessions:
        return Actions::tr("List open sessions");
    case Stage::EndSessions:
        return Actions::tr("End sessions");
    case Stage::ForgetLogins:
        return Actions::tr("Make the server forget cached logins");
    case Stage::ShowForwards:
        return Actions::tr("Show forwards and automatic answers");
    case Stage::ShowFilters:
        return Actions::tr("Show filters");
    case Stage::MoveAside:
        return Actions::tr("Move the file out of the website");
    case Stage::CopyIntoCase:
        return Actions::tr("Copy it into the case");
    case Stage::MoveBack:
        return Actions::tr("Move the file back");
    case Stage::ForbidUser:
        return Actions::tr("Refuse the user's mail");
    case Stage::SaveFile:
        return Actions::tr("Save the file as it is now into the case");
    case Stage::CloseForm:
        return Actions::tr("Close the form");
    case Stage::OpenForm:
        return Actions::tr("Take the block out again");
    case Stage::SwitchOff:
        return Actions::tr("Switch it off");
    case Stage::SwitchOn:
        return Actions::tr("Switch it on again");
    case Stage::CheckCore:
        return Actions::tr("Compare WordPress with its own checksums");
    case Stage::ListRecent:
        return Actions::tr("List programs changed in the last 30 days");
    case Stage::ListMisplaced:
        return Actions::tr("List programs where a website keeps data");
    case Stage::ShowTasks:
        return Actions::tr("Show what starts by itself");
    case Stage::ListProcesses:
        return Actions::tr("Find out which processes talk to mail ports");
    case Stage::StopProcess:
        return Actions::tr("End the process, if it is still the same");
    case Stage::FindFile:
        return Actions::tr("Find out where the passwords are kept");
    case Stage::AllowUser:
        break;
    }
    return Actions::tr("Take the user's mail again");
}

QString text(Remark remark)
{
    switch (remark) {
    case Remark::BouncesAreSpamToo:
        return Actions::tr("Bounces of the spam are part of it.");
    case Remark::GoodMailStays:
        return Actions::tr("Messages that are not selected are not touched.");
    case Remark::HeldMailWaits:
        return Actions::tr("If it is interrupted, the rest stays on hold: it neither leaves nor expires.");
    case Remark::FrozenMailWaits:
        return Actions::tr(
            "If it is interrupted, the rest stays frozen: it does not leave. Where Exim is told "
            "to give up frozen mail (timeout_frozen_after), it is bounced one day: do not leave "
            "it for long.");
    case Remark::RestoredIsTheSame:
        return Actions::tr("A message brought back is the same as before: its id, its age and who had it "
                           "already.");
    case Remark::RestoredGetsNewId:
        return Actions::tr("A message brought back gets another queue id and arrival time.");
    case Remark::RestoredGetsReceivedLine:
        return Actions::tr("A message brought back carries one more Received line of this server.");
    case Remark::RestoredLeavesAtOnce:
        return Actions::tr("A message brought back is delivered as soon as the server can, even if it was on "
                           "hold before.");
    case Remark::RestoredLosesLogin:
        return Actions::tr(
            "The queue no longer shows which login and client a message brought back came from.");
    case Remark::RecipientsServedStay:
        return Actions::tr("Only recipients who had not got the message yet get it.");
    case Remark::OldPasswordIsGone:
        return Actions::tr("The old password cannot be brought back.");
    case Remark::OwnerMustBeTold:
        return Actions::tr("The owner's programs and telephones need the new password.");
    case Remark::SessionsSurvive:
        return Actions::tr("Sessions that are open go on: end them, too.");
    case Remark::ReceivingGoesOn:
        return Actions::tr("The mailbox receives mail as before.");
    case Remark::OwnerCannotSend:
        return Actions::tr("The owner's own mail is refused as well until the limit is lifted.");
    case Remark::OwnerIsLoggedOut:
        return Actions::tr("The owner's own sessions end, too, and log in again.");
    case Remark::NothingChanges:
        return Actions::tr("It only looks; nothing changes.");
    case Remark::SiteMayMissTheFile:
        return Actions::tr("If the website needs this file, the page that uses it fails.");
    case Remark::FileIsKept:
        return Actions::tr("The file is kept, on the server and in the case.");
    case Remark::UserCannotSubmit:
        return Actions::tr(
            "Good mail of the user's websites and tasks is refused as well; a script sees an error.");
    case Remark::FormIsClosed:
        return Actions::tr("Honest visitors cannot use the form either.");
    case Remark::RestOfSiteStays:
        return Actions::tr("The rest of the website goes on as before.");
    case Remark::NeedsApache:
        return Actions::tr("It works where Apache reads .htaccess; whether it does is tried at once, and "
                           "taken back if the website fails.");
    case Remark::ProtectTheForm:
        return Actions::tr("Before it is opened again the form needs protection: a comment plugin such as "
                           "Antispam Bee, a CAPTCHA, or registration switched off.");
    case Remark::NobodyRegisters:
        return Actions::tr("Nobody can register, and only members can comment.");
    case Remark::SiteIsGone:
        return Actions::tr("Visitors find no website.");
    case Remark::MailOfDomainStops:
        return Actions::tr("Mail for the domain may not be received meanwhile.");
    case Remark::AllSitesOfSubscription:
        return Actions::tr("All websites of the subscription are off.");
    case Remark::TasksMayGoOn:
        return Actions::tr("The system user's scheduled tasks and FTP may go on: check them separately.");
    case Remark::LastResort:
        return Actions::tr("This is the last resort, for when nothing gentler helps.");
    case Remark::WorkIsLost:
        return Actions::tr("What the process was doing is lost.");
    case Remark::StartsAgain:
        return Actions::tr("Whatever started it may start it again: remove that, too.");
    case Remark::ReadsWebsite:
        return Actions::tr("WordPress's own programs are run, as the website's user and never as root.");
    case Remark::FileBesideStays:
        return Actions::tr(
            "The file as it was stays beside it, named .before-sluicegate: delete it when all is well.");
    case Remark::ReloadsMailServer:
        return Actions::tr("The mail server is reloaded; sessions that are open go on.");
    case Remark::SmtpStaysOpen:
        break;
    }
    return Actions::tr("A script that logs in to a mail server itself is not stopped by this.");
}

QString text(Obstacle obstacle)
{
    switch (obstacle) {
    case Obstacle::OtherMailServer:
        return Actions::tr("it needs Postfix, and this server was not seen to run it");
    case Obstacle::NoQueue:
        return Actions::tr(
            "it needs the queue of Postfix or Exim, and this server was not seen to run either");
    case Obstacle::QmailQueue:
        return Actions::tr(
            "qmail's queue may be changed only while qmail stands still, and nothing in it can be held or "
            "checked before. By hand, and not confirmed on any server: stop qmail, keep a copy of "
            "/var/qmail/queue, delete message by message by number (qmHandle -dN), never all of them, start "
            "qmail again. Which ones, the queue's list tells");
    case Obstacle::NoPlesk:
        return Actions::tr(
            "it needs Plesk, which this server does not have: change it where the mailbox is kept");
    case Obstacle::NoDovecot:
        return Actions::tr("it needs Dovecot, which this server was not seen to run");
    case Obstacle::OtherCause:
        return Actions::tr("it does not help against this cause");
    case Obstacle::NoMailbox:
        return Actions::tr("the source is not a mailbox");
    case Obstacle::NoScript:
        return Actions::tr("no script is known");
    case Obstacle::NoUser:
        return Actions::tr("no system user is known");
    case Obstacle::OddName:
        return Actions::tr("the name holds characters that are not handed to a server");
    case Obstacle::OutsideSites:
        return Actions::tr("the file is not below a folder of websites");
    case Obstacle::NothingQueued:
        return Actions::tr("no message of the source is in the queue");
    case Obstacle::HasPanel:
        return Actions::tr("this server has a panel, which would undo it: use the action for the panel");
    case Obstacle::NoForm:
        return Actions::tr("no request is known that makes the mail");
    case Obstacle::OddForm:
        return Actions::tr("the request goes to no file of its own, and closing it would close the website: "
                           "protect the form in the website itself");
    case Obstacle::NoSite:
        return Actions::tr("no website is known");
    case Obstacle::NoProcess:
        return Actions::tr("none of the source's processes was seen talking to other servers' mail ports");
    case Obstacle::SystemUser:
        return Actions::tr(
            "the process belongs to the system or to the mail server itself: look at it by hand");
    case Obstacle::NothingSaved:
        break;
    }
    return Actions::tr("the case has no saved message");
}

QString name(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Done:
        return Actions::tr("done");
    case Outcome::AlreadySo:
        return Actions::tr("already so");
    case Outcome::Failed:
        return Actions::tr("failed");
    case Outcome::MustBeChecked:
        return Actions::tr("must be checked");
    case Outcome::NotReached:
        break;
    }
    return Actions::tr("not reached");
}

QString counts(const containment::Totals& totals)
{
    QStringList parts {Actions::tr("%L1 done").arg(totals.done),
        Actions::tr("%L1 already gone or back").arg(totals.alreadySo),
        Actions::tr("%L1 failed").arg(totals.failed)};
    if (totals.mustBeChecked > 0)
        parts << Actions::tr("%L1 must be checked").arg(totals.mustBeChecked);
    if (totals.notReached > 0)
        parts << Actions::tr("%L1 not reached").arg(totals.notReached);
    if (totals.held > 0)
        parts << Actions::tr("%L1 on hold").arg(totals.held);
    return parts.join(QStringLiteral(", "));
}

QString counts(const containment::Selection& selection)
{
    QString text = Actions::tr("%Ln message(s), %1", nullptr, number(selection.items.size()))
                       .arg(size(selection.bytes));
    QStringList places;
    for (const auto& [place, count] : selection.places)
        places << QStringLiteral("%L1 %2").arg(count).arg(QString::fromLatin1(queue::name(place).data()));
    return places.isEmpty() ? text : text + QStringLiteral(": ") + places.join(QStringLiteral(", "));
}

} // namespace sluicegate::words

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

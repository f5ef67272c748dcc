// SPDX-License-Identifier: GPL-3.0-or-later
// The actions outside the queue, one file each: its plan and its run. Known to the table of actions only.
#pragma once

#include "models/containment/deed.h"

namespace sluicegate::containment::acts {

Plan planPassword(const Target& target);
Acted changePassword(Hand& hand, const Target& target);

Plan planLimit(const Target& target);
Acted limitMailbox(Hand& hand, const Target& target);
Plan planUnlimit(const Target& target);
Acted unlimitMailbox(Hand& hand, const Target& target);

Plan planEndSessions(const Target& target);
Acted endSessions(Hand& hand, const Target& target);

Plan planReview(const Target& target);
Acted reviewMailbox(Hand& hand, const Target& target);

Plan planQuarantine(const Target& target);
Acted quarantineScript(Hand& hand, const Target& target);
Plan planRestoreScript(const Target& target);
Acted restoreScript(Hand& hand, const Target& target);

Plan planStopUser(const Target& target);
Acted stopUserMail(Hand& hand, const Target& target);
Plan planAllowUser(const Target& target);
Acted allowUserMail(Hand& hand, const Target& target);

Plan planCloseForm(const Target& target);
Acted closeForm(Hand& hand, const Target& target);
Plan planOpenForm(const Target& target);
Acted openForm(Hand& hand, const Target& target);

Plan planCloseRegistration(const Target& target);
Acted closeRegistration(Hand& hand, const Target& target);
Plan planOpenRegistration(const Target& target);
Acted openRegistration(Hand& hand, const Target& target);

Plan planSuspendSite(const Target& target);
Acted suspendSite(Hand& hand, const Target& target);
Plan planResumeSite(const Target& target);
Acted resumeSite(Hand& hand, const Target& target);
Plan planSuspendSubscription(const Target& target);
Acted suspendSubscription(Hand& hand, const Target& target);
Plan planResumeSubscription(const Target& target);
Acted resumeSubscription(Hand& hand, const Target& target);

Plan planCheckFiles(const Target& target);
Acted checkFiles(Hand& hand, const Target& target);

Plan planStopProcess(const Target& target);
Acted stopProcess(Hand& hand, const Target& target);

Plan planFilePassword(const Target& target);
Acted changeFilePassword(Hand& hand, const Target& target);

Plan planStopLogin(const Target& target);
Acted stopLogin(Hand& hand, const Target& target);
Plan planAllowLogin(const Target& target);
Acted allowLogin(Hand& hand, const Target& target);

} // namespace sluicegate::containment::acts

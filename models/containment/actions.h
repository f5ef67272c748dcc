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

} // namespace sluicegate::containment::acts

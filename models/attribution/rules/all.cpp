// SPDX-License-Identifier: GPL-3.0-or-later
// The list of all rules.
#include "models/attribution/rules/rules.h"

#include <array>

namespace sluicegate::attribution::rules {

std::span<const Rule> all()
{
    static constexpr std::array table {noticed, burst, bounceShare, lowBounce, limitRejects, manyRecipients,
        nightHours, externalLogin, localLogin, manyNetworks, newNetworks, foreignSender, variedHelo,
        failuresBeforeLogin, webmailRequests, submittedByUser, submittedLocally, formPosts, formSubjects,
        siteSender, oneAddressEach, postingClients, evaluatedCode, scriptPlace, oddScript, newScript,
        scriptPosts, fewPosts, noRequests, unlikeSite, listHeaders, steadyRate, sameSender, earlierMailings,
        forwarded, backscatter, relayed, systemUser};
    return table;
}

} // namespace sluicegate::attribution::rules

// SPDX-License-Identifier: GPL-3.0-or-later
// The rules: each looks at one source and finds a reason, or nothing. One file each.
#pragma once

#include "models/attribution/scene.h"

#include <optional>
#include <span>

namespace sluicegate::attribution::rules {

/// A clue whose `weight` is its strength from 0 to 1; the table of weights says what that is worth.
using Finding = std::optional<Clue>;
using Rule = Finding (*)(const Scene& scene);

/// All rules, in the order of the table in all.cpp.
std::span<const Rule> all();

Finding noticed(const Scene& scene);
Finding burst(const Scene& scene);
Finding bounceShare(const Scene& scene);
Finding lowBounce(const Scene& scene);
Finding limitRejects(const Scene& scene);
Finding manyRecipients(const Scene& scene);
Finding nightHours(const Scene& scene);
Finding externalLogin(const Scene& scene);
Finding localLogin(const Scene& scene);
Finding manyNetworks(const Scene& scene);
Finding newNetworks(const Scene& scene);
Finding foreignSender(const Scene& scene);
Finding variedHelo(const Scene& scene);
Finding failuresBeforeLogin(const Scene& scene);
Finding webmailRequests(const Scene& scene);
Finding submittedByUser(const Scene& scene);
Finding submittedLocally(const Scene& scene);
Finding formPosts(const Scene& scene);
Finding formSubjects(const Scene& scene);
Finding siteSender(const Scene& scene);
Finding oneAddressEach(const Scene& scene);
Finding postingClients(const Scene& scene);
Finding evaluatedCode(const Scene& scene);
Finding scriptPlace(const Scene& scene);
Finding newScript(const Scene& scene);
Finding oddScript(const Scene& scene);
Finding scriptPosts(const Scene& scene);
Finding fewPosts(const Scene& scene);
Finding noRequests(const Scene& scene);
Finding unlikeSite(const Scene& scene);
Finding listHeaders(const Scene& scene);
Finding steadyRate(const Scene& scene);
Finding sameSender(const Scene& scene);
Finding earlierMailings(const Scene& scene);
Finding forwarded(const Scene& scene);
Finding backscatter(const Scene& scene);
Finding relayed(const Scene& scene);
Finding systemUser(const Scene& scene);

} // namespace sluicegate::attribution::rules

// SPDX-License-Identifier: GPL-3.0-or-later
// Quoting evidence: the lines a clue rests on, at most ten.
#pragma once

#include "models/attribution/scene.h"

#include <functional>
#include <string_view>
#include <vector>

namespace sluicegate::attribution::rules {

inline constexpr std::size_t quoteLimit = 10;

using Lines = std::vector<base::EvidenceLine>;

/// The first line of the journey that holds `text`; its first line when none does.
base::EvidenceLine lineWith(const Scene& scene, std::uint32_t journey, std::string_view text);

/// Such lines for the spam that `wanted` accepts, `limit` of them.
Lines linesWith(const Scene& scene, std::string_view text, const std::function<bool(const Row&)>& wanted,
    std::size_t limit = 5);
Lines linesWith(const Scene& scene, std::string_view text, std::size_t limit = 5);

/// One line for each of the tallies' examples.
Lines linesOf(
    const Scene& scene, const std::vector<Tally>& tallies, std::string_view text, std::size_t limit = 5);

base::EvidenceLine lineOf(const SiteRequests& log, const hosting::Request& request);
base::EvidenceLine lineOf(const PhpCall& call);
/// The header field `offset` bytes into a queued message.
base::EvidenceLine lineOf(const std::string& queueId, const QueuedMessage& message, std::size_t offset);

/// The endpoint whose requests match the messages one to one; null when there is none.
const EndpointMatch* formOf(const Scene& scene);
/// Webmail's own requests are its user's, not a site's form.
bool isWebmail(const EndpointMatch& match);
/// Whether mail() ran in eval()'d code for some of the spam, as PHP's mail log or a queued message says.
bool isEvaluated(const Scene& scene);
/// A program in a data folder that was asked while the source sent; null when there is none.
const EndpointMatch* droppedOf(const Scene& scene);

/// The script that sent, as far as a log, a header or a request names it; a form's own is not asked.
std::string scriptOf(const Scene& scene);

/// Calls `use` for the spam that lies in the queue and was read there.
void eachQueued(
    const Scene& scene, const std::function<void(const std::string& queueId, const QueuedMessage&)>& use);

/// The text that shows how the source hands its messages in ("sasl_username=", "uid=", "client=").
std::string_view entryText(const Scene& scene);

std::string percent(std::uint64_t part, std::uint64_t whole);

/// Rises from 0 at `from` to 1 at `to`.
double rising(double value, double from, double to);

} // namespace sluicegate::attribution::rules

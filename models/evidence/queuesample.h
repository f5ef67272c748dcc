// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the queued messages are looked at, and taking postcat's output for several of them apart.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluicegate::evidence {

/// One queued message of a listing, as far as the choice needs it.
struct Queued {
    std::string id;
    std::string sender;
    bool operator==(const Queued&) const = default;
};

/// Of postqueue -j or postqueue -p. Only ids that are ids: letters and digits.
std::vector<Queued> readQueued(std::string_view listing);

/// The wanted first, then the last listed of each sending domain in turn, so that one flood does not hide the
/// others.
std::vector<std::string> pickSample(
    const std::vector<Queued>& queued, const std::set<std::string>& wanted, std::size_t most);

/// Queue ids under which a mail log has one of these Message-IDs; `messageIds` with or without brackets.
std::set<std::string> queueIdsOf(std::string_view log, const std::vector<std::string>& messageIds);

/// Id and output of each message that postcat printed, in its order; only `ids`, each once.
std::vector<std::pair<std::string, std::string_view>> splitMessages(
    std::string_view output, const std::vector<std::string>& ids);

} // namespace sluicegate::evidence

// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of a message's words: its subject from PHP's mail log or its queue file, and whom it answers
// to.
#pragma once

#include "models/attribution/scene.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace sluicegate::attribution {

/// What messages made from one template have in common, in every language: what differs between two messages
/// is left out (numbers, quoted titles), words are not looked at.
std::string templateOf(std::string_view subject);

class Wording {
public:
    explicit Wording(const Scene& scene);

    bool knowsAny() const { return !m_queued.empty() || !m_scene.background.scripts.calls.empty(); }
    /// Empty when it is not known.
    std::string_view subject(const Row& row) const;
    /// The template of its subject; empty when it is not known, or too short to tell anything.
    std::string words(const Row& row) const;
    /// The address in Reply-To of its queue file, lower case: a form's mail names its writer there.
    std::string replyTo(const Row& row) const;

private:
    std::string_view field(const Row& row, std::string_view name) const;

    const Scene& m_scene;
    std::unordered_map<std::uint32_t, const QueuedMessage*> m_queued; // by journey
};

} // namespace sluicegate::attribution

// SPDX-License-Identifier: GPL-3.0-or-later
// What an action outside the queue did, step by step, and how its steps run: just as its plan says.
#pragma once

#include "models/containment/ground.h"
#include "models/containment/hand.h"
#include "models/containment/outcome.h"
#include "models/containment/plan.h"

#include <optional>
#include <string>
#include <vector>

namespace sluicegate::containment {

struct Deed {
    Stage stage {};
    Outcome outcome = Outcome::NotReached;
    std::string said; // by the server; foreign bytes
};

struct Acted {
    std::vector<Deed> deeds {};
    std::string secret {}; // a new password: shown once, kept nowhere
    std::optional<base::Failure> interrupted {};
    bool whole() const;
};

ssh::Command commandOf(const PlannedCommand& planned);

/// Runs a plan's commands one after another and writes down how each ended.
class Doing {
public:
    Doing(Hand& hand, std::string_view name, std::string target);

    /// The output of a command that ran, whatever its exit status; nothing when the action is over. The
    /// deed is Done with exit status 0, else Failed with the server's words.
    std::optional<ssh::Output> run(const PlannedCommand& planned, std::string input = {});
    /// The same for a secret on standard input.
    std::optional<ssh::Output> runSecret(const PlannedCommand& planned, std::string secret);

    /// The last deed, to be judged by what its output says.
    void judge(Outcome outcome, std::string said = {});
    void add(Stage stage, Outcome outcome, std::string said);
    base::Result<void> remember(std::vector<std::pair<std::string, std::string>> facts);
    /// What remember() kept for this action and target, newest first.
    std::optional<std::string> recalled(std::string_view action, std::string_view fact) const;
    void stop(base::Failure failure) { m_acted.interrupted = std::move(failure); }
    bool over() const { return m_acted.interrupted.has_value(); }
    Hand& hand() { return m_hand; }
    /// What came of it, on record; once.
    Acted finish();

private:
    std::optional<ssh::Output> take(const PlannedCommand& planned, const base::Result<ssh::Output>& output);

    Hand& m_hand;
    std::string m_name;
    std::string m_target;
    Acted m_acted;
};

} // namespace sluicegate::containment

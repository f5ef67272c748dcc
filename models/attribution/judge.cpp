// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/judge.h"

#include "models/attribution/rules/rules.h"
#include "models/attribution/weights.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sluicegate::attribution {

namespace {

using LogOdds = std::array<double, causeCount>;

std::vector<Cause> possibleCauses(const Scene& scene, const std::vector<Clue>& clues)
{
    const bool fromHere = std::ranges::contains(clues, "local-login", &Clue::rule);
    switch (scene.origin.path) {
    case Path::Login:
        if (fromHere)
            return {Cause::MailboxPassword, Cause::WebsiteForm, Cause::WebsiteHacked, Cause::LegitimateBulk};
        return {Cause::MailboxPassword, Cause::LegitimateBulk};
    case Path::Pickup:
        if (scene.origin.uid == 0u)
            return {Cause::SystemMail};
        return {Cause::WebsiteForm, Cause::WebsiteHacked, Cause::LegitimateBulk};
    case Path::LocalSmtp:
        return {Cause::WebsiteForm, Cause::WebsiteHacked, Cause::LegitimateBulk};
    case Path::Relay:
        return {Cause::OpenRelay};
    case Path::Forward:
        return {Cause::Forwarding};
    case Path::Backscatter:
        return {Cause::Backscatter};
    case Path::Unclear:
        break;
    }
    return {};
}

// A rule that fires for another cause speaks against the chosen one, even when the table gives it no weight
// there.
double signedWeight(const Weight& weight, Cause chosen, const std::vector<Cause>& causes)
{
    if (weight.of(chosen) != 0 || chosen == Cause::Unknown)
        return weight.of(chosen);
    double other = 0;
    for (const Cause cause : causes)
        other = std::max(other, weight.of(cause));
    return -other / 2;
}

Cause heaviest(const LogOdds& odds, const std::vector<Cause>& causes)
{
    Cause best = Cause::Unknown;
    for (const Cause cause : causes)
        if (const double value = odds[static_cast<std::size_t>(cause)];
            value > (best == Cause::Unknown ? 0 : odds[static_cast<std::size_t>(best)]))
            best = cause;
    return best;
}

// The chosen cause against all others and against "none of these", whose log-odds are nought.
double share(const LogOdds& odds, Cause chosen, const std::vector<Cause>& causes)
{
    if (chosen == Cause::Unknown)
        return 0;
    double sum = 1;
    for (const Cause cause : causes)
        sum += std::exp(odds[static_cast<std::size_t>(cause)]);
    return std::exp(odds[static_cast<std::size_t>(chosen)]) / sum;
}

} // namespace

Judgement judge(const Scene& scene)
{
    Judgement judgement;
    LogOdds odds {};
    for (const rules::Rule rule : rules::all()) {
        if (scene.background.stop.stop_requested())
            break;
        auto clue = rule(scene);
        if (!clue)
            continue;
        const Weight& weight = weightOf(clue->rule);
        for (std::size_t cause = 0; cause < odds.size(); ++cause)
            odds[cause] += weight.forCause[cause] * clue->weight;
        judgement.hard = judgement.hard || (weight.hard && clue->weight > 0.3);
        judgement.clues.push_back(std::move(*clue));
    }
    const std::vector<Cause> causes = possibleCauses(scene, judgement.clues);
    judgement.cause = heaviest(odds, causes);
    judgement.score = share(odds, judgement.cause, causes);
    judgement.confidence = confidenceOf(judgement.score);
    if (judgement.confidence == Confidence::Insufficient)
        judgement.cause = Cause::Unknown;
    for (Clue& clue : judgement.clues)
        clue.weight *= signedWeight(weightOf(clue.rule), judgement.cause, causes);
    std::ranges::stable_sort(
        judgement.clues, std::greater {}, [](const Clue& clue) { return std::abs(clue.weight); });
    return judgement;
}

Confidence confidenceOf(double score)
{
    if (score >= 0.85)
        return Confidence::VeryLikely;
    if (score >= 0.65)
        return Confidence::Likely;
    return score >= 0.4 ? Confidence::Possible : Confidence::Insufficient;
}

} // namespace sluicegate::attribution

// SPDX-License-Identifier: GPL-3.0-or-later
// What a source did since it was shut: spam, attempts that were refused, and messages that may be its
// owner's.
#pragma once

#include "models/attribution/verdict.h"
#include "models/base/evidenceline.h"
#include "models/base/instant.h"
#include "models/maillog/history.h"
#include "models/triage/analysis.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluicegate::readiness {

struct Tally {
    std::uint64_t spam = 0;
    std::uint64_t refused = 0; // the proof that the lock works
    std::uint64_t unclear = 0; // of the source, by marks that neither spam nor owner had
    std::optional<base::Instant> lastSpam {}; // by the server's clock
    std::vector<base::EvidenceLine> evidence {}; // of spam and unclear ones, at most ten
    bool operator==(const Tally&) const = default;
};

/// What has a time on this machine, on the server's clock.
base::Instant onServer(const triage::Analysis& analysis, base::Instant here);
inline constexpr auto slack = std::chrono::seconds(5); // a message under way while the source was shut

/// In the history the suspect was found in: his messages are those judged spam, and whatever else came from
/// where the spam came from.
Tally tallyOf(const triage::Analysis& analysis, const attribution::Suspect& suspect, base::Instant since);

/// In lines that were not judged, read after that history: spam by where it came from, the owner's by where
/// his own came from; whatever is of the source and neither stays unclear. A source that `isClosed`
/// altogether has no owner's mail left.
class NewsJudge {
public:
    NewsJudge(const triage::Analysis& analysis, attribution::Suspect suspect, bool isClosed);
    Tally tally(const maillog::History& news, base::Instant since) const;

private:
    attribution::Suspect m_suspect;
    std::vector<std::string> m_owners; // addresses of honest messages; sorted
    bool m_isClosed;
};

/// What a watch saw: it read on from where the evidence ended, without a gap.
struct Watched {
    base::Instant from {}; // when the evidence was pulled that it goes on from; by this machine's clock
    base::Instant since {}; // from when on messages count
    base::Instant until {}; // its last look
    std::optional<base::Instant> disturbed {}; // quiet is counted anew from here: spam, or a gap in the log
    std::uint64_t spam = 0;
    std::uint64_t refused = 0;
    std::uint64_t unclear = 0;
    std::uint64_t bytes = 0; // of the log, read in all
    bool operator==(const Watched&) const = default;
};

} // namespace sluicegate::readiness

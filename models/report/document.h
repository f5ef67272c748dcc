// SPDX-License-Identifier: GPL-3.0-or-later
// The Analysis as the values a page template names: text already inert, lists already bounded.
#pragma once

#include "models/report/report.h"
#include "models/report/timeline.h"
#include "models/readiness/gate.h"
#include "models/triage/analysis.h"

#include <QJsonArray>
#include <QVariantHash>

namespace sluicegate::report {

/// How much of each list a page shows; what is left out is counted.
struct Bounds {
    qsizetype suspects = 12;
    qsizetype evidenceLines = 10; // of one clue
    qsizetype queue = 200; // of each half
    qsizetype manifest = 500;
    qsizetype ids = 60;
    qsizetype warnings = 60;
    std::size_t bins = 96;
};

inline constexpr Bounds forPaper {
    .suspects = 6, .evidenceLines = 4, .queue = 40, .manifest = 60, .ids = 40, .warnings = 25, .bins = 26};

/// Keys: title, host, generated, verdict, notice, suspects, timeline, queue, log, manifest, warnings, why,
/// unexplained, gate, remarks, and "say" with every label in the reader's language.
QVariantHash documentOf(
    const triage::Analysis& analysis, const Bounds& bounds, const readiness::Gate* gate, Remarks remarks);
QVariantList remarksOf(Remarks remarks, qsizetype mostLines);
QJsonArray remarksJson(Remarks remarks);

/// Every fixed word of the page.
QVariantHash labels();

} // namespace sluicegate::report

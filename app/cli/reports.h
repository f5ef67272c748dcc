// SPDX-License-Identifier: GPL-3.0-or-later
// Reports as files, by the ending of their names.
#pragma once

#include "models/base/failure.h"
#include "models/readiness/gate.h"
#include "models/report/report.h"
#include "models/triage/analysis.h"

#include <QString>

#include <optional>

namespace sluicegate::app {

enum class ReportFormat { Html, Pdf, Json, Markdown };

std::optional<ReportFormat> reportFormat(const QString& file);

/// Writes a report whole or not at all; an existing file is replaced only by a whole one.
base::Result<void> writeReport(const triage::Analysis& analysis, const QString& file,
    const readiness::Gate* gate = nullptr, report::Remarks remarks = {});

} // namespace sluicegate::app

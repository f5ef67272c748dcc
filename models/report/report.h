// SPDX-License-Identifier: GPL-3.0-or-later
// An Analysis as a document: JSON for machines, HTML for people, Markdown for tickets.
#pragma once

#include "models/base/failure.h"
#include "models/triage/analysis.h"

#include <QJsonObject>
#include <QString>

#include <filesystem>

namespace sluicegate::report {

/// The object of `triage --json` ("format": "sluicegate/1"); names are a contract.
QJsonObject json(const triage::Analysis& analysis);
/// One self-contained page: no scripts, no remote content, foreign text inert.
QString html(const triage::Analysis& analysis);
QString markdown(const triage::Analysis& analysis);

} // namespace sluicegate::report

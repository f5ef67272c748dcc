// SPDX-License-Identifier: GPL-3.0-or-later
// An Analysis as a document: JSON for machines, HTML for people, Markdown for tickets. With a gate it tells
// how the conditions for unblocking stand, and what was passed over, by whom and why; with remarks, what
// the operator wrote down and pinned.
#pragma once

#include "models/base/failure.h"
#include "models/casefile/remark.h"
#include "models/readiness/gate.h"
#include "models/triage/analysis.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <filesystem>
#include <span>

namespace sluicegate::report {

/// In order of time.
using Remarks = std::span<const casefile::Remark>;

/// The object of `triage --json` ("format": "sluicegate/1"); names are a contract.
QJsonObject json(
    const triage::Analysis& analysis, const readiness::Gate* gate = nullptr, Remarks remarks = {});
/// The object as text: lossless, but with every control, format and private character as \uXXXX, so that it
/// can be looked at on a terminal.
QByteArray jsonText(const QJsonObject& object);
/// One self-contained page: no scripts, no remote content, foreign text inert.
QString html(const triage::Analysis& analysis, const readiness::Gate* gate = nullptr, Remarks remarks = {});
/// The same in the plain HTML that print::writePdf() lays out well, its lists bounded.
QString printable(
    const triage::Analysis& analysis, const readiness::Gate* gate = nullptr, Remarks remarks = {});
/// "Source of spam on mail.shop.example".
QString title(const triage::Analysis& analysis);
QString markdown(
    const triage::Analysis& analysis, const readiness::Gate* gate = nullptr, Remarks remarks = {});

} // namespace sluicegate::report

// SPDX-License-Identifier: GPL-3.0-or-later
// A plan in sentences and commands, as the operator reads it before saying yes.
#pragma once

#include "models/containment/plan.h"

#include <QString>
#include <QStringList>

namespace sluicegate::words {

/// The script exactly as the server's shell gets it, then its arguments and what it reads: nothing runs that
/// is not shown here.
QStringList commandLines(const containment::PlannedCommand& command);
/// What is selected and what is not touched, with examples; empty for actions outside the queue.
QStringList selectionLines(const containment::Plan& plan);
QStringList effectLines(const containment::Plan& plan);
/// How to go back, and what cannot be brought back.
QStringList wayBackLines(const containment::Plan& plan);
/// What the button says that really does it: "Delete 240 messages".
QString deedName(const containment::Plan& plan);

} // namespace sluicegate::words

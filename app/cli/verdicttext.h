// SPDX-License-Identifier: GPL-3.0-or-later
// An Analysis for the terminal.
#pragma once

#include "models/triage/analysis.h"

#include <QString>

namespace sluicegate::app {

QString verdictText(const triage::Analysis& analysis);

} // namespace sluicegate::app

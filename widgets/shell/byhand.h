// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator does by hand for the steps this version does not do.
#pragma once

#include "widgets/shell/steps.h"

#include <QStringList>

namespace sluicegate::shell {

QString byHandTitle(StepId step);
QString byHandSubtitle(StepId step);
/// `culprit` may be null.
QStringList byHand(StepId step, const attribution::Suspect* culprit, const desk::Snapshot& snapshot);

} // namespace sluicegate::shell

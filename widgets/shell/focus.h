// SPDX-License-Identifier: GPL-3.0-or-later
// Where the keyboard goes when a step is gone to: to what is used there first.
#pragma once

#include "widgets/shell/steps.h"

class QWidget;

namespace sluicegate::shell {

/// Null where nothing on the page can take the focus.
QWidget* firstToUse(StepId step, const QWidget& page);

} // namespace sluicegate::shell

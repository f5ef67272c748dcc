// SPDX-License-Identifier: GPL-3.0-or-later
// The human voice for actions: what they do, why they cannot, how they ended.
#pragma once

#include "models/containment/deed.h"
#include "models/containment/outcome.h"
#include "models/containment/plan.h"

#include <QString>
#include <QStringList>

namespace sluicegate::words {

/// "Clear the queue".
QString name(containment::ActionId action);
/// What it does, in one sentence.
QString meaning(containment::ActionId action);
/// What this step is for: "Put each message on hold".
QString text(containment::Stage stage);
/// A sentence about side effects or the limits of going back.
QString text(containment::Remark remark);
QString text(containment::Obstacle obstacle);
/// "done", "already so", ...
QString name(containment::Outcome outcome);
/// "212 done, 3 already gone, ...".
QString counts(const containment::Totals& totals);
/// "300 messages, 1.2 MiB: 212 deferred, 88 on hold".
QString counts(const containment::Selection& selection);

} // namespace sluicegate::words

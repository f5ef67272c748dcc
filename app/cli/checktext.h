// SPDX-License-Identifier: GPL-3.0-or-later
// The gate as `check` prints it, and the watch as it tells of it.
#pragma once

#include "models/desk/watching.h"
#include "models/readiness/gate.h"

#include <QJsonObject>
#include <QString>

namespace sluicegate::app {

QString gateText(const readiness::Gate& gate);
QJsonObject gateJson(const readiness::Gate& gate);
QString watchText(const desk::WatchState& state);

} // namespace sluicegate::app

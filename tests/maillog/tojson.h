// SPDX-License-Identifier: GPL-3.0-or-later
// A History as JSON, whole, for golden tests.
#pragma once

#include "models/maillog/history.h"

#include <QJsonObject>

namespace sluicegate::maillog {

QJsonObject toJson(const History& history);

} // namespace sluicegate::maillog

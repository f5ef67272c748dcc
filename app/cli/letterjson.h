// SPDX-License-Identifier: GPL-3.0-or-later
// A message's inspection and a notice as JSON, the same for the command line and its tests.
#pragma once

#include "models/message/inspection.h"
#include "models/notice/notice.h"

#include <QJsonObject>

namespace sluicegate::app {

/// Absent parts are null. Bytes that are no UTF-8 become replacement characters.
QJsonObject toJson(const message::Inspection& inspection);
QJsonObject toJson(const notice::Notice& notice);

} // namespace sluicegate::app

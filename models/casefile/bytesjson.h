// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes in JSON: text where they are UTF-8, else base64 in an object.
#pragma once

#include <QJsonValue>

#include <string>

namespace sluicegate::casefile {

QJsonValue fromBytes(const std::string& bytes);
std::string toBytes(const QJsonValue& value);

} // namespace sluicegate::casefile

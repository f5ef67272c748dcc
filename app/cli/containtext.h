// SPDX-License-Identifier: GPL-3.0-or-later
// Plans and how they ended, for the terminal and as JSON.
#pragma once

#include "models/containment/deed.h"
#include "models/triage/analysis.h"

#include <QJsonObject>
#include <QString>

namespace sluicegate::app {

/// Every action, for each suspect that may be meant: possible, or why not.
QString actionsText(const std::vector<const attribution::Suspect*>& suspects,
    const containment::Ground& ground, std::uint64_t saved);

QString planText(const containment::Plan& plan);
QString endingText(const containment::Ending& ending);
QString actedText(const containment::Acted& acted, const std::string& target);

QJsonObject planJson(const containment::Plan& plan);
QJsonObject endingJson(const containment::Ending& ending);
QJsonObject actedJson(const containment::Acted& acted);

} // namespace sluicegate::app

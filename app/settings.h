// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers from one start to the next, as a value.
#pragma once

#include "widgets/common/theme.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace sluicegate::app {

struct Settings {
    QStringList hosts; // newest first
    std::optional<common::Scheme> scheme; // nullopt: as the desktop prefers
    QByteArray geometry;

    static Settings load();
    void save() const;
    void remember(const QString& host);
};

} // namespace sluicegate::app

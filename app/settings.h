// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers from one start to the next, as a value.
#pragma once

#include "widgets/settings/settingsdialog.h"

#include <QByteArray>
#include <QStringList>

namespace sluicegate::app {

struct Settings {
    QStringList hosts; // newest first
    settings::Preferences preferences;
    QByteArray geometry;

    static Settings load();
    void save() const;
    void remember(const QString& host);
};

} // namespace sluicegate::app

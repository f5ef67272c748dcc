// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the window together and runs it.
#pragma once

#include <QStringList>

class QApplication;

namespace sluicegate::app {

/// Whether arguments that begin with no verb ask for the window: nothing, --demo, or files that exist.
bool asksForWindow(int argc, char** argv);
/// No platform was chosen and neither X nor Wayland answers: asked before QApplication, which would abort.
bool displayIsMissing();
int sayDisplayIsMissing();

int runWindow(QApplication& application, const QStringList& arguments);

} // namespace sluicegate::app

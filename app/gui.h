// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the window together and runs it.
#pragma once

#include <QStringList>

class QApplication;

namespace sluicegate::app {

/// Whether a word that is no verb asks for the window: --demo, or a file that exists.
bool asksForWindow(const char* word);
/// No platform was chosen and neither X nor Wayland answers: asked before QApplication, which would abort.
bool displayIsMissing();
int sayDisplayIsMissing();

int runWindow(QApplication& application, const QStringList& arguments);

} // namespace sluicegate::app

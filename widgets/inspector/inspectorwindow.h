// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector in a window of its own, for a file or a queued message; the main window stays usable beside
// it.
#pragma once

#include <QDialog>

namespace sluicegate::inspector {

class Inspector;

class InspectorWindow : public QDialog {
    Q_OBJECT
public:
    explicit InspectorWindow(QWidget* parent = nullptr);
    Inspector& inspector() { return *m_inspector; }

private:
    Inspector* m_inspector;
};

} // namespace sluicegate::inspector

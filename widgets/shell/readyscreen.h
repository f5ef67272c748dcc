// SPDX-License-Identifier: GPL-3.0-or-later
// Before the provider's Unblock button: what must be true, to be checked by hand in this version.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

class QLabel;

namespace sluicegate::shell {

class ReadyScreen : public QWidget {
    Q_OBJECT
public:
    explicit ReadyScreen(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot);

private:
    QLabel* m_about;
};

} // namespace sluicegate::shell

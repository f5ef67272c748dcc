// SPDX-License-Identifier: GPL-3.0-or-later
// The list of all keys: what the menus say, and what the views answer to.
#pragma once

#include "widgets/shell/commands.h"

#include <QDialog>

namespace sluicegate::shell {

class KeyList : public QDialog {
    Q_OBJECT
public:
    explicit KeyList(const QList<Command>& commands, QWidget* parent);
};

} // namespace sluicegate::shell

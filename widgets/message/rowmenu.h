// SPDX-License-Identifier: GPL-3.0-or-later
// The right-click menu of a message's cell: filter by it, exclude it, show what else it did, copy.
#pragma once

#include "models/items/messagetable.h"

#include <QMenu>

namespace sluicegate::messagescreen {

class RowMenu : public QMenu {
    Q_OBJECT
public:
    RowMenu(const items::MessageTable& model, const QModelIndex& cell);

Q_SIGNALS:
    void filterWanted(const sluicegate::items::Term& term);
    void pinWanted();

private:
    void addFilter(const QString& text, std::optional<items::Term> term);
    void addCopy(const QString& text, const QString& what);
};

} // namespace sluicegate::messagescreen

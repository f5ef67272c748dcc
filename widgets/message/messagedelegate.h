// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a message's cells: its suspect's mark before the time, the outcome's shape before its word.
#pragma once

#include "widgets/common/marks.h"

namespace sluicegate::messagescreen {

class MessageDelegate : public common::RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sluicegate::messagescreen

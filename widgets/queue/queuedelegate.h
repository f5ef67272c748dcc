// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a queued message's cells: the verdict's shape before its word.
#pragma once

#include "widgets/common/marks.h"

namespace sluicegate::queuescreen {

class QueueDelegate : public common::RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sluicegate::queuescreen

// SPDX-License-Identifier: GPL-3.0-or-later
// A row of widgets that wraps into further rows.
#pragma once

#include <QLayout>

namespace sluicegate::common {

class FlowLayout : public QLayout {
public:
    explicit FlowLayout(QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override { m_items.append(item); }
    int count() const override { return int(m_items.size()); }
    QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), Move::No); }
    void setGeometry(const QRect& rect) override;
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    Qt::Orientations expandingDirections() const override { return {}; }

private:
    enum class Move { No, Yes };
    int arrange(const QRect& rect, Move move) const;

    QList<QLayoutItem*> m_items;
};

} // namespace sluicegate::common

// SPDX-License-Identifier: GPL-3.0-or-later
// The row of filter chips above every view: what is filtered, how to invert or drop it, and "n of N".
#pragma once

#include "models/items/filter.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace sluicegate::common {

class FlowLayout;

class ChipRow : public QWidget {
    Q_OBJECT
public:
    explicit ChipRow(QWidget* parent = nullptr);

    void setFilter(const items::Filter& filter);
    const items::Filter& filter() const { return m_filter; }
    void beginSearch();
    void setCounts(quint64 shown, quint64 all);

Q_SIGNALS:
    void filterChanged(const sluicegate::items::Filter& filter);

private:
    void change(const items::Filter& filter);
    void rebuild();
    QWidget* chip(const items::Term& term);
    QMenu* addMenu();

    items::Filter m_filter;
    FlowLayout* m_chips;
    QLineEdit* m_search;
    QToolButton* m_add;
    QToolButton* m_clear;
    QLabel* m_counts;
};

} // namespace sluicegate::common

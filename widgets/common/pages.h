// SPDX-License-Identifier: GPL-3.0-or-later
// Several pages in one place, with a quiet row of tabs above them.
#pragma once

#include <QTabBar>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace sluicegate::common {

/// Words on a line; the chosen one is underlined. Arrow keys walk it, as in any row of tabs.
class Tabs : public QTabBar {
    Q_OBJECT
public:
    explicit Tabs(QWidget* parent = nullptr);

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void tabLayoutChange() override;
    void paintEvent(QPaintEvent* event) override;
};

class Pages : public QWidget {
    Q_OBJECT
public:
    /// `name` is what the row of tabs is called, for who cannot see it.
    explicit Pages(const QString& name, QWidget* parent = nullptr);

    int addPage(QWidget* page, const QString& title);
    const QList<QWidget*>& pages() const { return m_pages; }
    void setTitle(int page, const QString& title);
    void setPage(int page);
    int page() const;
    /// At the end of the row of tabs.
    void setCorner(QWidget* corner);

Q_SIGNALS:
    void pageChanged(int page);

private:
    Tabs* m_tabs;
    QVBoxLayout* m_rows;
    QList<QWidget*> m_pages; // only the chosen one is visible and takes room
    QHBoxLayout* m_row;
};

} // namespace sluicegate::common

// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen shows when it has nothing to show: why, and the one thing to do about it.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sluicegate::common {

class StateView : public QWidget {
    Q_OBJECT
public:
    explicit StateView(QWidget* parent = nullptr);

    void showEmpty(const QString& heading, const QString& text, const QString& action = {});
    void showBusy(const QString& heading, const QString& text);

Q_SIGNALS:
    void actionRequested();

private:
    QLabel* m_heading;
    QLabel* m_text;
    QProgressBar* m_busy;
    QPushButton* m_action;
};

} // namespace sluicegate::common

// SPDX-License-Identifier: GPL-3.0-or-later
// The watch over the log as it runs: since when, what came, the next look, and for how long it has been
// quiet.
#pragma once

#include "models/desk/snapshot.h"
#include "widgets/common/pieces.h"

#include <QElapsedTimer>

class QProgressBar;
class QSpinBox;
class QTimer;

namespace sluicegate::readinessscreen {

class WatchStrip : public QWidget {
    Q_OBJECT
public:
    explicit WatchStrip(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot);

Q_SIGNALS:
    void startRequested();
    void stopRequested();
    void quietChosen(int minutes);

private:
    void showState();
    void showClock();

    QLabel* m_heading;
    QLabel* m_counts;
    QLabel* m_clock;
    QLabel* m_trouble;
    QProgressBar* m_quiet;
    QSpinBox* m_minutes;
    QPushButton* m_start;
    QPushButton* m_stop;
    QTimer* m_tick;
    QElapsedTimer m_told;
    std::optional<desk::WatchState> m_state;
};

} // namespace sluicegate::readinessscreen

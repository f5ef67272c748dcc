// SPDX-License-Identifier: GPL-3.0-or-later
// What an action came to: totals, what it did step by step, and every item that is not done with its reason.
#pragma once

#include "models/desk/handling.h"

#include <QWidget>

class QLabel;

namespace sluicegate::containmentscreen {

class EndingCard : public QWidget {
    Q_OBJECT
public:
    explicit EndingCard(QWidget* parent = nullptr);
    void show(const desk::Handling& handling);

private:
    QLabel* m_heading;
    QLabel* m_totals;
    QLabel* m_secretAbout;
    QLabel* m_secret;
    QLabel* m_details;
    QLabel* m_next;
};

} // namespace sluicegate::containmentscreen

// SPDX-License-Identifier: GPL-3.0-or-later
// One condition of the gate: its state as sign and word, why, as of when, and what can be done about it here.
#pragma once

#include "models/readiness/condition.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sluicegate::readinessscreen {

class ConditionRow : public QWidget {
    Q_OBJECT
public:
    explicit ConditionRow(QWidget* parent = nullptr);
    /// `consent`: what the operator must agree to before the remedy runs; empty: nothing.
    void show(const readiness::Condition& condition, bool canAct, const QString& consent);

Q_SIGNALS:
    void remedyRequested(sluicegate::readiness::Remedy remedy);
    void waiveRequested(sluicegate::readiness::ConditionId id, const QString& reason);
    void withdrawRequested(sluicegate::readiness::ConditionId id);

private:
    QWidget* buttons();
    QWidget* form();
    enum class Form { None, Reason, Consent };
    void showForm(Form form);
    void give();

    readiness::Condition m_condition;
    QLabel* m_state;
    QLabel* m_name;
    QLabel* m_text;
    QLabel* m_waived;
    QLabel* m_consent;
    QString m_asks;
    Form m_shown = Form::None;
    QPushButton* m_remedy;
    QPushButton* m_waive;
    QPushButton* m_withdraw;
    QLineEdit* m_reason;
    QPushButton* m_give;
    QWidget* m_form;
};

} // namespace sluicegate::readinessscreen

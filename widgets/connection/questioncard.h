// SPDX-License-Identifier: GPL-3.0-or-later
// A question of the connection, answered in place while it stays open: host key, password, prompts.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace sluicegate::connection {

class QuestionCard : public QWidget {
    Q_OBJECT
public:
    explicit QuestionCard(QWidget* parent = nullptr);
    void show(const std::optional<desk::Question>& question);

Q_SIGNALS:
    void answered(const sluicegate::desk::Answer& answer);

private:
    void build(const ssh::HostKeyQuestion& question);
    void build(const desk::SecretQuestion& question);
    void build(const desk::InteractiveQuestion& question);
    void addRefusal(const QString& text);
    QLineEdit* addField(const QString& name, bool echo);
    void addTextButtons(const QString& accept, const QList<QLineEdit*>& fields);

    QVBoxLayout* m_outer;
    QWidget* m_card = nullptr;
    QVBoxLayout* m_rows = nullptr;
};

} // namespace sluicegate::connection

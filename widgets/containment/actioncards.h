// SPDX-License-Identifier: GPL-3.0-or-later
// The actions that help against a suspect, each with what it does, or why this server cannot do it.
#pragma once

#include "models/desk/snapshot.h"

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace sluicegate::containmentscreen {

/// Which of the steps the actions belong to: shutting the source down, or clearing the queue.
enum class Scope { Source, Queue };

/// One line of the list.
struct Choice {
    containment::ActionId action {};
    std::optional<containment::Obstacle> obstacle;
    bool chosen = false;
    bool goesBack = false; // it undoes another
    std::optional<bool> done {}; // it ran in this session: wholly or not
    bool operator==(const Choice&) const = default;
};
/// What a screen offers; actions that help against no cause at hand are left out.
QList<Choice> choices(const desk::Snapshot& snapshot, Scope scope, int rank);

class ActionCards : public QWidget {
    Q_OBJECT
public:
    explicit ActionCards(QWidget* parent = nullptr);
    void show(const QList<Choice>& choices);

Q_SIGNALS:
    void chosen(sluicegate::containment::ActionId action);

private:
    void add(const Choice& choice);
    void addHeading(const QString& text);

    QList<Choice> m_choices;
    QVBoxLayout* m_rows;
};

} // namespace sluicegate::containmentscreen

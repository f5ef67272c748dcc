// SPDX-License-Identifier: GPL-3.0-or-later
// Step "Identify": the message table, and below it the story and the log lines of the selected message.
#pragma once

#include "models/items/messagetable.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QStackedWidget;
class QTableView;

namespace sluicegate::common {
class EvidencePane;
class Pages;
class StateView;
} // namespace sluicegate::common

namespace sluicegate::messagescreen {

class MessageScreen : public QWidget {
    Q_OBJECT
public:
    explicit MessageScreen(QWidget* parent = nullptr);

    items::MessageTable& table() { return *m_model; }
    void select(quint32 journey);
    void showEmpty(const QString& heading, const QString& text, const QString& action);
    void showBusy(const QString& heading, const QString& text);
    void showMessages();
    /// Another page beside the story of the selected message.
    void addPage(QWidget* page, const QString& title);

Q_SIGNALS:
    void filterWanted(const sluicegate::items::Term& term);
    void selected(std::optional<quint32> journey);
    void actionRequested();

private:
    QWidget* content();
    void selectWanted();
    void showJourney(const QModelIndex& row);
    void showMenu(QPoint at);

    items::MessageTable* m_model;
    QTableView* m_view;
    QListWidget* m_steps;
    common::EvidencePane* m_evidence;
    common::Pages* m_pages;
    common::StateView* m_state;
    QStackedWidget* m_stack;
    std::optional<quint32> m_wanted; // to be selected once its row is there
};

} // namespace sluicegate::messagescreen

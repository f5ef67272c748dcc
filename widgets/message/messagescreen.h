// SPDX-License-Identifier: GPL-3.0-or-later
// Step "Identify": the message table, and below it the story and the log lines of the selected message.
#pragma once

#include "models/items/messagetable.h"
#include "widgets/common/pinnable.h"

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

class MessageScreen : public QWidget, public common::Pinnable {
    Q_OBJECT
public:
    explicit MessageScreen(QWidget* parent = nullptr);

    items::MessageTable& table() { return *m_model; }
    void select(quint32 journey);
    /// Selects it, and the line among those shown for it.
    void select(quint32 journey, const base::EvidenceLine& line);
    std::optional<casefile::Remark> pinned() const override;
    void showEmpty(const QString& heading, const QString& text, const QString& action);
    void showBusy(const QString& heading, const QString& text);
    void showMessages();
    /// Another page beside the story of the selected message.
    void addPage(QWidget* page, const QString& title);

Q_SIGNALS:
    void filterWanted(const sluicegate::items::Term& term);
    void selected(std::optional<quint32> journey);
    void actionRequested();
    void pinWanted(const sluicegate::casefile::Remark& remark);

private:
    std::optional<casefile::Remark> pinOfLine(const base::EvidenceLine& line) const;
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
    std::optional<base::EvidenceLine> m_wantedLine; // of the message that is to be selected
    std::optional<quint32> m_wanted; // to be selected once its row is there
};

} // namespace sluicegate::messagescreen

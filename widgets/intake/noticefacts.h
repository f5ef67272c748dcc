// SPDX-License-Identifier: GPL-3.0-or-later
// What a notice says, as facts: server, addresses, time, ports, and the ids with what the log knows of them.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

namespace sluicegate::items {
class NoticeIdModel;
}

class QGridLayout;
class QLabel;
class QPushButton;
class QTableView;

namespace sluicegate::intake {

class NoticeFacts : public QWidget {
    Q_OBJECT
public:
    explicit NoticeFacts(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot);

Q_SIGNALS:
    void continueRequested();
    void journeyRequested(quint32 journey);

private:
    QLabel* addFact(QGridLayout* grid, const QString& name, const QString& object);
    void showIds(const desk::Snapshot& snapshot);

    QLabel* m_server;
    QLabel* m_addresses;
    QLabel* m_detected;
    QLabel* m_ports;
    QLabel* m_idsHeading;
    QLabel* m_why;
    QLabel* m_warnings;
    QTableView* m_ids;
    QPushButton* m_continue;
    items::NoticeIdModel* m_model;
};

} // namespace sluicegate::intake

// SPDX-License-Identifier: GPL-3.0-or-later
// What came: server and key, the log's reach, every item with size and hash, and what is doubtful about it.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace sluicegate::items {
class EvidenceModel;
}

namespace sluicegate::connection {

class EvidenceList : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceList(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot);

Q_SIGNALS:
    void continueRequested();

private:
    QLabel* m_heading;
    QLabel* m_server;
    QLabel* m_log;
    QLabel* m_warnings;
    QTableView* m_table;
    QPushButton* m_continue;
    items::EvidenceModel* m_model;
};

} // namespace sluicegate::connection

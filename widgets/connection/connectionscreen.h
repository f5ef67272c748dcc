// SPDX-License-Identifier: GPL-3.0-or-later
// Step two: connect to the server (or open files), watch the pull, answer its questions, see what came.
#pragma once

#include "models/desk/snapshot.h"

#include <QStringList>
#include <QWidget>

class QStackedWidget;

namespace sluicegate::common {
class StateView;
}

namespace sluicegate::connection {

class ConnectForm;
class EvidenceList;
class ProgressCard;
class QuestionCard;

class ConnectionScreen : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionScreen(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot, desk::Parts parts);
    void setHosts(const QStringList& recent, const QStringList& config);
    void fill(const ssh::Target& target);

Q_SIGNALS:
    void hostChosen(const QString& name); // from ~/.ssh/config
    void connectRequested(const sluicegate::ssh::Target& target, const QString& typed);
    void openRequested();
    void openFolderRequested();
    void demoRequested();
    void cancelRequested();
    void answered(const sluicegate::desk::Answer& answer);
    void continueRequested();

private:
    ConnectForm* m_form;
    QuestionCard* m_question;
    ProgressCard* m_progress;
    EvidenceList* m_evidence;
    common::StateView* m_empty;
    QStackedWidget* m_right;
};

} // namespace sluicegate::connection

// SPDX-License-Identifier: GPL-3.0-or-later
// Notes and pins in order of time: written, edited and taken away here, and gone to from here.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace sluicegate::items {
class RemarkModel;
}

namespace sluicegate::notesscreen {

class NotesScreen : public QWidget {
    Q_OBJECT
public:
    explicit NotesScreen(QWidget* parent = nullptr);

    void show(const desk::Snapshot& snapshot, desk::Parts parts);
    void beginNote();
    /// Why a pin could not be gone to.
    void say(const QString& text);

Q_SIGNALS:
    void noteWritten(const sluicegate::casefile::Remark& note);
    void rewritten(const sluicegate::casefile::Remark& remark);
    void removed(const sluicegate::casefile::Remark& remark);
    void goToRequested(const sluicegate::casefile::Remark& remark);

private:
    QWidget* writing();
    QWidget* list();
    void addKeys();
    void addNote();
    void showChosen();
    const casefile::Remark* chosen() const;

    items::RemarkModel* m_model;
    QPlainTextEdit* m_text;
    QPushButton* m_add;
    QTableView* m_view;
    QPushButton* m_go;
    QPushButton* m_edit;
    QPushButton* m_remove;
    QLabel* m_about;
};

} // namespace sluicegate::notesscreen

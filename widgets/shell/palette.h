// SPDX-License-Identifier: GPL-3.0-or-later
// The command palette: type a few letters of a command, or a queue ID, a Message-ID, an address, and go
// there.
#pragma once

#include "widgets/shell/commands.h"

#include <QDialog>

class QLineEdit;
class QListView;

namespace sluicegate::shell {

class CommandModel;

class Palette : public QDialog {
    Q_OBJECT
public:
    /// Where a typed text leads besides the commands: what it names outright, and what it may be looked for
    /// in.
    struct Finds {
        QList<Command> named;
        QList<Command> searches;
    };
    using Places = std::function<Finds(const QString& typed)>;
    Palette(QList<Command> commands, Places places, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& typed);
    void run(const QModelIndex& row);

    QList<Command> m_commands;
    Places m_places;
    CommandModel* m_model;
    QLineEdit* m_typed;
    QListView* m_list;
};

} // namespace sluicegate::shell

// SPDX-License-Identifier: GPL-3.0-or-later
// Where to connect: host, user, port, key; filled from recent servers and ~/.ssh/config.
#pragma once

#include "models/ssh/connection.h"

#include <QModelIndex>
#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSpinBox;

namespace sluicegate::items {
class HostModel;
}

namespace sluicegate::connection {

class ConnectForm : public QWidget {
    Q_OBJECT
public:
    explicit ConnectForm(QWidget* parent = nullptr);
    void setHosts(const QStringList& recent, const QStringList& config);
    /// Proposes a server the notice names, unless the operator has typed one.
    void propose(const QString& host);
    /// A new case has no server yet.
    void clear();
    void setBusy(bool busy);
    /// What OpenSSH would use for a chosen name, shown before anything is connected.
    void fill(const ssh::Target& target);
    ssh::Target target() const;

Q_SIGNALS:
    void hostChosen(const QString& name); // from ~/.ssh/config
    void connectRequested(const sluicegate::ssh::Target& target, const QString& typed);
    void openRequested();
    void openFolderRequested();
    void demoRequested();

private:
    QWidget* connectCard();
    QWidget* filesCard();
    QWidget* keyRow();
    void choose(const QModelIndex& index);
    void take(const QString& name);

    QLineEdit* m_host;
    QLineEdit* m_user;
    QSpinBox* m_port;
    QLineEdit* m_key;
    QPushButton* m_connect;
    QLabel* m_hostsCaption;
    QListView* m_hosts;
    items::HostModel* m_model;
    ssh::Target m_filled;
};

} // namespace sluicegate::connection

// SPDX-License-Identifier: GPL-3.0-or-later
// Step "Clear queue" put together: what to do about the queue, and every message in it.
#pragma once

#include "models/desk/snapshot.h"
#include "models/items/filter.h"

#include <QWidget>

class QLabel;

namespace sluicegate::common {
class Pages;
}
namespace sluicegate::containmentscreen {
class ContainmentScreen;
}
namespace sluicegate::queuescreen {
class QueueScreen;
}

namespace sluicegate::shell {

class QueuePage : public QWidget {
    Q_OBJECT
public:
    explicit QueuePage(QWidget* parent = nullptr);

    void show(const desk::Snapshot& snapshot, desk::Parts parts);
    containmentscreen::ContainmentScreen& actions() { return *m_actions; }

Q_SIGNALS:
    void inspectRequested(const QString& queueId);
    void actionRequested();
    void filterWanted(const sluicegate::items::Term& term);
    void pinWanted(const sluicegate::casefile::Remark& remark);

private:
    containmentscreen::ContainmentScreen* m_actions;
    queuescreen::QueueScreen* m_messages;
    common::Pages* m_pages;
};

} // namespace sluicegate::shell

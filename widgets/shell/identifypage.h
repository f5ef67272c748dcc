// SPDX-License-Identifier: GPL-3.0-or-later
// Step "Identify" put together: filter chips, timeline and message table over one filter.
#pragma once

#include "models/desk/snapshot.h"
#include "models/items/filter.h"

#include <QWidget>

class QUndoStack;

namespace sluicegate::common {
class Card;
class ChipRow;
} // namespace sluicegate::common
namespace sluicegate::items {
struct TimeLanes;
}
namespace sluicegate::inspector {
class Inspector;
}
namespace sluicegate::messagescreen {
class MessageScreen;
}
namespace sluicegate::timeline {
class Timeline;
}

namespace sluicegate::shell {

class IdentifyPage : public QWidget {
    Q_OBJECT
public:
    explicit IdentifyPage(QWidget* parent = nullptr);

    void show(const desk::Snapshot& snapshot, desk::Parts parts);
    void filterBy(const items::Filter& filter);
    void selectJourney(quint32 journey, const std::optional<base::EvidenceLine>& line = {});
    void beginSearch();
    /// Every change of the filter, to be undone and redone; of notes and pins, too.
    QUndoStack& changes() { return *m_changes; }

Q_SIGNALS:
    void actionRequested();
    void filterChanged(const sluicegate::items::Filter& filter);
    void pinWanted(const sluicegate::casefile::Remark& remark);

private:
    void apply(const items::Filter& filter);
    void put(const items::Filter& filter);
    void showLanes(std::shared_ptr<const items::TimeLanes> lanes);
    void showCounts();
    void connectParts();
    void inspect(std::optional<quint32> journey);

    common::ChipRow* m_chips;
    timeline::Timeline* m_timeline;
    common::Card* m_plot;
    messagescreen::MessageScreen* m_messages;
    QUndoStack* m_changes;
    items::Filter m_filter;
    inspector::Inspector* m_inspector;
    std::shared_ptr<const triage::Analysis> m_analysis;
};

} // namespace sluicegate::shell

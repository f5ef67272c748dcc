// SPDX-License-Identifier: GPL-3.0-or-later
// The one window: step rail, screens, menus, drops; wires the screens' intents to the desk.
#pragma once

#include "models/desk/desk.h"
#include "models/items/filter.h"
#include "widgets/common/theme.h"
#include "widgets/shell/palette.h"
#include "widgets/shell/steps.h"

#include <QMainWindow>
#include <QStringList>

class KMessageWidget;
class QLabel;
class QStackedWidget;

namespace sluicegate::attributionscreen {
class SourceScreen;
}
namespace sluicegate::containmentscreen {
class ContainmentScreen;
}
namespace sluicegate::connection {
class ConnectionScreen;
}
namespace sluicegate::intake {
class NoticeScreen;
}
namespace sluicegate::journalscreen {
class JournalScreen;
}
namespace sluicegate::readinessscreen {
class ReadyScreen;
}
namespace sluicegate::reportscreen {
class ReportScreen;
}

namespace sluicegate::shell {

class IdentifyPage;
class QueuePage;
class StepRail;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(desk::Desk& desk, QWidget* parent = nullptr);
    ~MainWindow() override;

    void setHosts(const QStringList& recent, const QStringList& config);
    void goTo(StepId step);
    StepId step() const;

public Q_SLOTS:
    void openNotice();
    void openLogs();
    void openFolder();
    void inspectFile();
    void inspectQueued(const QString& queueId);
    void startDemo();
    void exportReport(const QString& ending);

Q_SIGNALS:
    void hostUsed(const QString& host);
    void schemeChosen(sluicegate::common::Scheme scheme);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildScreens();
    void buildMenus();
    void connectIntake();
    void connectConnection();
    void connectRest();
    void openPalette();
    Palette::Finds finds(const QString& typed);
    void showMessage(quint32 journey);
    void showMessages(items::Term term);
    void showParts(desk::Parts parts);
    void focusNext(desk::Parts parts);
    void showTrouble();
    void showTitle();
    void bringFurther(readiness::Remedy remedy);
    void openPage(const std::string& page);

    desk::Desk& m_desk;
    std::function<void()> m_fillRecent;
    StepRail* m_rail;
    QLabel* m_case;
    KMessageWidget* m_trouble;
    QStackedWidget* m_stack;
    intake::NoticeScreen* m_notice;
    connection::ConnectionScreen* m_connection;
    IdentifyPage* m_identify;
    attributionscreen::SourceScreen* m_source;
    containmentscreen::ContainmentScreen* m_shutDown;
    QueuePage* m_queue;
    readinessscreen::ReadyScreen* m_ready;
    reportscreen::ReportScreen* m_report;
    journalscreen::JournalScreen* m_journal;
};

} // namespace sluicegate::shell

// SPDX-License-Identifier: GPL-3.0-or-later
// The one window: step rail, screens, menus, drops; wires the screens' intents to the desk.
#pragma once

#include "models/desk/desk.h"
#include "models/items/filter.h"
#include "widgets/common/theme.h"
#include "widgets/settings/settingsdialog.h"
#include "widgets/shell/palette.h"
#include "widgets/shell/steps.h"

#include <QMainWindow>
#include <QStringList>

class KMessageWidget;
class QLabel;
class QStackedWidget;
class QToolButton;

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
namespace sluicegate::inspector {
class Inspector;
}
namespace sluicegate::notesscreen {
class NotesScreen;
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

    void setPreferences(const settings::Preferences& preferences, const QString& usualCases);
    void openSettings();
    void setHosts(const QStringList& recent, const QStringList& config);
    void goTo(StepId step);
    StepId step() const;

public Q_SLOTS:
    void openNotice();
    void openLogs();
    void openFolder();
    void inspectFile();
    inspector::Inspector* inspectQueued(const QString& queueId);
    inspector::Inspector* inspect(const std::filesystem::path& file);
    void pin(const sluicegate::casefile::Remark& remark);
    void pinChosen();
    void writeNote();
    void goToRemark(const sluicegate::casefile::Remark& remark);
    void startDemo();
    void exportReport(const QString& ending);

Q_SIGNALS:
    void hostUsed(const QString& host);
    void preferencesChosen(const sluicegate::settings::Preferences& preferences);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildScreens();
    void buildMenus();
    void connectIntake();
    void connectConnection();
    void connectRest();
    void connectRemarks();
    std::optional<casefile::Remark> remarkOf(const std::string& id) const;
    void changeRemark(
        const QString& text, std::optional<casefile::Remark> before, std::optional<casefile::Remark> after);
    bool goToHeader(const casefile::Remark& remark);
    inspector::Inspector* openInspector();
    void offerToInspect(const std::filesystem::path& file);
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
    settings::Preferences m_preferences;
    QString m_usualCases;
    StepRail* m_rail;
    QLabel* m_case;
    KMessageWidget* m_trouble;
    KMessageWidget* m_offer; // what else could be done with what was dropped
    QToolButton* m_kept; // how many notes and pins there are
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
    notesscreen::NotesScreen* m_notes;
};

} // namespace sluicegate::shell

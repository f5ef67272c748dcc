// SPDX-License-Identifier: GPL-3.0-or-later
// The main window's menus and shortcuts.
#include "widgets/shell/mainwindow.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

namespace sluicegate::shell {

void MainWindow::buildMenus()
{
    const auto add = [this](QMenu* menu, const QString& text, const QKeySequence& keys, auto&& slot) {
        QAction* action = menu->addAction(text);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, std::forward<decltype(slot)>(slot));
        return action;
    };
    QMenu* file = menuBar()->addMenu(tr("&File"));
    add(file, tr("&New case"), QKeySequence::New, [this] {
        m_desk.startAnew();
        goTo(StepId::Notice);
    });
    add(file, tr("&Open a notice …"), QKeySequence::Open, [this] { openNotice(); });
    add(file, tr("Open &log files …"), Qt::CTRL | Qt::Key_L, [this] { openLogs(); });
    add(file, tr("Open a case or &folder …"), Qt::CTRL | Qt::SHIFT | Qt::Key_O, [this] { openFolder(); });
    add(file, tr("&Demo incident"), Qt::CTRL | Qt::Key_D, [this] { startDemo(); });
    file->addSeparator();
    add(file, tr("Save the report as &PDF …"), Qt::CTRL | Qt::Key_P,
        [this] { exportReport(QStringLiteral("pdf")); });
    file->addSeparator();
    add(file, tr("&Quit"), QKeySequence::Quit, [this] { close(); });
    QMenu* steps = menuBar()->addMenu(tr("&Steps"));
    for (int step = 0; step < StepCount; ++step)
        add(steps, stepName(StepId(step)), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + step)),
            [this, step] { goTo(StepId(step)); });
    QMenu* view = menuBar()->addMenu(tr("&View"));
    add(view, tr("&Light"), {}, [this] { Q_EMIT schemeChosen(common::Scheme::Light); });
    add(view, tr("&Dark"), {}, [this] { Q_EMIT schemeChosen(common::Scheme::Dark); });
}

} // namespace sluicegate::shell

// SPDX-License-Identifier: GPL-3.0-or-later
// The main window's menus and shortcuts.
#include "widgets/shell/mainwindow.h"

#include "models/words/words.h"
#include "widgets/shell/identifypage.h"
#include "widgets/shell/keys.h"
#include "widgets/shell/palette.h"
#include "widgets/shell/recentcases.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>

#include <ranges>

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
    add(file, tr("&Inspect a message …"), Qt::CTRL | Qt::Key_I, [this] { inspectFile(); });
    QMenu* recent = file->addMenu(tr("&Recent cases"));
    m_fillRecent = [this, recent] {
        fillRecent(*recent, m_desk.cases(),
            [this](const std::filesystem::path& folder) { m_desk.openFiles({folder}); });
    };
    connect(recent, &QMenu::aboutToShow, this, m_fillRecent);
    add(file, tr("&Demo incident"), Qt::CTRL | Qt::Key_D, [this] { startDemo(); });
    file->addSeparator();
    add(file, tr("Save the report as &PDF …"), Qt::CTRL | Qt::Key_P,
        [this] { exportReport(QStringLiteral("pdf")); });
    file->addSeparator();
    add(file, tr("&Quit"), QKeySequence::Quit, [this] { close(); });
    QMenu* edit = menuBar()->addMenu(tr("Edi&t"));
    QUndoStack& filters = m_identify->changes();
    QAction* undo = filters.createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = filters.createRedoAction(this, tr("&Redo"));
    redo->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    edit->addActions({undo, redo});
    edit->addSeparator();
    add(edit, tr("&Find messages"), QKeySequence::Find, [this] {
        goTo(StepId::Identify);
        m_identify->beginSearch();
    });
    edit->addSeparator();
    add(edit, tr("&Pin for the report"), Qt::CTRL | Qt::Key_B, [this] { pinChosen(); });
    add(edit, tr("&Write a note …"), Qt::CTRL | Qt::SHIFT | Qt::Key_N, [this] { writeNote(); });
    edit->addSeparator();
    add(edit, tr("&Go to or do …"), Qt::CTRL | Qt::SHIFT | Qt::Key_P, [this] { openPalette(); });
    edit->addSeparator();
    add(edit, tr("&Settings …"), Qt::CTRL | Qt::Key_Comma, [this] { openSettings(); });
    QMenu* steps = menuBar()->addMenu(tr("&Steps"));
    for (int step = 0; step < StepCount; ++step)
        add(steps, stepName(StepId(step)), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + step)),
            [this, step] { goTo(StepId(step)); });
    steps->addSeparator();
    add(steps, tr("&Journal"), Qt::CTRL | Qt::Key_J, [this] { goTo(StepId::Journal); });
    add(steps, tr("&Notes and pins"), Qt::CTRL | Qt::Key_9, [this] { goTo(StepId::Notes); });
    QMenu* view = menuBar()->addMenu(tr("&View"));
    const auto choose = [this](common::Scheme scheme) {
        m_preferences.scheme = scheme;
        Q_EMIT preferencesChosen(m_preferences);
    };
    add(view, tr("&Light"), {}, [choose] { choose(common::Scheme::Light); });
    add(view, tr("&Dark"), {}, [choose] { choose(common::Scheme::Dark); });
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    add(help, tr("&Keys …"), QKeySequence::HelpContents,
        [this] { (new KeyList(commandsOf(*menuBar(), Which::All), this))->open(); });
}

void MainWindow::setPreferences(const settings::Preferences& preferences, const QString& usualCases)
{
    m_preferences = preferences;
    m_usualCases = usualCases;
}

void MainWindow::openSettings()
{
    const QString usual
        = m_usualCases.isEmpty() ? QString::fromStdString(m_desk.cases().string()) : m_usualCases;
    auto* dialog = new settings::SettingsDialog(m_preferences, usual, this);
    connect(
        dialog, &settings::SettingsDialog::chosen, this, [this](const settings::Preferences& preferences) {
            m_preferences = preferences;
            Q_EMIT preferencesChosen(preferences);
        });
    dialog->open();
}

void MainWindow::openPalette()
{
    m_fillRecent();
    auto* palette = new Palette(
        commandsOf(*menuBar(), Which::Enabled), [this](const QString& typed) { return finds(typed); }, this);
    palette->show();
}

/// A queue ID or a Message-ID leads to its message; a suspect's name to its messages; any text to those with
/// it.
Palette::Finds MainWindow::finds(const QString& typed)
{
    Palette::Finds finds;
    const std::shared_ptr<const triage::Analysis> analysis = m_desk.snapshot()->analysis;
    if (!analysis || !analysis->log)
        return finds;
    const std::string text = typed.toStdString();
    std::string_view bare = text;
    if (bare.starts_with('<') && bare.ends_with('>'))
        bare = bare.substr(1, bare.size() - 2);
    std::vector<std::uint32_t> journeys = analysis->log->findQueueId(bare);
    if (journeys.empty())
        journeys = analysis->log->findMessageId(bare);
    constexpr std::size_t most = 5; // a short queue ID may have had many lives
    for (const std::uint32_t journey : journeys | std::views::take(most)) {
        finds.named.append(
            {.text = tr("Message %1").arg(words::inert(analysis->log->journey(journey).queueId())),
                .place = words::inert(analysis->log->journey(journey).sender()),
                .run = [this, journey] { showMessage(journey); }});
    }
    int rank = 0;
    for (const attribution::Suspect& suspect : analysis->verdict.suspects) {
        const QString name = words::name(suspect.source);
        ++rank;
        if (typed.size() > 2 && name.contains(typed, Qt::CaseInsensitive))
            finds.named.append(
                {.text = tr("Messages of %1").arg(name), .place = tr("Suspect"), .run = [this, rank] {
                     showMessages({.field = items::Field::Suspect, .value = std::to_string(rank)});
                 }});
    }
    finds.searches.append({.text = tr("Messages with “%1”").arg(typed),
        .place = tr("Find"),
        .run = [this, text] { showMessages({.field = items::Field::Text, .value = text}); }});
    return finds;
}

void MainWindow::showMessage(quint32 journey)
{
    goTo(StepId::Identify);
    m_identify->selectJourney(journey);
}

void MainWindow::showMessages(items::Term term)
{
    m_identify->filterBy({{std::move(term)}});
    goTo(StepId::Identify);
}

} // namespace sluicegate::shell

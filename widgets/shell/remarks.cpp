// SPDX-License-Identifier: GPL-3.0-or-later
// The window's part in notes and pins: taking them, undoing that, and going back to what was pinned.
#include "models/items/pins.h"
#include "models/words/words.h"
#include "widgets/attribution/sourcescreen.h"
#include "widgets/common/pinnable.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/inspectorwindow.h"
#include "widgets/notes/notesscreen.h"
#include "widgets/shell/identifypage.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/queuepage.h"

#include <QApplication>
#include <QShortcut>
#include <QStackedWidget>
#include <QUndoStack>

#include <algorithm>

namespace sluicegate::shell {

using casefile::Remark;
using casefile::RemarkKind;

namespace {

/// A remark as it was, and as it is: nothing stands for not there.
class RemarkChange : public QUndoCommand {
public:
    using State = std::optional<Remark>;
    RemarkChange(desk::Desk& desk, const QString& text, State before, State after)
        : QUndoCommand(text), m_desk(desk), m_before(std::move(before)), m_after(std::move(after))
    {
    }
    void undo() override { put(m_before, m_after); }
    void redo() override { put(m_after, m_before); }

private:
    void put(const State& wanted, const State& other)
    {
        if (wanted)
            m_desk.keepRemark(*wanted);
        else
            m_desk.removeRemark(other->id);
    }

    desk::Desk& m_desk;
    State m_before;
    State m_after;
};

std::optional<Remark> pinnedBy(QWidget* widget)
{
    for (; widget; widget = widget->parentWidget()) {
        if (const auto* view = dynamic_cast<const common::Pinnable*>(widget))
            return view->pinned();
    }
    return {};
}

/// Of the lives of a queue id, the one that began nearest to that time.
std::optional<quint32> journeyOf(const maillog::History& log, const Remark& pin)
{
    const std::vector<std::uint32_t> lives = log.findQueueId(pin.target);
    if (lives.empty())
        return {};
    return *std::ranges::min_element(lives, {}, [&](std::uint32_t life) {
        const auto apart = log.journey(life).first() - pin.when();
        return apart < apart.zero() ? -apart : apart;
    });
}

} // namespace

void MainWindow::connectRemarks()
{
    using notesscreen::NotesScreen;
    connect(m_notes, &NotesScreen::noteWritten, this, &MainWindow::pin);
    connect(m_notes, &NotesScreen::rewritten, this,
        [this](const Remark& remark) { changeRemark(tr("words of a note"), remarkOf(remark.id), remark); });
    connect(m_notes, &NotesScreen::removed, this,
        [this](const Remark& remark) { changeRemark(tr("removal of a note"), remark, {}); });
    connect(m_notes, &NotesScreen::goToRequested, this, &MainWindow::goToRemark);
    connect(m_identify, &IdentifyPage::pinWanted, this, &MainWindow::pin);
    connect(m_source, &attributionscreen::SourceScreen::pinWanted, this, &MainWindow::pin);
    connect(m_queue, &QueuePage::pinWanted, this, &MainWindow::pin);
}

std::optional<Remark> MainWindow::remarkOf(const std::string& id) const
{
    const auto& all = *m_desk.snapshot()->remarks;
    const auto found = std::ranges::find(all, id, &Remark::id);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

void MainWindow::changeRemark(const QString& text, std::optional<Remark> before, std::optional<Remark> after)
{
    m_identify->changes().push(new RemarkChange(m_desk, text, std::move(before), std::move(after)));
}

void MainWindow::pin(const Remark& remark)
{
    changeRemark(remark.kind == RemarkKind::Note ? tr("note") : tr("pin"), {}, remark);
}

// Where the focus is; without any such view there, what the page shows.
void MainWindow::pinChosen()
{
    std::optional<Remark> remark = pinnedBy(QApplication::focusWidget());
    for (QWidget* widget : m_stack->currentWidget()->findChildren<QWidget*>()) {
        if (!remark && widget->isVisible())
            if (const auto* view = dynamic_cast<const common::Pinnable*>(widget))
                remark = view->pinned();
    }
    if (remark)
        pin(*remark);
}

void MainWindow::writeNote()
{
    goTo(StepId::Notes);
    m_notes->beginNote();
}

void MainWindow::goToRemark(const Remark& remark)
{
    const auto analysis = m_desk.snapshot()->analysis;
    if (remark.kind == RemarkKind::Header && goToHeader(remark))
        return;
    if (analysis && analysis->log) {
        if (const auto journey = journeyOf(*analysis->log, remark)) {
            goTo(StepId::Identify);
            m_identify->selectJourney(*journey,
                remark.kind == RemarkKind::LogLine ? std::optional(remark.lines.front()) : std::nullopt);
            return;
        }
    }
    if (m_source->select(remark.target))
        return goTo(StepId::Source);
    if (remark.kind == RemarkKind::Message && analysis && analysis->queueKnown)
        return goTo(StepId::Queue);
    m_notes->say(tr("This is not among the evidence that is open: %1").arg(words::inert(remark.title)));
}

bool MainWindow::goToHeader(const Remark& remark)
{
    const auto analysis = m_desk.snapshot()->analysis;
    inspector::Inspector* opened = nullptr;
    std::error_code error;
    if (analysis && analysis->facts.queued.contains(remark.target))
        opened = inspectQueued(QString::fromStdString(remark.target));
    else if (std::filesystem::is_regular_file(remark.target, error))
        opened = inspect(remark.target);
    if (opened && !remark.lines.empty())
        opened->choose(remark.lines.front());
    return opened;
}

// A window of its own has keys of its own, and its pins and leads go to this one.
inspector::Inspector* MainWindow::openInspector()
{
    auto* window = new inspector::InspectorWindow(this);
    inspector::Inspector& inspector = window->inspector();
    connect(&inspector, &inspector::Inspector::pinWanted, this, &MainWindow::pin);
    connect(&inspector, &inspector::Inspector::filterWanted, this, [this](const items::Term& term) {
        showMessages(term);
        activateWindow();
    });
    auto* key = new QShortcut(Qt::CTRL | Qt::Key_B, window);
    connect(key, &QShortcut::activated, this, [this, &inspector] {
        if (const auto remark = inspector.pinned())
            pin(*remark);
    });
    window->show();
    return &inspector;
}

inspector::Inspector* MainWindow::inspect(const std::filesystem::path& file)
{
    inspector::Inspector* inspector = openInspector();
    inspector->open(file);
    return inspector;
}

} // namespace sluicegate::shell

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/mainwindow.h"

#include "models/desk/loosefiles.h"
#include "models/items/filtertext.h"
#include "models/words/words.h"
#include "widgets/attribution/sourcescreen.h"
#include "widgets/common/pieces.h"
#include "widgets/connection/connectionscreen.h"
#include "widgets/containment/containmentscreen.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/inspectorwindow.h"
#include "widgets/intake/noticescreen.h"
#include "widgets/journal/journalscreen.h"
#include "widgets/notes/notesscreen.h"
#include "widgets/readiness/readyscreen.h"
#include "widgets/report/reportscreen.h"
#include "widgets/shell/focus.h"
#include "widgets/shell/identifypage.h"
#include "widgets/shell/queuepage.h"
#include "widgets/shell/steprail.h"

#include <KMessageWidget>

#include <QAction>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sluicegate::shell {

using common::Step;

namespace {

/// A scroll area gives its content the height it would like; this one asks for the least it can do with.
class Page : public QWidget {
public:
    explicit Page(QWidget* screen)
    {
        auto* rows = new QVBoxLayout(this);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->addWidget(screen);
    }
    int heightForWidth(int width) const override
    {
        // A stack of pages tells its liking even where its least is asked for, so the lesser answer holds.
        return std::min(layout()->totalMinimumHeightForWidth(width), layout()->totalMinimumSize().height());
    }
};

/// Paths and hosts of any length must not widen the window: a long run of signs may break.
QString breakable(const QString& text)
{
    constexpr int longest = 60;
    QString result;
    int run = 0;
    for (const QChar sign : text) {
        result += sign;
        run = sign.isSpace() ? 0 : run + 1;
        if (run == longest) {
            result += QChar(0x200b);
            run = 0;
        }
    }
    return result;
}

/// Whatever a screen has to say, a question or a long failure too, the window stays the size it was given.
QScrollArea* scrolling(QWidget* screen)
{
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    area->setWidget(new Page(screen));
    return area;
}

} // namespace

MainWindow::MainWindow(desk::Desk& desk, QWidget* parent)
    : QMainWindow(parent)
    , m_desk(desk)
    , m_rail(new StepRail)
    , m_case(common::named(common::label({}, common::Rank::Small), tr("Case folder"), QStringLiteral("case")))
    , m_trouble(common::named(new KMessageWidget, tr("Trouble"), QStringLiteral("trouble")))
    , m_offer(common::named(new KMessageWidget, tr("Offer"), QStringLiteral("offer")))
    , m_kept(common::named(new QToolButton, tr("Notes and pins"), QStringLiteral("kept")))
    , m_stack(common::named(new QStackedWidget, {}, QStringLiteral("pages")))
    , m_notice(new intake::NoticeScreen)
    , m_connection(new connection::ConnectionScreen)
    , m_identify(new IdentifyPage)
    , m_source(new attributionscreen::SourceScreen)
    , m_shutDown(new containmentscreen::ContainmentScreen(containmentscreen::Scope::Source,
          tr("Shut down the source"), tr("So that no more spam is handed in.")))
    , m_queue(new QueuePage)
    , m_ready(new readinessscreen::ReadyScreen)
    , m_report(new reportscreen::ReportScreen)
    , m_journal(new journalscreen::JournalScreen)
    , m_notes(new notesscreen::NotesScreen)
{
    setAcceptDrops(true);
    buildScreens();
    buildMenus();
    connectIntake();
    connectConnection();
    connectRest();
    connectRemarks();
    resize(1280, 720);
    goTo(StepId::Notice);
    showParts(desk::Part::Everything);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildScreens()
{
    for (QWidget* screen : QList<QWidget*> {m_notice, m_connection, m_identify, m_source, m_shutDown, m_queue,
             m_ready, m_report, m_journal, m_notes})
        m_stack->addWidget(scrolling(screen));
    auto* left = new QWidget;
    left->setFixedWidth(27 * Step);
    left->setAutoFillBackground(true);
    left->setBackgroundRole(QPalette::Midlight);
    auto* leftRows = new QVBoxLayout(left);
    leftRows->setContentsMargins(0, 2 * Step, 0, 2 * Step);
    leftRows->addWidget(m_rail, 1);
    m_kept->setAutoRaise(true);
    m_kept->setFocusPolicy(Qt::TabFocus);
    auto* kept = new QHBoxLayout;
    kept->setContentsMargins(Step, 0, Step, 0);
    kept->addWidget(m_kept, 0, Qt::AlignLeading);
    leftRows->addLayout(kept);
    m_case->setContentsMargins(2 * Step, 0, 2 * Step, 0);
    leftRows->addWidget(m_case);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    auto* trouble = new QVBoxLayout;
    trouble->setContentsMargins(2 * Step, Step, 2 * Step, 0);
    trouble->addWidget(m_trouble);
    trouble->addWidget(m_offer);
    right->addLayout(trouble);
    right->addWidget(m_stack, 1);
    auto* all = new QWidget;
    auto* columns = new QHBoxLayout(all);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(left);
    columns->addLayout(right, 1);
    setCentralWidget(all);
    for (KMessageWidget* message : {m_trouble, m_offer}) {
        message->setWordWrap(true);
        message->hide();
    }
    connect(m_kept, &QToolButton::clicked, this, [this] { goTo(StepId::Notes); });
}

void MainWindow::connectIntake()
{
    connect(m_notice, &intake::NoticeScreen::noticeGiven, this,
        [this](const QByteArray& raw) { m_desk.readNotice(raw.toStdString()); });
    connect(m_notice, &intake::NoticeScreen::openRequested, this, &MainWindow::openNotice);
    connect(m_notice, &intake::NoticeScreen::demoRequested, this, &MainWindow::startDemo);
    connect(m_notice, &intake::NoticeScreen::continueRequested, this, [this] { goTo(StepId::Evidence); });
    connect(m_notice, &intake::NoticeScreen::journeyRequested, this, &MainWindow::showMessage);
}

void MainWindow::connectConnection()
{
    using connection::ConnectionScreen;
    connect(m_connection, &ConnectionScreen::connectRequested, this,
        [this](const ssh::Target& target, const QString&) {
            m_desk.connectTo(target);
            const QString user = target.user.empty() ? QString() : QString::fromStdString(target.user) + u'@';
            const QString port = target.port == 22 ? QString() : u':' + QString::number(target.port);
            Q_EMIT hostUsed(user + QString::fromStdString(target.host) + port);
        });
    connect(m_connection, &ConnectionScreen::hostChosen, &m_desk,
        [this](const QString& name) { m_desk.resolve(name.toStdString()); });
    connect(&m_desk, &desk::Desk::resolved, m_connection, &ConnectionScreen::fill);
    connect(m_connection, &ConnectionScreen::openRequested, this, &MainWindow::openLogs);
    connect(m_connection, &ConnectionScreen::openFolderRequested, this, &MainWindow::openFolder);
    connect(m_connection, &ConnectionScreen::demoRequested, this, &MainWindow::startDemo);
    connect(m_connection, &ConnectionScreen::cancelRequested, &m_desk, &desk::Desk::cancel);
    connect(m_connection, &ConnectionScreen::answered, &m_desk, &desk::Desk::answer);
    connect(m_connection, &ConnectionScreen::continueRequested, this, [this] { goTo(StepId::Identify); });
}

void MainWindow::connectRest()
{
    const auto toEvidence = [this] { goTo(StepId::Evidence); };
    connect(&m_desk, &desk::Desk::changed, this, &MainWindow::showParts);
    connect(
        m_rail, &StepRail::stepChosen, this, [this](StepId step) { m_stack->setCurrentIndex(int(step)); });
    connect(m_identify, &IdentifyPage::actionRequested, this, toEvidence);
    connect(m_source, &attributionscreen::SourceScreen::actionRequested, this, toEvidence);
    connect(m_source, &attributionscreen::SourceScreen::continueRequested, this,
        [this] { goTo(StepId::ShutDown); });
    connect(m_source, &attributionscreen::SourceScreen::messagesRequested, this,
        [this](int rank) { showMessages({.field = items::Field::Suspect, .value = std::to_string(rank)}); });
    for (containmentscreen::ContainmentScreen* screen : {m_shutDown, &m_queue->actions()}) {
        using containmentscreen::ContainmentScreen;
        connect(screen, &ContainmentScreen::planRequested, &m_desk,
            [this](containment::ActionId action, int rank) { m_desk.plan(action, rank); });
        connect(screen, &ContainmentScreen::applyRequested, &m_desk, &desk::Desk::apply);
        connect(screen, &ContainmentScreen::cancelRequested, &m_desk, &desk::Desk::cancel);
        connect(screen, &ContainmentScreen::connectRequested, this, toEvidence);
        connect(screen, &ContainmentScreen::actionRequested, this, toEvidence);
    }
    connect(m_queue, &QueuePage::actionRequested, this, toEvidence);
    connect(m_queue, &QueuePage::inspectRequested, this, &MainWindow::inspectQueued);
    connect(m_queue, &QueuePage::filterWanted, this, &MainWindow::showMessages);
    connect(m_identify, &IdentifyPage::filterChanged, &m_desk,
        [this](const items::Filter& filter) { m_desk.keepFilter(items::filterText(filter)); });
    using readinessscreen::ReadyScreen;
    connect(m_ready, &ReadyScreen::actionRequested, this, toEvidence);
    connect(m_ready, &ReadyScreen::pullRequested, &m_desk, &desk::Desk::pullAgain);
    connect(m_ready, &ReadyScreen::judgeRequested, &m_desk, &desk::Desk::judge);
    connect(m_ready, &ReadyScreen::unblockRequested, this, [this] {
        m_desk.recordUnblock();
        openPage(m_desk.snapshot()->profile->profile.unblock);
    });
    connect(m_ready, &ReadyScreen::pageRequested, this,
        [this](const QString& page) { openPage(page.toStdString()); });
    connect(m_journal, &journalscreen::JournalScreen::readRequested, &m_desk, &desk::Desk::readJournal);
    connect(m_journal, &journalscreen::JournalScreen::actionRequested, this, toEvidence);
    connect(m_ready, &ReadyScreen::waiveRequested, &m_desk,
        [this](readiness::ConditionId id, const QString& reason) { m_desk.waive(id, reason.toStdString()); });
    connect(m_ready, &ReadyScreen::withdrawRequested, &m_desk, &desk::Desk::withdrawWaiver);
    connect(m_ready, &ReadyScreen::watchRequested, &m_desk, &desk::Desk::startWatch);
    connect(m_ready, &ReadyScreen::watchStopRequested, &m_desk, &desk::Desk::stopWatch);
    connect(m_ready, &ReadyScreen::quietChosen, &m_desk,
        [this](int minutes) { m_desk.setQuiet(std::chrono::minutes(minutes)); });
    connect(m_ready, &ReadyScreen::remedyRequested, this, &MainWindow::bringFurther);
    connect(m_report, &reportscreen::ReportScreen::actionRequested, this, toEvidence);
    connect(m_report, &reportscreen::ReportScreen::exportRequested, this, &MainWindow::exportReport);
    connect(m_trouble, &KMessageWidget::hideAnimationFinished, &m_desk, &desk::Desk::dismissTrouble);
}

// What a condition of the gate asks for, in place or on the step that does it.
void MainWindow::bringFurther(readiness::Remedy remedy)
{
    using readiness::Remedy;
    switch (remedy) {
    case Remedy::ShutDown:
        return goTo(StepId::ShutDown);
    case Remedy::ClearQueue:
        return goTo(StepId::Queue);
    case Remedy::Pull:
        return m_desk.pullAgain();
    case Remedy::Watch:
        return m_desk.startWatch();
    case Remedy::TestPorts:
        return m_desk.probe(desk::Probe::Ports);
    case Remedy::AskLists:
        return m_desk.probe(desk::Probe::Lists);
    case Remedy::None:
        break;
    }
}

// In the operator's own browser, at the operator's own wish; what was opened is on record.
void MainWindow::openPage(const std::string& page)
{
    if (page.empty())
        return;
    m_desk.noteOpened(page);
    QDesktopServices::openUrl(QUrl(QString::fromStdString(page), QUrl::StrictMode));
}

void MainWindow::setHosts(const QStringList& recent, const QStringList& config)
{
    m_connection->setHosts(recent, config);
}

void MainWindow::goTo(StepId step)
{
    m_rail->setStep(step);
    m_stack->setCurrentIndex(int(step));
    if (QWidget* first = firstToUse(step, *m_stack->currentWidget()))
        first->setFocus(Qt::OtherFocusReason);
}

// What has come in is what the next key is for, where the operator waited for it.
void MainWindow::focusNext(desk::Parts parts)
{
    const desk::Snapshot& snapshot = *m_desk.snapshot();
    const bool noticed = parts.testFlag(desk::Part::Notice) && snapshot.notice && !snapshot.bundle;
    const bool judged = parts.testFlag(desk::Part::Analysis) && snapshot.analysis && !snapshot.running;
    if ((noticed && step() == StepId::Notice) || (judged && step() == StepId::Evidence))
        goTo(step());
}

StepId MainWindow::step() const
{
    return StepId(m_stack->currentIndex());
}

void MainWindow::showParts(desk::Parts parts)
{
    const desk::Snapshot& snapshot = *m_desk.snapshot();
    m_rail->show(snapshot);
    m_notice->show(snapshot, parts);
    m_connection->show(snapshot, parts);
    m_identify->show(snapshot, parts);
    m_report->show(snapshot, parts);
    m_shutDown->show(snapshot, parts);
    m_queue->show(snapshot, parts);
    m_ready->show(snapshot, parts);
    m_journal->show(snapshot, parts);
    m_notes->show(snapshot, parts);
    if (parts.testFlag(desk::Part::Analysis))
        m_source->show(snapshot.preliminary ? snapshot.preliminary : snapshot.analysis);
    if (parts.testFlag(desk::Part::Asked) && snapshot.question)
        goTo(StepId::Evidence);
    if (parts.testFlag(desk::Part::Trouble))
        showTrouble();
    showTitle();
    focusNext(parts);
}

void MainWindow::showTrouble()
{
    const std::optional<desk::Trouble>& trouble = m_desk.snapshot()->trouble;
    if (!trouble)
        return m_trouble->hide();
    const bool cancelled = trouble->failure.kind == base::FailureKind::Cancelled;
    m_trouble->setMessageType(cancelled ? KMessageWidget::Information : KMessageWidget::Error);
    m_trouble->setText(breakable(words::sentence(trouble->failure)).toHtmlEscaped());
    m_trouble->setAccessibleDescription(words::sentence(trouble->failure));
    m_trouble->show();
}

void MainWindow::showTitle()
{
    const desk::Snapshot& snapshot = *m_desk.snapshot();
    const QString target = words::inert(snapshot.target);
    setWindowTitle(target.isEmpty() ? tr("Sluicegate") : tr("%1 - Sluicegate").arg(target));
    m_kept->setText(snapshot.remarks->empty()
            ? tr("Notes and pins")
            : tr("Notes and pins (%L1)").arg(qlonglong(snapshot.remarks->size())));
    m_case->setText(snapshot.demo ? tr("Demo incident: everything is invented, nothing is kept.")
            : snapshot.caseFolder.empty()
            ? QString()
            : tr("Case: %1").arg(QString::fromStdString(snapshot.caseFolder.filename().string())));
    m_case->setToolTip(QString::fromStdString(snapshot.caseFolder.string()));
}

void MainWindow::openNotice()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Open a notice"));
    if (!file.isEmpty())
        m_desk.openNoticeFile(file.toStdString());
}

void MainWindow::openLogs()
{
    std::vector<std::filesystem::path> files;
    for (const QString& file : QFileDialog::getOpenFileNames(this, tr("Open log files")))
        files.push_back(file.toStdString());
    if (!files.empty())
        m_desk.openFiles(files);
}

void MainWindow::openFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a case or a folder of evidence"));
    if (!folder.isEmpty())
        m_desk.openFiles({folder.toStdString()});
}

void MainWindow::inspectFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Inspect a message"));
    if (!file.isEmpty())
        inspect(file.toStdString());
}

inspector::Inspector* MainWindow::inspectQueued(const QString& queueId)
{
    const auto& analysis = m_desk.snapshot()->analysis;
    if (!analysis)
        return nullptr;
    const auto queued = analysis->facts.queued.find(queueId.toStdString());
    if (queued == analysis->facts.queued.end())
        return nullptr;
    inspector::Inspector* inspector = openInspector();
    inspector->show(queueId, queued->second.bytes, queued->second.inspection);
    return inspector;
}

void MainWindow::startDemo()
{
    m_desk.startDemo({});
}

void MainWindow::exportReport(const QString& ending)
{
    const QString name = QStringLiteral("report.") + ending;
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the report"), name);
    if (!file.isEmpty())
        m_desk.exportReport((file.endsWith(u'.' + ending) ? file : file + u'.' + ending).toStdString());
}

// Somebody else's mail is more likely dropped to be looked into than to be read as a notice.
void MainWindow::offerToInspect(const std::filesystem::path& file)
{
    const auto clear = [this] {
        for (QAction* old : m_offer->actions())
            old->deleteLater();
        m_offer->hide();
    };
    clear();
    const QString name = words::inert(file.filename().string());
    m_offer->setText(
        breakable(tr("%1 is a message, and says nothing of a block.").arg(name)).toHtmlEscaped());
    m_offer->setMessageType(KMessageWidget::Information);
    const auto add = [&](const QString& text, auto deed) {
        auto* action = new QAction(text, m_offer);
        connect(action, &QAction::triggered, this, [clear, deed] {
            clear();
            deed();
        });
        m_offer->addAction(action);
    };
    add(tr("Look into its &header"), [this, file] { inspect(file); });
    add(tr("Read it as a n&otice"), [this, file] { m_desk.openNoticeFile(file); });
    m_offer->show();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    std::vector<std::filesystem::path> files;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files.push_back(url.toLocalFile().toStdString());
    }
    if (files.size() == 1 && desk::isMessageAlone(files.front()))
        offerToInspect(files.front());
    else if (!files.empty())
        m_desk.openFiles(files);
    else if (event->mimeData()->hasText())
        m_desk.readNotice(event->mimeData()->text().toStdString());
    event->acceptProposedAction();
}

} // namespace sluicegate::shell

// SPDX-License-Identifier: GPL-3.0-or-later
// screens FOLDER [--dark]: walks the demo incident through the real desk and writes one PNG of each screen.
#include "app/cli/cli.h"
#include "models/items/pins.h"
#include "models/items/queuegroups.h"
#include "models/words/words.h"
#include "widgets/common/pages.h"
#include "widgets/shell/identifypage.h"
#include "widgets/shell/mainwindow.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include <functional>

namespace sluicegate::app {

namespace {

constexpr int MostMilliseconds = 120'000;

/// What is done before the picture is taken.
enum class Before { Nothing, Header, PlanShutDown, PlanClearing, Clear, Messages, Templates, Watch, Pins };

struct Shot {
    shell::StepId step;
    const char* file;
    Before before = Before::Nothing;
};

constexpr Shot Shots[] = {
    {shell::StepId::Notice, "1-notice.png"},
    {shell::StepId::Evidence, "2-evidence.png"},
    {shell::StepId::Identify, "3-identify.png"},
    {shell::StepId::Identify, "3-identify-header.png", Before::Header},
    {shell::StepId::Source, "4-source.png"},
    {shell::StepId::ShutDown, "5-shut-down.png", Before::PlanShutDown},
    {shell::StepId::Queue, "6-queue.png", Before::PlanClearing},
    {shell::StepId::Queue, "6-queue-cleared.png", Before::Clear},
    {shell::StepId::Queue, "6-queue-messages.png", Before::Messages},
    {shell::StepId::Queue, "6-queue-templates.png", Before::Templates},
    {shell::StepId::Ready, "7-ready.png"},
    {shell::StepId::Ready, "7-ready-watching.png", Before::Watch},
    {shell::StepId::Report, "8-report.png"},
    {shell::StepId::Journal, "9-journal.png"},
    {shell::StepId::Notes, "9-notes.png", Before::Pins},
};

bool waitUntil(const std::function<bool()>& done)
{
    QElapsedTimer since;
    since.start();
    while (!done() && !since.hasExpired(MostMilliseconds)) {
        QEventLoop loop;
        QTimer::singleShot(20, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return done();
}

// The first action that helps against the first suspect and that its server can do.
std::optional<containment::ActionId> firstAction(const desk::Snapshot& snapshot)
{
    const attribution::Suspect& suspect = snapshot.analysis->verdict.suspects.front();
    const auto target = desk::targetFor(*snapshot.analysis, suspect.rank, 0);
    const auto ground = containment::groundOf(snapshot.analysis->bundle);
    for (const containment::Action& action : containment::actions())
        if (action.object != containment::Object::Queue && containment::helpsAgainst(action, suspect)
            && !containment::obstacle(action, target, ground))
            return action.id;
    return {};
}

void turn(shell::MainWindow& window, const char* pages, int page)
{
    if (auto* found = window.findChild<common::Pages*>(QString::fromLatin1(pages)))
        found->setPage(page);
}

// A message of the queue whose copy is there.
void showHeader(const desk::Desk& desk, shell::MainWindow& window)
{
    const triage::Analysis& analysis = *desk.snapshot()->analysis;
    for (const auto& [id, copy] : analysis.facts.queued)
        if (const auto lives = analysis.log->findQueueId(id); !lives.empty()) {
            window.findChild<shell::IdentifyPage*>()->selectJourney(lives.back());
            break;
        }
    turn(window, "identifyPages", 1);
}

void look(const desk::Desk& desk, shell::MainWindow& window, Before before)
{
    if (before == Before::Header)
        showHeader(desk, window);
    if (before == Before::Messages)
        turn(window, "queuePages", 1);
    if (before == Before::Templates)
        window.findChild<QComboBox*>(QStringLiteral("queueGrouping"))
            ->setCurrentIndex(int(items::Grouping::Template));
}

// Everything that helps, done to its end; then the log as it goes on.
void shutAndWatch(desk::Desk& desk)
{
    const auto analysis = desk.snapshot()->analysis;
    const attribution::Suspect& suspect = analysis->verdict.suspects.front();
    for (const containment::Action& action : containment::actions()) {
        const auto target = desk::targetFor(*analysis, suspect.rank, 0);
        if (action.object != containment::Object::Mailbox || action.name.starts_with("unlimit")
            || !containment::helpsAgainst(action, suspect)
            || containment::obstacle(action, target, containment::groundOf(analysis->bundle)))
            continue;
        desk.plan(action.id, suspect.rank);
        waitUntil(
            [&] { return desk.snapshot()->handling && desk.snapshot()->handling->plan.action == action.id; });
        desk.apply();
        waitUntil([&] { return !desk.snapshot()->running; });
    }
    desk.judge();
    waitUntil([&] { return desk.snapshot()->gate && desk.snapshot()->gate->silentFrom; });
    desk.startWatch();
    waitUntil([&] {
        return !desk.snapshot()->watch || desk.snapshot()->watch->looks > 0 || desk.snapshot()->watch->over;
    });
}

void writeAndPin(desk::Desk& desk)
{
    const attribution::Suspect& suspect = desk.snapshot()->analysis->verdict.suspects.front();
    desk.keepRemark(items::pinOf(suspect));
    const auto messages = items::Messages::of(desk.snapshot()->analysis);
    casefile::Remark message = items::pinOf(*messages, suspect.journeys.front());
    message.words = "The first one that went out.";
    desk.keepRemark(message);
    desk.keepRemark(
        items::noteOf(QStringLiteral("The owner was told by telephone and sets a new password.")));
    waitUntil([&] { return desk.snapshot()->remarks->size() == 3; });
}

void prepare(desk::Desk& desk, Before before)
{
    const auto shown = [&desk] { return desk.snapshot()->handling; };
    if (before == Before::PlanShutDown)
        if (const auto action = firstAction(*desk.snapshot())) {
            desk.plan(*action, 1);
            waitUntil([&] { return shown() && shown()->plan.action == *action; });
        }
    if (before == Before::PlanClearing) {
        desk.plan(containment::ActionId::ClearQueue, 1);
        waitUntil([&] { return shown() && shown()->plan.action == containment::ActionId::ClearQueue; });
    }
    if (before == Before::Watch)
        shutAndWatch(desk);
    if (before == Before::Pins)
        writeAndPin(desk);
    if (before == Before::Clear) {
        desk.apply();
        waitUntil([&] { return !desk.snapshot()->running; });
    }
}

int writeShot(desk::Desk& desk, shell::MainWindow& window, const Shot& shot, const QDir& folder)
{
    window.goTo(shot.step);
    prepare(desk, shot.before);
    look(desk, window, shot.before);
    waitUntil([&window, settled = 0]() mutable { return ++settled > 12 && window.isVisible(); });
    const QString file = folder.filePath(QString::fromLatin1(shot.file));
    if (!window.grab().save(file))
        return refuse({base::FailureKind::WriteFailed, file.toStdString(), {}});
    return print(file.toUtf8() + '\n') ? Done : PartlyDone;
}

int writeInspector(const desk::Desk& desk, shell::MainWindow& window, const QDir& folder)
{
    const auto& queued = desk.snapshot()->analysis->facts.queued;
    if (queued.empty())
        return Done;
    window.inspectQueued(QString::fromStdString(queued.begin()->first));
    auto* inspector = window.findChild<QDialog*>(QStringLiteral("inspectorWindow"));
    waitUntil([settled = 0]() mutable { return ++settled > 12; });
    const QString file = folder.filePath(QStringLiteral("9-inspect.png"));
    if (!inspector->grab().save(file))
        return refuse({base::FailureKind::WriteFailed, file.toStdString(), {}});
    window.openSettings();
    waitUntil([settled = 0]() mutable { return ++settled > 12; });
    const QString settings = folder.filePath(QStringLiteral("9-settings.png"));
    if (!window.findChild<QDialog*>(QStringLiteral("settings"))->grab().save(settings))
        return refuse({base::FailureKind::WriteFailed, settings.toStdString(), {}});
    return print(file.toUtf8() + '\n' + settings.toUtf8() + '\n') ? Done : PartlyDone;
}

// The offscreen platform says of each window that it cannot keep it from being resized; nobody can here.
void leaveOutPlatformTalk()
{
    static QtMessageHandler before = nullptr;
    before
        = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
              if (!text.startsWith(u"This plugin does not support"))
                  before(type, context, text);
          });
}

int walk(desk::Desk& desk, shell::MainWindow& window, const QDir& folder)
{
    desk.startDemo({});
    const bool ended = waitUntil([&] { return !desk.snapshot()->running; });
    if (desk.snapshot()->trouble)
        return refuse(desk.snapshot()->trouble->failure);
    if (!ended || !desk.snapshot()->analysis)
        return refuse({base::FailureKind::Timeout, "demo", {}});
    for (const Shot& shot : Shots) {
        if (const int result = writeShot(desk, window, shot, folder); result != Done)
            return result;
    }
    return writeInspector(desk, window, folder);
}

} // namespace

int screens(const QStringList& arguments)
{
    QStringList folders = arguments;
    const bool dark = folders.removeAll(QStringLiteral("--dark")) > 0;
    if (folders.size() != 1 || folders.first().startsWith(u'-')) {
        say(QStringLiteral("Name one folder: sluicegate screens FOLDER [--dark]"));
        return BadUsage;
    }
    const QDir folder(folders.first());
    if (!folder.mkpath(QStringLiteral(".")))
        return refuse({base::FailureKind::WriteFailed, folder.path().toStdString(), {}});
    leaveOutPlatformTalk();
    common::apply(*qApp, dark ? common::Scheme::Dark : common::Scheme::Light);
    const QTemporaryDir cases;
    desk::Desk desk(cases.path().toStdString());
    shell::MainWindow window(desk);
    window.show();
    return walk(desk, window, folder);
}

} // namespace sluicegate::app

// SPDX-License-Identifier: GPL-3.0-or-later
// windowgaps [MESSAGES [FOLDER]]: opens a log of so many messages (5 million unless told; written into
// FOLDER, and taken away again) in the real window and says how long the event loop stood still in each
// phase, how long the first frame and a frame of the timeline took. The machine should have nothing else to
// do.
#include "models/desk/desk.h"
#include "models/items/messagetable.h"
#include "widgets/common/theme.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/timeline/timeline.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <vector>

using namespace sluicegate;

namespace {

double milliseconds(const QElapsedTimer& since)
{
    return double(since.nsecsElapsed()) / 1e6;
}

/// How long the event loop stood still: the time between two rounds of it.
class Gaps {
public:
    Gaps()
    {
        m_timer.setInterval(0);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_gaps.push_back(milliseconds(m_last));
            m_last.start();
        });
    }
    void begin()
    {
        m_gaps.clear();
        m_last.start();
        m_timer.start();
    }
    void end(const char* phase, double wall)
    {
        m_timer.stop();
        std::ranges::sort(m_gaps, std::ranges::greater());
        const auto late = std::ranges::count_if(m_gaps, [](double gap) { return gap > 33; });
        std::printf("  %-28s%10.0f%10.1f%10.1f%8td\n", phase, wall, m_gaps.empty() ? 0 : m_gaps.front(),
            m_gaps.size() > 1 ? m_gaps[1] : 0, late);
        std::fflush(stdout);
    }

private:
    QTimer m_timer;
    QElapsedTimer m_last;
    std::vector<double> m_gaps;
};

/// Runs the event loop until `done` holds, two minutes at most.
bool waitFor(const std::function<bool()>& done)
{
    QElapsedTimer since;
    since.start();
    while (!done() && since.elapsed() < 120'000)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
    return done();
}

void writeLog(const std::string& file, int messages)
{
    std::ofstream out(file, std::ios::binary);
    char line[256];
    for (int message = 0; message < messages; ++message) {
        const int second = int(std::int64_t(message) * 86'000 / messages);
        const auto put = [&](const char* rest) {
            const int length = std::snprintf(line, sizeof line, "Nov 22 %02d:%02d:%02d mx postfix/%s\n",
                second / 3600, second / 60 % 60, second % 60, rest);
            out.write(line, length);
        };
        char text[160];
        std::snprintf(text, sizeof text, "pickup[77]: 4%010dz: uid=%d from=<u%d>", message,
            10000 + message % 97, message % 97);
        put(text);
        std::snprintf(text, sizeof text,
            "smtp[78]: 4%010dz: to=<r%d@far.test>, relay=far.test[192.0.2.9]:25, delay=1, dsn=%s", message,
            message % 50'000,
            message % 3 == 0 ? "4.0.0, status=deferred (later)" : "2.0.0, status=sent (ok)");
        put(text);
    }
}

class Bench {
public:
    Bench(desk::Desk& desk, shell::MainWindow& window) : m_desk(desk), m_window(window) { }

    bool run(const std::string& log)
    {
        std::printf("  %-28s%10s%10s%10s%8s\n", "phase", "wall ms", "longest", "second", "> 33 ms");
        const bool read = phase(
            "read the log", [&] { m_desk.openFiles({log}); },
            [&] { return m_desk.snapshot()->analysis && !m_desk.snapshot()->running && rows() > 0; });
        if (!read)
            return false;
        m_window.goTo(shell::StepId::Identify);
        until([] { return false; }, 300);
        const int all = rows();
        scroll();
        auto* table = view();
        phase(
            "sort by sender", [&] { table->sortByColumn(1, Qt::AscendingOrder); },
            [&] { return !model().busy(); });
        phase(
            "sort by time again", [&] { table->sortByColumn(0, Qt::AscendingOrder); },
            [&] { return !model().busy(); });
        auto* search = m_window.findChild<QLineEdit*>(QStringLiteral("search"));
        phase(
            "filter by a text",
            [&] {
                search->setText(QStringLiteral("r4711@far"));
                Q_EMIT search->returnPressed();
            },
            [&] { return rows() < all; });
        phase(
            "remove the filter",
            [&] { m_window.findChild<QToolButton*>(QStringLiteral("clearFilters"))->click(); },
            [&] { return rows() == all; });
        phase("select a row", [&] { table->selectRow(rows() / 2); }, [] { return true; });
        std::printf("  %d rows\n", all);
        return true;
    }

    void timeline()
    {
        auto* plot = m_window.findChild<timeline::Timeline*>();
        std::vector<double> frames;
        for (int frame = 0; frame < 51; ++frame) {
            QElapsedTimer since;
            since.start();
            plot->grab();
            frames.push_back(milliseconds(since));
        }
        std::ranges::sort(frames);
        std::printf(
            "  timeline frame: median %.2f ms, longest %.2f ms\n", frames[frames.size() / 2], frames.back());
    }

private:
    QTableView* view() const { return m_window.findChild<QTableView*>(QStringLiteral("messages")); }
    items::MessageTable& model() const { return static_cast<items::MessageTable&>(*view()->model()); }
    int rows() const { return view()->model()->rowCount(); }

    static void until(const std::function<bool()>& done, int most)
    {
        QElapsedTimer since;
        since.start();
        while (!done() && since.elapsed() < most)
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
    }

    bool phase(const char* name, const std::function<void()>& act, const std::function<bool()>& done)
    {
        QElapsedTimer wall;
        wall.start();
        m_gaps.begin();
        act();
        const bool ended = waitFor(done);
        const double spent = milliseconds(wall);
        until([] { return false; }, 500); // what it set off is painted, counted and selected by then
        m_gaps.end(ended ? name : "(did not end)", spent);
        return ended;
    }

    void scroll()
    {
        QScrollBar* bar = view()->verticalScrollBar();
        int step = 0;
        phase(
            "scroll through", [] {},
            [&] {
                bar->setValue(int(std::int64_t(bar->maximum()) * ++step / 300));
                return step >= 300;
            });
    }

    desk::Desk& m_desk;
    shell::MainWindow& m_window;
    Gaps m_gaps;
};

/// Says when a widget was painted for the first time.
class FirstPaint : public QObject {
public:
    FirstPaint(QWidget& widget, const QElapsedTimer& since) : m_since(since)
    {
        widget.installEventFilter(this);
    }
    double at = -1;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && at < 0)
            at = milliseconds(m_since);
        return false;
    }

private:
    const QElapsedTimer& m_since;
};

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer since;
    since.start();
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    common::apply(application, common::Scheme::Light);
    const QStringList arguments = QApplication::arguments();
    const int messages = arguments.size() > 1 ? arguments[1].toInt() : 5'000'000;
    const QTemporaryDir folder(
        (arguments.size() > 2 ? arguments[2] : QDir::tempPath()) + QStringLiteral("/windowgaps-XXXXXX"));
    if (messages < 1000 || !folder.isValid()) {
        std::fputs("usage: windowgaps [MESSAGES [FOLDER]], 1000 messages or more\n", stderr);
        return 2;
    }
    desk::Desk desk(folder.path().toStdString());
    shell::MainWindow window(desk);
    const FirstPaint painted(*window.centralWidget(), since);
    window.show();
    waitFor([&] { return painted.at >= 0; });
    std::printf("  first frame %.0f ms after main()\n", painted.at);
    const std::string log = folder.filePath(QStringLiteral("maillog")).toStdString();
    writeLog(log, messages);
    Bench bench(desk, window);
    if (!bench.run(log)) {
        std::fputs("the log was not read\n", stderr);
        return 1;
    }
    bench.timeline();
    return 0;
}

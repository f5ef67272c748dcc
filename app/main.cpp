// SPDX-License-Identifier: GPL-3.0-or-later
// The doorstep: picks the verb, and which Qt application it needs.
#include "app/cli/cli.h"
#include "app/cli/help.h"
#include "app/gui.h"

#include <QApplication>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>
#include <QTranslator>

#include <csignal>
#include <cstdio>
#include <cstring>

using namespace sluicegate;

namespace {

int runVerb(const app::Verb& verb)
{
    const QStringList all = QCoreApplication::arguments();
    return verb.run(all.sliced(2));
}

int withApplication(const app::Verb& verb, int& argc, char** argv)
{
    if (verb.needs == app::Needs::Widgets) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        const QApplication application(argc, argv);
        return runVerb(verb);
    }
    if (verb.needs == app::Needs::Gui) {
        // A verb draws into files only: it must work without a display.
        qputenv("QT_QPA_PLATFORM", "offscreen");
        const QGuiApplication application(argc, argv);
        return runVerb(verb);
    }
    const QCoreApplication application(argc, argv);
    return runVerb(verb);
}

int runWindow(int& argc, char** argv)
{
    if (app::displayIsMissing())
        return app::sayDisplayIsMissing();
    QApplication application(argc, argv);
    return app::runWindow(application, QCoreApplication::arguments().sliced(1));
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication::setApplicationName(QStringLiteral("sluicegate"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SLUICEGATE_VERSION));
    const char* first = argc > 1 ? argv[1] : "";
    if (std::strcmp(first, "--version") == 0)
        return std::puts("sluicegate " SLUICEGATE_VERSION) < 0;
    if (std::strcmp(first, "--help") == 0 || std::strcmp(first, "-h") == 0)
        return std::fputs(app::helpText, stdout) < 0;
    for (const app::Verb& verb : app::verbs()) {
        if (std::strcmp(first, verb.name) == 0)
            return withApplication(verb, argc, argv);
    }
    if (app::asksForWindow(argc, argv))
        return runWindow(argc, argv);
    std::fputs(app::helpText, stderr);
    return app::BadUsage;
}

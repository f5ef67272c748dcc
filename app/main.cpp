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

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>

using namespace sluicegate;

namespace {

// English has a file too, for its plural forms; where a language's own file lacks a sentence, it is said in
// English.
void loadTranslations(QCoreApplication& application)
{
    for (const QLocale& locale : {QLocale(QLocale::English), QLocale()}) {
        auto* translator = new QTranslator(&application);
        if (translator->load(
                locale, QStringLiteral("sluicegate"), QStringLiteral("_"), QStringLiteral(":/translations")))
            QCoreApplication::installTranslator(translator);
    }
}

int runVerb(QCoreApplication& application, const app::Verb& verb)
{
    loadTranslations(application);
    const QStringList all = QCoreApplication::arguments();
    return verb.run(all.sliced(2));
}

int withApplication(const app::Verb& verb, int& argc, char** argv)
{
    if (verb.needs == app::Needs::Widgets) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QApplication application(argc, argv);
        return runVerb(application, verb);
    }
    if (verb.needs == app::Needs::Gui) {
        // A verb draws into files only: it must work without a display.
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QGuiApplication application(argc, argv);
        return runVerb(application, verb);
    }
    QCoreApplication application(argc, argv);
    return runVerb(application, verb);
}

int runWindow(int& argc, char** argv)
{
    if (app::displayIsMissing())
        return app::sayDisplayIsMissing();
    QApplication application(argc, argv);
    loadTranslations(application);
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
        if (std::strcmp(first, verb.name) != 0)
            continue;
        if (argc == 3 && (std::strcmp(argv[2], "--help") == 0 || std::strcmp(argv[2], "-h") == 0))
            return std::fputs(app::helpText, stdout) < 0;
        return withApplication(verb, argc, argv);
    }
    const auto unknown = std::find_if_not(argv + std::min(argc, 1), argv + argc, app::asksForWindow);
    if (unknown == argv + argc)
        return runWindow(argc, argv);
    std::fprintf(stderr,
        "sluicegate: %s is neither a command nor a file that is there; see sluicegate --help.\n", *unknown);
    return app::BadUsage;
}

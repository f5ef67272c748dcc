// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui.h"

#include "app/cli/cli.h"
#include "app/settings.h"
#include "widgets/shell/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>

#include <cstring>
#include <filesystem>

namespace sluicegate::app {

namespace {

std::filesystem::path casesFolder()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    return std::filesystem::path(data.toStdString()) / "cases";
}

QStringList configHosts()
{
    QStringList names;
    for (const std::string& name : ssh::configHosts(QDir::homePath().toStdString() + "/.ssh/config"))
        names += QString::fromStdString(name);
    return names;
}

void take(desk::Desk& desk, const settings::Preferences& preferences)
{
    desk.setCases(
        preferences.cases.isEmpty() ? casesFolder() : std::filesystem::path(preferences.cases.toStdString()));
    desk.setKnownHosts(preferences.knownHosts.toStdString());
    desk.setUsualQuiet(preferences.quietMinutes > 0
            ? std::optional(std::chrono::minutes(preferences.quietMinutes))
            : std::nullopt);
}

void open(desk::Desk& desk, const QStringList& arguments)
{
    std::vector<std::filesystem::path> files;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments[i];
        if (argument == u"--profile" && i + 1 < arguments.size()) {
            desk.setProfile(arguments[++i].toStdString());
            continue;
        }
        if (argument == u"--demo")
            return desk.startDemo({});
        files.push_back(std::filesystem::absolute(argument.toStdString()));
    }
    if (!files.empty())
        desk.openFiles(files);
}

} // namespace

bool asksForWindow(const char* word)
{
    return std::strcmp(word, "--demo") == 0 || std::strcmp(word, "--profile") == 0
        || std::filesystem::exists(word);
}

bool displayIsMissing()
{
    const auto unset = [](const char* name) { return qEnvironmentVariableIsEmpty(name); };
    return unset("DISPLAY") && unset("WAYLAND_DISPLAY") && unset("QT_QPA_PLATFORM");
}

int sayDisplayIsMissing()
{
    say(QStringLiteral(
        "There is no display, so the window cannot open. Start it in a desktop session, or use the "
        "command line: sluicegate triage does the same job (see sluicegate --help)."));
    return InputUnreadable;
}

int runWindow(QApplication& application, const QStringList& arguments)
{
    Settings remembered = Settings::load();
    const common::Scheme preferred = common::preferred(application); // before it is painted over
    common::apply(application, remembered.preferences.scheme.value_or(preferred));
    QApplication::setDesktopFileName(QStringLiteral("sluicegate"));
    desk::Desk desk(casesFolder());
    take(desk, remembered.preferences);
    shell::MainWindow window(desk);
    window.setPreferences(remembered.preferences, QString::fromStdString(casesFolder().string()));
    const QStringList config = configHosts();
    window.setHosts(remembered.hosts, config);
    if (!remembered.geometry.isEmpty())
        window.restoreGeometry(remembered.geometry);
    QObject::connect(&window, &shell::MainWindow::hostUsed, &window, [&](const QString& host) {
        remembered.remember(host);
        remembered.save();
        window.setHosts(remembered.hosts, config);
    });
    QObject::connect(
        &window, &shell::MainWindow::preferencesChosen, &window, [&](const settings::Preferences& chosen) {
            remembered.preferences = chosen;
            remembered.save();
            take(desk, chosen);
            common::apply(application, chosen.scheme.value_or(preferred));
        });
    window.show();
    open(desk, arguments);
    const int result = QApplication::exec();
    remembered.geometry = window.saveGeometry();
    remembered.save();
    return result;
}

} // namespace sluicegate::app

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
    Settings settings = Settings::load();
    common::apply(application, settings.scheme.value_or(common::preferred(application)));
    QApplication::setDesktopFileName(QStringLiteral("sluicegate"));
    desk::Desk desk(casesFolder());
    shell::MainWindow window(desk);
    const QStringList config = configHosts();
    window.setHosts(settings.hosts, config);
    if (!settings.geometry.isEmpty())
        window.restoreGeometry(settings.geometry);
    QObject::connect(&window, &shell::MainWindow::hostUsed, &window, [&](const QString& host) {
        settings.remember(host);
        settings.save();
        window.setHosts(settings.hosts, config);
    });
    QObject::connect(&window, &shell::MainWindow::schemeChosen, &window, [&](common::Scheme scheme) {
        settings.scheme = scheme;
        settings.save();
        common::apply(application, scheme);
    });
    window.show();
    open(desk, arguments);
    const int result = QApplication::exec();
    settings.geometry = window.saveGeometry();
    settings.save();
    return result;
}

} // namespace sluicegate::app

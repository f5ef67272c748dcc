// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include <QSettings>

#include <algorithm>

namespace sluicegate::app {

namespace {

constexpr qsizetype MostHosts = 12;

} // namespace

Settings Settings::load()
{
    const QSettings from(
        QSettings::IniFormat, QSettings::UserScope, QStringLiteral("sluicegate"), QStringLiteral("window"));
    Settings settings;
    settings.hosts = from.value("hosts").toStringList();
    settings.geometry = from.value("geometry").toByteArray();
    const QString scheme = from.value("scheme").toString();
    if (scheme == u"light")
        settings.preferences.scheme = common::Scheme::Light;
    else if (scheme == u"dark")
        settings.preferences.scheme = common::Scheme::Dark;
    settings.preferences.quietMinutes = std::clamp(from.value("quiet").toInt(), 0, 24 * 60);
    settings.preferences.knownHosts = from.value("knownHosts").toString();
    settings.preferences.cases = from.value("cases").toString();
    return settings;
}

void Settings::save() const
{
    QSettings to(
        QSettings::IniFormat, QSettings::UserScope, QStringLiteral("sluicegate"), QStringLiteral("window"));
    to.setValue("hosts", hosts);
    to.setValue("geometry", geometry);
    const auto& scheme = preferences.scheme;
    to.setValue("quiet", preferences.quietMinutes);
    to.setValue("knownHosts", preferences.knownHosts);
    to.setValue("cases", preferences.cases);
    to.setValue("scheme",
        !scheme                               ? QString()
            : *scheme == common::Scheme::Dark ? QStringLiteral("dark")
                                              : QStringLiteral("light"));
}

void Settings::remember(const QString& host)
{
    hosts.removeAll(host);
    hosts.prepend(host);
    hosts = hosts.first(std::min(hosts.size(), MostHosts));
}

} // namespace sluicegate::app

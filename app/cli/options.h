// SPDX-License-Identifier: GPL-3.0-or-later
// The options of `triage`, read and checked.
#pragma once

#include "models/base/failure.h"
#include "models/triage/analysis.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

class QCommandLineParser;

namespace sluicegate::app {

struct TriageOptions {
    QString host; // [USER@]HOST[:PORT]
    QString evidence;
    bool demo = false;
    QString incident; // of the demo; empty: its first
    QString notice; // "-": stdin
    QString caseFolder;
    QStringList reports;
    bool json = false;
    QString identity;
    QString knownHosts;
    bool passwordFromStdin = false;
    bool acceptNew = false;
    triage::Window window;
    std::optional<std::chrono::seconds> zone; // where the evidence does not tell it
};

/// What every verb that connects is told alike: host, notice, identity, known-hosts, password-stdin and
/// accept-new, all of which the parser must know.
TriageOptions connectionIn(const QCommandLineParser& parser);

/// Usage when something is missing, unknown or contradicts something else.
base::Result<TriageOptions> readTriageOptions(const QStringList& arguments);

struct HostName {
    std::string user;
    std::string host;
    std::optional<std::uint16_t> port;
};
/// "anna@mail.example:2222", "[2001:db8::1]:22", "2001:db8::1".
base::Result<HostName> readHostName(const QString& text);

/// "+01:00", "Z": seconds east of UTC.
std::optional<std::chrono::seconds> readZone(const QString& text);

} // namespace sluicegate::app

// SPDX-License-Identifier: GPL-3.0-or-later
// The command line's common ground: verbs, exit codes, and how results and talk are written.
#pragma once

#include "models/base/failure.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <span>
#include <string>

namespace sluicegate::app {

/// Exit codes, as documented in --help.
enum Exit {
    Done = 0,
    NeedsAttention = 1, // verify: mismatch; check: not ready
    BadUsage = 2,
    InputUnreadable = 3,
    NoConnection = 4,
    PartlyDone = 5,
};

int exitFor(const base::Failure& failure);

/// Writes a sentence to stderr.
void say(const QString& sentence);
/// Says a failure in words and gives its exit code.
int refuse(const base::Failure& failure);
/// Writes bytes to stdout, whole; false when nobody reads any more (EPIPE) or the disk is full.
bool print(const QByteArray& bytes);

/// A whole file, or stdin for "-". Empty input is not a failure here.
base::Result<std::string> readInput(const QString& file);

/// Which Qt application a verb needs before it runs.
enum class Needs { Nothing, Core, Gui, Widgets };

/// One verb of the command line. `arguments` are those behind the verb.
struct Verb {
    const char* name;
    Needs needs;
    int (*run)(const QStringList& arguments);
};
std::span<const Verb> verbs();

int notice(const QStringList& arguments);
int headers(const QStringList& arguments);
int maillog(const QStringList& arguments);
int triage(const QStringList& arguments);
int contain(const QStringList& arguments);
int checkReady(const QStringList& arguments);
int report(const QStringList& arguments);
int verify(const QStringList& arguments);
int demoServer(const QStringList& arguments);
int screens(const QStringList& arguments);

} // namespace sluicegate::app

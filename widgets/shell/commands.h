// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done by name: the menus' commands and what a typed text leads to, best match first.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

class QMenuBar;

namespace sluicegate::shell {

struct Command {
    QString text; // "Open a notice …", without a mnemonic
    QString place; // the menu it stands in, or what it leads to
    QKeySequence keys {};
    std::function<void()> run;
};

enum class Which { All, Enabled };
/// The commands of the menus, in their order; those of submenus too.
QList<Command> commandsOf(const QMenuBar& menus, Which which);

/// How well `text` answers to `typed`, the more the better: its letters must occur in order, and count more
/// side by side and at the start of words. Nothing where one is missing; everything answers to an empty text.
std::optional<int> match(const QString& text, const QString& typed);

/// Those that match, the best first, equal ones in the order they came in.
QList<Command> matching(const QList<Command>& commands, const QString& typed);

} // namespace sluicegate::shell

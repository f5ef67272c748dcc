// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of colours and measures, light and dark; nothing on screen has a colour from anywhere else.
#pragma once

#include "models/attribution/verdict.h"
#include "models/items/messages.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>

class QApplication;
class QWidget;

namespace sluicegate::common {

enum class Scheme { Light, Dark };

struct Theme {
    Scheme scheme = Scheme::Light;
    QColor window; // behind everything
    QColor surface; // cards, tables, text
    QColor sunken; // rail, headers, alternate rows
    QColor border;
    QColor text;
    QColor muted; // second-rank text, still 4.5:1
    QColor accent; // primary buttons, selection, focus
    QColor onAccent;
    QColor accentSoft; // selected rows
    QColor good;
    QColor warn;
    QColor bad;

    QColor cause(attribution::Cause cause) const;
    QColor outcome(items::Outcome outcome) const;
};

const Theme& theme(Scheme scheme);
/// The theme in force, told from the application's palette.
const Theme& theme();
QPalette palette(const Theme& theme);
/// Puts style, palette and fonts in force for the whole application.
void apply(QApplication& application, Scheme scheme);
/// What the desktop prefers.
Scheme preferred(const QApplication& application);

/// All distances are multiples of this.
inline constexpr int Step = 8;
inline constexpr int RowHeight = 28;

QFont titleFont(const QFont& base);
QFont headingFont(const QFont& base);
QFont smallFont(const QFont& base);
QFont fixedFont();

} // namespace sluicegate::common

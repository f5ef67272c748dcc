// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen is measured by: contrast as painted, room, names.
#pragma once

#include "models/desk/desk.h"
#include "widgets/shell/mainwindow.h"

#include <QAbstractButton>
#include <QColor>
#include <QLabel>
#include <QPlainTextEdit>

namespace sluicegate::screens {

double luminance(const QColor& colour);
double contrast(const QColor& a, const QColor& b);
bool wantsName(const QWidget* widget);
/// Qt's own parts (a spin box's editor, a line edit's clear button, a dock's button) speak for themselves.
bool isQtsOwn(const QWidget* widget);
desk::SecretQuestion secretQuestion(desk::SecretQuestion::Kind kind);
/// Whether a screen has more to show than the window has room for.
bool scrolls(const shell::MainWindow& window);
/// Something is painted, no label or button is clipped, and every widget that takes the focus has a name.
void mustLookWhole(QWidget& window);
void mustFit(const shell::MainWindow& window);
void mustContrast(const QColor& ink, const QColor& ground, const QString& what);
/// The strongest contrast anything painted on `widget` has against its ground.
double paintedContrast(QWidget& widget, const QColor& ground);
void mustBeReadable(const QLabel& label);
void mustBeReadable(const QAbstractButton& button);
void mustBeReadable(QPlainTextEdit& text);

} // namespace sluicegate::screens

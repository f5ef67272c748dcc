// SPDX-License-Identifier: GPL-3.0-or-later
// The small pieces every screen is made of: labels by rank, cards, the primary button, the page's frame.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>

class QVBoxLayout;

namespace sluicegate::common {

enum class Rank { Title, Heading, Body, Muted, Small };
/// A label that wraps, can be selected with the mouse, and takes its text as plain text.
QLabel* label(const QString& text, Rank rank, QWidget* parent = nullptr);
/// The same, never cut: it asks for the height that its whole text takes at the width it has.
QLabel* wholeLabel(const QString& text, Rank rank, QWidget* parent = nullptr);
/// A muted label keeps its colour when the palette changes.
void setRank(QLabel* label, Rank rank);

/// A surface with a thin border and round corners.
class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
    QVBoxLayout* rows() const { return m_rows; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_rows;
};

/// The one thing to do next on a screen; Look paints it in the accent colour.
class PrimaryButton : public QPushButton {
    Q_OBJECT
public:
    explicit PrimaryButton(const QString& text, QWidget* parent = nullptr);
};

/// Title, one line below it, and a column for the rest. Without a title it is a part of another page.
QVBoxLayout* page(QWidget* screen, const QString& title, const QString& subtitle);
/// Gives a widget its accessible name and keeps its object name for tests. Return presses a button, as Space
/// does.
template <typename Widget> Widget* named(Widget* widget, const QString& accessible, const QString& object)
{
    if constexpr (std::is_base_of_v<QPushButton, Widget>)
        widget->setAutoDefault(true);
    widget->setAccessibleName(accessible);
    widget->setObjectName(object);
    return widget;
}

} // namespace sluicegate::common

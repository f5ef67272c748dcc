// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/theme.h"

#include "widgets/common/look.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyleHints>

namespace sluicegate::common {

namespace {

const Theme light {
    .scheme = Scheme::Light,
    .window = QColor(0xF3F5F7),
    .surface = QColor(0xFFFFFF),
    .sunken = QColor(0xE9EDF1),
    .border = QColor(0xCFD6DD),
    .text = QColor(0x1A2128),
    .muted = QColor(0x55606C),
    .accent = QColor(0x0A5A9C),
    .onAccent = QColor(0xFFFFFF),
    .accentSoft = QColor(0xD9E9F7),
    .good = QColor(0x1B6E4A),
    .warn = QColor(0x8A5200),
    .bad = QColor(0xA82218),
};

const Theme dark {
    .scheme = Scheme::Dark,
    .window = QColor(0x16191D),
    .surface = QColor(0x1E2328),
    .sunken = QColor(0x101316),
    .border = QColor(0x3A434C),
    .text = QColor(0xE4E8EC),
    .muted = QColor(0xA0ABB6),
    .accent = QColor(0x6DB5EE),
    .onAccent = QColor(0x08131D),
    .accentSoft = QColor(0x203A50),
    .good = QColor(0x74CFA0),
    .warn = QColor(0xE8B765),
    .bad = QColor(0xF28E84),
};

void setDisabled(QPalette& palette, const Theme& theme)
{
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.muted);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.border);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, theme.text);
}

} // namespace

QColor Theme::cause(attribution::Cause cause) const
{
    const bool isLight = scheme == Scheme::Light;
    switch (cause) {
    case attribution::Cause::MailboxPassword:
        return QColor(isLight ? 0x0072B2 : 0x56B4E9);
    case attribution::Cause::WebsiteForm:
        return QColor(isLight ? 0x756A00 : 0xF0D97A);
    case attribution::Cause::WebsiteHacked:
        return QColor(isLight ? 0x4E1D09 : 0xC98282);
    default:
        return QColor(isLight ? 0x4A5058 : 0xE0E3E6);
    }
}

QColor Theme::outcome(items::Outcome outcome) const
{
    switch (outcome) {
    case items::Outcome::Sent:
        return accent;
    case items::Outcome::Deferred:
        return warn;
    case items::Outcome::Bounced:
    case items::Outcome::Rejected:
        return bad;
    case items::Outcome::Open:
        break;
    }
    return muted;
}

const Theme& theme(Scheme scheme)
{
    return scheme == Scheme::Light ? light : dark;
}

const Theme& theme()
{
    return theme(
        QApplication::palette().color(QPalette::Window) == dark.window ? Scheme::Dark : Scheme::Light);
}

QPalette palette(const Theme& theme)
{
    QPalette palette(theme.text, theme.surface, theme.surface, theme.border, theme.border, theme.text,
        theme.text, theme.surface, theme.window);
    palette.setColor(QPalette::AlternateBase, theme.window);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::Accent, theme.accent);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::PlaceholderText, theme.muted);
    palette.setColor(QPalette::ToolTipBase, theme.surface);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Mid, theme.border);
    palette.setColor(QPalette::Midlight, theme.sunken);
    palette.setColor(QPalette::Dark, theme.border);
    palette.setColor(QPalette::Shadow, theme.border);
    palette.setColor(QPalette::Light, theme.surface);
    setDisabled(palette, theme);
    return palette;
}

void apply(QApplication& application, Scheme scheme)
{
    if (!qobject_cast<Look*>(application.style()))
        application.setStyle(new Look);
    application.setPalette(palette(theme(scheme)));
}

Scheme preferred(const QApplication& application)
{
    return application.styleHints()->colorScheme() == Qt::ColorScheme::Dark ? Scheme::Dark : Scheme::Light;
}

QFont titleFont(const QFont& base)
{
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 1.6);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont headingFont(const QFont& base)
{
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 1.1);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont smallFont(const QFont& base)
{
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 0.9);
    return font;
}

QFont fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF() * 0.95);
    return font;
}

} // namespace sluicegate::common

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/look.h"

#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace sluicegate::common {

namespace {

bool isPrimary(const QStyleOption& option, const QWidget* widget)
{
    return option.state.testFlag(QStyle::State_Enabled) && qobject_cast<const PrimaryButton*>(widget);
}

void paintButton(QPainter& painter, const QStyleOptionButton& button, bool primary)
{
    const bool enabled = button.state.testFlag(QStyle::State_Enabled);
    QColor fill = primary ? theme().accent : enabled ? theme().surface : theme().window;
    if (enabled && button.state.testFlag(QStyle::State_Sunken))
        fill = primary ? fill.darker(120) : theme().accentSoft;
    else if (enabled && button.state.testFlag(QStyle::State_MouseOver))
        fill = primary ? fill.darker(108) : theme().sunken;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(primary ? QPen(fill) : QPen(theme().border));
    painter.setBrush(fill);
    const QRectF place = QRectF(button.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(place, 4, 4);
    if (button.state.testFlag(QStyle::State_HasFocus)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(primary ? theme().onAccent : theme().accent, 1.5));
        painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3);
    }
    painter.restore();
}

} // namespace

Look::Look() : QProxyStyle(QStringLiteral("Fusion")) { }

int Look::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_HeaderMargin:
    case PM_FocusFrameHMargin: // also what item views leave beside their text
        return Step - 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QSize Look::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton)
        result
            = QSize(std::max(result.width(), size.width() + 3 * Step), std::max(result.height(), 4 * Step));
    else if (type == CT_LineEdit || type == CT_SpinBox)
        result.setHeight(std::max(result.height(), RowHeight));
    return result;
}

QRect Look::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(Step / 2, 0, -Step / 2, 0) : rect;
}

void Look::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (element == CE_PushButtonBevel && button)
        return paintButton(*painter, *button, isPrimary(*button, widget));
    if (element == CE_PushButtonLabel && button && isPrimary(*button, widget)) {
        QStyleOptionButton primary = *button;
        primary.palette.setColor(QPalette::ButtonText, theme().onAccent);
        return QProxyStyle::drawControl(element, &primary, painter, widget);
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace sluicegate::common

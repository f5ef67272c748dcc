// SPDX-License-Identifier: GPL-3.0-or-later
// Fusion with calmer buttons and room around text: what the theme's colours are painted with.
#pragma once

#include <QProxyStyle>

namespace sluicegate::common {

class Look : public QProxyStyle {
    Q_OBJECT
public:
    Look();

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
        const QWidget* widget) const override;
    QRect subElementRect(
        SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
};

} // namespace sluicegate::common

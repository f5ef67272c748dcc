// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screens/measures.h"

#include "widgets/common/marks.h"
#include "widgets/common/theme.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

#include <cmath>

namespace sluicegate::screens {

double luminance(const QColor& colour)
{
    const auto linear
        = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

bool wantsName(const QWidget* widget)
{
    return widget->focusPolicy() != Qt::NoFocus
        && (qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget)
            || qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QPlainTextEdit*>(widget)
            || qobject_cast<const QSpinBox*>(widget) || qobject_cast<const QProgressBar*>(widget));
}

bool isQtsOwn(const QWidget* widget)
{
    return widget->objectName().startsWith(u"qt_") || qobject_cast<const QSpinBox*>(widget->parentWidget())
        || qobject_cast<const QLineEdit*>(widget->parentWidget()) || widget->inherits("QHeaderView")
        || widget->inherits("QMenu");
}

desk::SecretQuestion secretQuestion(desk::SecretQuestion::Kind kind)
{
    return {.kind = kind, .subject = "operator@mx.harbour.example"};
}

bool scrolls(const shell::MainWindow& window)
{
    const QList<QScrollArea*> areas = window.findChildren<QScrollArea*>();
    return std::ranges::any_of(areas, [](const QScrollArea* area) {
        return area->isVisible()
            && (area->verticalScrollBar()->isVisible() || area->horizontalScrollBar()->isVisible());
    });
}

void mustFit(const shell::MainWindow& window)
{
    QTest::qWait(50);
    QCOMPARE(window.size(), QSize(1280, 720));
    const QSize least = window.minimumSizeHint();
    QVERIFY2(least.width() <= 1280 && least.height() <= 720,
        qPrintable(QStringLiteral("wants %1 x %2").arg(least.width()).arg(least.height())));
}

void mustContrast(const QColor& ink, const QColor& ground, const QString& what)
{
    QVERIFY2(contrast(ink, ground) >= 4.5,
        qPrintable(QStringLiteral("%1: %2 on %3").arg(what, ink.name(), ground.name())));
}

double paintedContrast(QWidget& widget, const QColor& ground)
{
    const QImage image = widget.grab().toImage();
    double best = 1;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            best = std::max(best, contrast(image.pixelColor(x, y), ground));
    }
    return best;
}

void mustBeReadable(const QLabel& label)
{
    if (label.isVisible() && !label.text().isEmpty())
        mustContrast(
            label.palette().color(label.foregroundRole()), common::theme().window, label.text().left(40));
}

void mustBeReadable(const QAbstractButton& button)
{
    if (button.isVisible() && button.isEnabled() && !button.text().isEmpty())
        mustContrast(button.palette().color(QPalette::ButtonText), button.palette().color(QPalette::Button),
            button.text());
}

void mustBeReadable(QPlainTextEdit& text)
{
    if (!text.isVisible() || text.toPlainText().isEmpty())
        return;
    const QColor ground = common::theme().surface;
    mustContrast(text.palette().color(QPalette::Text), ground, text.objectName());
    QVERIFY2(paintedContrast(*text.viewport(), ground) >= 4.5, qPrintable(text.objectName()));
    for (QTextBlock block = text.document()->begin(); block.isValid(); block = block.next()) {
        for (const QTextLayout::FormatRange& range : block.layout()->formats()) {
            const QBrush ink = range.format.foreground();
            if (ink.style() != Qt::NoBrush)
                mustContrast(ink.color(), ground, block.text().mid(range.start, range.length).left(40));
        }
    }
}

void mustLookWhole(QWidget& window)
{
    // A label whose text was just set gets its place by a posted event, which each layout hands to the one
    // around it.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    const QImage image = window.grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    }
    QVERIFY2(colours.size() > 20, "the screen looks empty");
    const QList<QLabel*> labels = window.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const QSize need
            = label->wordWrap() ? QSize(0, label->heightForWidth(label->width())) : label->minimumSizeHint();
        QVERIFY2(label->width() >= need.width() && label->height() >= need.height(),
            qPrintable(QStringLiteral("clipped: ") + label->text()));
    }
    const QList<QAbstractButton*> buttons = window.findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons) {
        if (!button->isVisible() || button->text().isEmpty())
            continue;
        QVERIFY2(button->width() >= button->fontMetrics().horizontalAdvance(button->text().remove(u'&')) + 4,
            qPrintable(QStringLiteral("clipped: ") + button->text()));
    }
    const QList<QWidget*> widgets = window.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (!widget->isVisible() || isQtsOwn(widget) || !wantsName(widget))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty(),
            qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
    }
}

} // namespace sluicegate::screens

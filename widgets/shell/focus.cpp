// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/focus.h"

#include <QWidget>

namespace sluicegate::shell {

namespace {

bool canTake(const QWidget* widget, const QWidget& page)
{
    return widget->isEnabled() && widget->isVisibleTo(&page) && (widget->focusPolicy() & Qt::TabFocus);
}

// The step's next thing to do, or else its list; a screen that has neither yet begins at its first widget.
QStringList wanted(StepId step)
{
    switch (step) {
    case StepId::Notice:
        return {QStringLiteral("continue"), QStringLiteral("noticeText")};
    case StepId::Evidence:
        return {QStringLiteral("continue"), QStringLiteral("connect"), QStringLiteral("host")};
    case StepId::Identify:
        return {QStringLiteral("messages")};
    case StepId::Source:
        return {QStringLiteral("suspects")};
    case StepId::Notes:
        return {QStringLiteral("remarks")};
    case StepId::ShutDown:
    case StepId::Queue:
    case StepId::Ready:
    case StepId::Report:
    case StepId::Journal:
        break;
    }
    return {};
}

} // namespace

QWidget* firstToUse(StepId step, const QWidget& page)
{
    for (const QString& name : wanted(step)) {
        for (QWidget* widget : page.findChildren<QWidget*>(name)) {
            if (canTake(widget, page))
                return widget;
        }
    }
    for (QWidget* widget = page.nextInFocusChain(); widget != &page; widget = widget->nextInFocusChain()) {
        if (page.isAncestorOf(widget) && canTake(widget, page))
            return widget;
    }
    return nullptr;
}

} // namespace sluicegate::shell

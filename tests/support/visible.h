// SPDX-License-Identifier: GPL-3.0-or-later
// Finding what a technician sees: several screens may have a widget of the same name.
#pragma once

#include <QWidget>

namespace sluicegate::tests {

/// The visible widget of that name below `window`; null where none is to be seen.
template <typename Widget> Widget* visible(const QWidget& window, const char* name)
{
    for (Widget* widget : window.findChildren<Widget*>(QString::fromLatin1(name))) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

} // namespace sluicegate::tests

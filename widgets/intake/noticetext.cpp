// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/intake/noticetext.h"

#include "widgets/common/theme.h"

#include <QMimeData>

namespace sluicegate::intake {

NoticeText::NoticeText(QWidget* parent) : QPlainTextEdit(parent)
{
    setFont(common::fixedFont());
    setTabChangesFocus(true);
    setPlaceholderText(tr("Paste the notice here, or drop it as a file (.eml, text, ARF)."));
}

void NoticeText::insertFromMimeData(const QMimeData* source)
{
    // A notice that was read stands unmodified; what is pasted over it is another one.
    if (!document()->isModified())
        selectAll();
    QPlainTextEdit::insertFromMimeData(source);
    document()->setModified(false);
    Q_EMIT pasted();
}

bool NoticeText::canInsertFromMimeData(const QMimeData* source) const
{
    // Files are taken by the window, as bytes; here they would arrive as their names.
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

} // namespace sluicegate::intake

// SPDX-License-Identifier: GPL-3.0-or-later
// The field a notice is pasted into; a paste is read at once.
#pragma once

#include <QPlainTextEdit>

namespace sluicegate::intake {

class NoticeText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit NoticeText(QWidget* parent = nullptr);

Q_SIGNALS:
    void pasted();

protected:
    void insertFromMimeData(const QMimeData* source) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
};

} // namespace sluicegate::intake

// SPDX-License-Identifier: GPL-3.0-or-later
// One filter chip: its term in words, to be edited in place, inverted or removed.
#pragma once

#include "models/items/filter.h"

#include <QFrame>

class QLineEdit;
class QToolButton;

namespace sluicegate::common {

/// A term in words: "login anna@shop.example", "not sent", "09:40 – 10:12".
QString termText(const items::Term& term);

class Chip : public QFrame {
    Q_OBJECT
public:
    explicit Chip(items::Term term, QWidget* parent = nullptr);

Q_SIGNALS:
    void changed(const sluicegate::items::Term& term);
    void removed();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void edit();
    void finish();
    void stopEditing();
    QLineEdit* editor();

    items::Term m_term;
    QToolButton* m_invert;
    QToolButton* m_text;
    QToolButton* m_remove;
    QLineEdit* m_editor = nullptr;
};

} // namespace sluicegate::common

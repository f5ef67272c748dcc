// SPDX-License-Identifier: GPL-3.0-or-later
// One message looked into: what was read from it beside its raw text, linked both ways, and its body as text.
#pragma once

#include "models/items/background.h"
#include "models/items/lettermodel.h"

#include <QWidget>

class QListView;
class QPlainTextEdit;
class QStackedWidget;

namespace sluicegate::common {
class EvidenceText;
class Pages;
class StateView;
} // namespace sluicegate::common

namespace sluicegate::inspector {

class Inspector : public QWidget {
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);

    /// A copy from the queue, read already.
    void show(const QString& name, const base::Bytes& bytes, const message::Inspection& inspection);
    /// A file: a message, or postcat's output.
    void open(const std::filesystem::path& file);
    void showEmpty(const QString& heading, const QString& text);
    const items::LetterModel& model() const { return *m_model; }

Q_SIGNALS:
    void opened(const QString& name);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* content();
    void showLetter(std::shared_ptr<const items::Letter> letter);
    void showBusy();
    void markSubmission();
    void follow(const QModelIndex& row);
    void followRaw();
    void mark(std::size_t first, std::size_t last);

    items::LetterModel* m_model;
    QListView* m_view;
    common::EvidenceText* m_raw;
    QPlainTextEdit* m_body;
    common::Pages* m_pages;
    common::StateView* m_state;
    QStackedWidget* m_stack;
    bool m_following = false; // one view moves the other, which must not move it back
    items::Background m_background {this};
};

} // namespace sluicegate::inspector

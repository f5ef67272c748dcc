// SPDX-License-Identifier: GPL-3.0-or-later
// One message looked into: what was read from it beside its raw text, linked both ways, and its body as text.
#pragma once

#include "models/items/background.h"
#include "models/items/filter.h"
#include "models/items/lettermodel.h"
#include "widgets/common/pinnable.h"

#include <QWidget>

class QListView;
class QMenu;
class QPlainTextEdit;
class QStackedWidget;

namespace sluicegate::common {
class EvidenceText;
class Pages;
class StateView;
} // namespace sluicegate::common

namespace sluicegate::inspector {

class Inspector : public QWidget, public common::Pinnable {
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);

    /// A copy from the queue, read already.
    void show(const QString& name, const base::Bytes& bytes, const message::Inspection& inspection);
    /// A file: a message, or postcat's output.
    void open(const std::filesystem::path& file);
    void showEmpty(const QString& heading, const QString& text);
    const items::LetterModel& model() const { return *m_model; }
    std::optional<casefile::Remark> pinned() const override;
    /// Chooses the field that this line belongs to.
    void choose(const base::EvidenceLine& line);

Q_SIGNALS:
    void opened(const QString& name);
    void filterWanted(const sluicegate::items::Term& term);
    void pinWanted(const sluicegate::casefile::Remark& remark);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* content();
    void addTo(QMenu& menu);
    void showMenu(QPoint at);
    std::optional<std::size_t> chosenOffset() const;
    void showLetter(std::shared_ptr<const items::Letter> letter);
    void showBusy();
    void markSubmission();
    void follow(const QModelIndex& row);
    void followRaw();
    void mark(std::size_t first, std::size_t last);

    items::LetterModel* m_model;
    std::filesystem::path m_file; // empty: a copy from the queue
    QListView* m_view;
    common::EvidenceText* m_raw;
    QPlainTextEdit* m_body;
    common::Pages* m_pages;
    common::StateView* m_state;
    QStackedWidget* m_stack;
    std::optional<base::EvidenceLine> m_wanted; // to be chosen once the message is read
    bool m_following = false; // one view moves the other, which must not move it back
    items::Background m_background {this};
};

} // namespace sluicegate::inspector

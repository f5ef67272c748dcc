// SPDX-License-Identifier: GPL-3.0-or-later
// The linked evidence: exact lines with file and line number, highlighted, inert and read-only.
#pragma once

#include "models/base/evidenceline.h"

#include <QPlainTextEdit>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QMenu;

namespace KSyntaxHighlighting {
class SyntaxHighlighter;
}

namespace sluicegate::common {

enum class Syntax { MailLog, MailHeader, Plain };

/// Read-only text with the evidence's own line numbers beside it.
class EvidenceText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit EvidenceText(QWidget* parent = nullptr);
    ~EvidenceText() override;

    void showLines(const std::vector<base::EvidenceLine>& lines, Syntax syntax);
    /// The line of evidence that the cursor stands in; nothing on a file's heading.
    std::optional<base::EvidenceLine> chosenLine() const;
    void choose(const base::EvidenceLine& line);
    void paintGutter(QPaintEvent* event);
    int gutterWidth() const;

Q_SIGNALS:
    /// The menu of the line under the cursor is about to show: whoever knows more to do with it adds it.
    void menuOpening(QMenu* menu);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void placeGutter();

    QWidget* m_gutter;
    std::vector<base::EvidenceLine> m_lines; // by block; number 0: a file's heading
    std::unique_ptr<KSyntaxHighlighting::SyntaxHighlighter> m_highlighter;
    Syntax m_syntax = Syntax::Plain;
};

class EvidencePane : public QWidget {
    Q_OBJECT
public:
    explicit EvidencePane(QWidget* parent = nullptr);

    void showLines(const QString& about, const std::vector<base::EvidenceLine>& lines, Syntax syntax);
    void clear(const QString& why);
    QString text() const;
    EvidenceText& lines() { return *m_text; }
    const EvidenceText& lines() const { return *m_text; }

Q_SIGNALS:
    void pinWanted(const sluicegate::base::EvidenceLine& line);

private:
    QLabel* m_about;
    EvidenceText* m_text;
};

} // namespace sluicegate::common

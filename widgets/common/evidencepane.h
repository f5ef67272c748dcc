// SPDX-License-Identifier: GPL-3.0-or-later
// The linked evidence: exact lines with file and line number, highlighted, inert and read-only.
#pragma once

#include "models/base/evidenceline.h"

#include <QPlainTextEdit>
#include <QWidget>

#include <memory>
#include <vector>

class QLabel;

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
    void paintGutter(QPaintEvent* event);
    int gutterWidth() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void placeGutter();

    QWidget* m_gutter;
    std::vector<std::uint64_t> m_numbers; // by block; 0: a file's heading
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

private:
    QLabel* m_about;
    EvidenceText* m_text;
};

} // namespace sluicegate::common

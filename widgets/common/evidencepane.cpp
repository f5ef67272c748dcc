// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/evidencepane.h"

#include "models/words/words.h"
#include "widgets/common/highlighting.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <KSyntaxHighlighting/SyntaxHighlighter>

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextOption>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sluicegate::common {

namespace {

// More lines than anyone reads at once; the pane says how many it leaves out.
constexpr std::size_t MostLines = 2000;

class Gutter : public QWidget {
public:
    explicit Gutter(EvidenceText* text) : QWidget(text), m_text(text) { }

protected:
    void paintEvent(QPaintEvent* event) override { m_text->paintGutter(event); }

private:
    EvidenceText* m_text;
};

} // namespace

EvidenceText::EvidenceText(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_gutter(new Gutter(this))
    , m_highlighter(std::make_unique<KSyntaxHighlighting::SyntaxHighlighter>(document()))
{
    setReadOnly(true);
    // A log is read from left to right in every language.
    setLayoutDirection(Qt::LeftToRight);
    QTextOption reading = document()->defaultTextOption();
    reading.setTextDirection(Qt::LeftToRight);
    document()->setDefaultTextOption(reading);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setFont(fixedFont());
    setTabChangesFocus(true);
    document()->setDocumentMargin(Step / 2);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect&, int) { m_gutter->update(); });
}

EvidenceText::~EvidenceText() = default;

void EvidenceText::showLines(const std::vector<base::EvidenceLine>& lines, Syntax syntax)
{
    m_syntax = syntax;
    m_lines.clear();
    QString text;
    std::string file;
    for (const base::EvidenceLine& line : lines) {
        if (line.file != file) {
            file = line.file;
            m_lines.push_back({});
            text += words::inert(file) + u'\n';
        }
        m_lines.push_back(line);
        text += words::inert(line.text) + u'\n';
    }
    text.chop(1);
    highlight(*m_highlighter, syntax, theme().scheme);
    setPlainText(text);
    placeGutter();
}

std::optional<base::EvidenceLine> EvidenceText::chosenLine() const
{
    const auto block = std::size_t(textCursor().blockNumber());
    if (block >= m_lines.size() || m_lines[block].line == 0)
        return {};
    return m_lines[block];
}

void EvidenceText::choose(const base::EvidenceLine& line)
{
    const auto found = std::ranges::find(m_lines, line);
    if (found == m_lines.end())
        return;
    QTextCursor cursor(document()->findBlockByNumber(int(found - m_lines.begin())));
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    horizontalScrollBar()->setValue(0);
}

void EvidenceText::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    if (!byKey && !textCursor().hasSelection())
        setTextCursor(cursorForPosition(event->pos()));
    const std::unique_ptr<QMenu> menu(createStandardContextMenu());
    Q_EMIT menuOpening(menu.get());
    menu->exec(byKey ? viewport()->mapToGlobal(cursorRect().bottomLeft()) : event->globalPos());
}

int EvidenceText::gutterWidth() const
{
    std::uint64_t largest = 0;
    for (const base::EvidenceLine& line : m_lines)
        largest = std::max(largest, line.line);
    return largest == 0 ? 0 : fontMetrics().horizontalAdvance(QString::number(largest)) + 2 * Step;
}

void EvidenceText::placeGutter()
{
    const QRect inside = contentsRect();
    setViewportMargins(gutterWidth(), 0, 0, 0);
    m_gutter->setGeometry(inside.left(), inside.top(), gutterWidth(), inside.height());
    m_gutter->update();
}

void EvidenceText::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void EvidenceText::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter) {
        highlight(*m_highlighter, m_syntax, theme().scheme);
        m_highlighter->rehighlight();
    }
}

void EvidenceText::paintGutter(QPaintEvent* event)
{
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), theme().window);
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    while (block.isValid()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        const auto number = std::size_t(block.blockNumber()) < m_lines.size()
            ? m_lines[std::size_t(block.blockNumber())].line
            : 0;
        painter.setPen(theme().muted);
        if (number > 0)
            painter.drawText(QRectF(0, place.top(), m_gutter->width() - Step, place.height()),
                Qt::AlignRight | Qt::AlignTop, QString::number(number));
        block = block.next();
    }
}

EvidencePane::EvidencePane(QWidget* parent)
    : QWidget(parent)
    , m_about(label({}, Rank::Muted))
    , m_text(named(new EvidenceText, tr("Evidence lines"), QStringLiteral("evidenceText")))
{
    auto* card = new Card;
    card->rows()->setContentsMargins(1, Step, 1, 1);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(2 * Step, 0, Step, 0);
    head->addWidget(m_about, 1);
    card->rows()->addLayout(head);
    card->rows()->addWidget(m_text, 1);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(card);
    connect(m_text, &EvidenceText::menuOpening, this, [this](QMenu* menu) {
        const std::optional<base::EvidenceLine> line = m_text->chosenLine();
        if (!line)
            return;
        menu->addSeparator();
        connect(menu->addAction(tr("&Pin this line for the report")), &QAction::triggered, this,
            [this, line] { Q_EMIT pinWanted(*line); });
    });
}

void EvidencePane::showLines(
    const QString& about, const std::vector<base::EvidenceLine>& lines, Syntax syntax)
{
    const std::size_t shown = std::min(lines.size(), MostLines);
    m_about->setText(
        shown == lines.size() ? about : tr("%1 (the first %n line(s))", nullptr, int(shown)).arg(about));
    m_text->showLines({lines.begin(), lines.begin() + std::ptrdiff_t(shown)}, syntax);
}

void EvidencePane::clear(const QString& why)
{
    m_about->setText(why);
    m_text->showLines({}, Syntax::Plain);
}

QString EvidencePane::text() const
{
    return m_text->toPlainText();
}

} // namespace sluicegate::common

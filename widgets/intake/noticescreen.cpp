// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/intake/noticescreen.h"

#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/theme.h"
#include "widgets/intake/noticefacts.h"
#include "widgets/intake/noticetext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluicegate::intake {

using common::named;
using common::Step;

NoticeScreen::NoticeScreen(QWidget* parent)
    : QWidget(parent)
    , m_text(named(new NoticeText, tr("Text of the notice"), QStringLiteral("noticeText")))
    , m_facts(new NoticeFacts)
    , m_empty(new common::StateView)
    , m_right(new QStackedWidget)
{
    QVBoxLayout* rows = common::page(this, tr("Notice"),
        tr("The mail in which your provider says that port 25 was blocked. Its Message-IDs lead to the "
           "source."));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(2 * Step);
    columns->addWidget(left(), 1);
    columns->addWidget(right(), 1);
    rows->addLayout(columns, 1);
    setTabOrder(m_text, m_facts);
}

NoticeScreen::~NoticeScreen() = default;

QWidget* NoticeScreen::left()
{
    auto* card = new common::Card;
    auto* open = named(
        new QPushButton(tr("&Open a file …")), tr("Open a notice from a file"), QStringLiteral("openNotice"));
    auto* read = named(new QPushButton(tr("&Read this text")), tr("Read this text as a notice"),
        QStringLiteral("readNotice"));
    card->rows()->addWidget(common::label(tr("The text as it came"), common::Rank::Heading));
    card->rows()->addWidget(m_text, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Step);
    buttons->addWidget(open);
    buttons->addStretch();
    buttons->addWidget(read);
    card->rows()->addLayout(buttons);
    read->setEnabled(false);
    const auto give = [this] { Q_EMIT noticeGiven(m_text->toPlainText().toUtf8()); };
    connect(m_text, &NoticeText::pasted, this, give);
    connect(read, &QPushButton::clicked, this, give);
    connect(open, &QPushButton::clicked, this, &NoticeScreen::openRequested);
    connect(m_text, &QPlainTextEdit::textChanged, this,
        [this, read] { read->setEnabled(!m_text->toPlainText().trimmed().isEmpty()); });
    return card;
}

QWidget* NoticeScreen::right()
{
    auto* card = new common::Card;
    m_empty->showEmpty(tr("No notice yet"),
        tr("Paste the provider's mail on the left, drop it onto the window, or open it from a file. "
           "Server, address, time, ports and Message-IDs are read from it. Nothing is sent anywhere."),
        tr("Try the &demo incident"));
    card->rows()->addWidget(m_empty);
    m_right->addWidget(card);
    m_right->addWidget(m_facts);
    connect(m_empty, &common::StateView::actionRequested, this, &NoticeScreen::demoRequested);
    connect(m_facts, &NoticeFacts::continueRequested, this, &NoticeScreen::continueRequested);
    connect(m_facts, &NoticeFacts::journeyRequested, this, &NoticeScreen::journeyRequested);
    return m_right;
}

void NoticeScreen::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    if (!parts.testAnyFlags(desk::Part::Notice | desk::Part::Evidence | desk::Part::Analysis))
        return;
    m_right->setCurrentIndex(snapshot.notice ? 1 : 0);
    const std::string raw = snapshot.notice ? snapshot.notice->raw : std::string();
    if (raw != m_shown) {
        m_shown = raw;
        QStringList lines;
        for (const QByteArray& line : QByteArray::fromStdString(raw).replace("\r\n", "\n").split('\n'))
            lines += words::inert({line.constData(), std::size_t(line.size())});
        // Text the operator has just pasted stays as it is, cursor and undo included.
        const QString text = lines.join(u'\n');
        if (text != m_text->toPlainText())
            m_text->setPlainText(text);
    }
    m_facts->show(snapshot);
}

} // namespace sluicegate::intake

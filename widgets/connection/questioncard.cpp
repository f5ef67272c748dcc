// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/questioncard.h"

#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sluicegate::connection {

using common::label;
using common::named;
using common::Rank;
using common::Step;

namespace {

QString heading(const desk::SecretQuestion& question)
{
    const QString subject = words::inert(question.subject);
    switch (question.kind) {
    case desk::SecretQuestion::Kind::Password:
        return QuestionCard::tr("Password of %1").arg(subject);
    case desk::SecretQuestion::Kind::Passphrase:
        return QuestionCard::tr("Passphrase of the key %1").arg(subject);
    case desk::SecretQuestion::Kind::Sudo:
        return QuestionCard::tr("Password for sudo of %1").arg(subject);
    }
    return {};
}

QString refusal(desk::SecretQuestion::Kind kind)
{
    switch (kind) {
    case desk::SecretQuestion::Kind::Password:
        return QuestionCard::tr("The server refused the password you gave. Check it and try again.");
    case desk::SecretQuestion::Kind::Passphrase:
        return QuestionCard::tr("The passphrase you gave did not open the key. Check it and try again.");
    case desk::SecretQuestion::Kind::Sudo:
        return QuestionCard::tr("sudo refused the password you gave. Check it and try again.");
    }
    return {};
}

/// A longer fingerprint than SHA-256's goes over several lines: it has no blanks to break at.
QString inLines(const QString& fingerprint)
{
    constexpr qsizetype longest = 56;
    QStringList lines;
    for (qsizetype at = 0; at < fingerprint.size(); at += longest)
        lines += fingerprint.mid(at, longest);
    return lines.join(u'\n');
}

/// The fingerprint as an operator pastes it from elsewhere: with or without blanks and the word SHA256.
QString bare(QString fingerprint)
{
    fingerprint.remove(u' ').remove(u'\n').remove(u'=');
    return fingerprint.startsWith(u"SHA256:") ? fingerprint.mid(7) : fingerprint;
}

} // namespace

QuestionCard::QuestionCard(QWidget* parent) : QWidget(parent), m_outer(new QVBoxLayout(this))
{
    m_outer->setContentsMargins(0, 0, 0, 0);
}

void QuestionCard::show(const std::optional<desk::Question>& question)
{
    if (m_card) {
        // The click that answered may still be under way in the card's own button.
        m_card->hide();
        m_card->deleteLater();
    }
    m_card = nullptr;
    setVisible(question.has_value());
    if (!question)
        return;
    auto* card = new common::Card;
    m_card = card;
    m_rows = card->rows();
    m_outer->addWidget(card);
    std::visit([this](const auto& asked) { build(asked); }, *question);
}

void QuestionCard::build(const ssh::HostKeyQuestion& question)
{
    m_rows->addWidget(label(tr("This server is not known yet"), Rank::Heading));
    m_rows->addWidget(
        label(tr("%1 shows this %2 key. Compare its fingerprint with one from a source you trust, "
                 "such as the provider's console, before you go on.")
                  .arg(words::inert(question.host), words::inert(question.keyType)),
            Rank::Body));
    const QString fingerprint = words::inert(question.fingerprint);
    QLabel* shown
        = named(label(inLines(fingerprint), Rank::Body), tr("Fingerprint"), QStringLiteral("fingerprint"));
    shown->setFont(common::fixedFont());
    m_rows->addWidget(shown);
    auto* compare = addField(tr("Paste a fingerprint to compare"), true);
    QLabel* verdict = named(label({}, Rank::Body), tr("Comparison"), QStringLiteral("comparison"));
    m_rows->addWidget(verdict);
    connect(compare, &QLineEdit::textChanged, this, [verdict, fingerprint](const QString& text) {
        verdict->setText(text.trimmed().isEmpty() ? QString()
                : bare(text) == bare(fingerprint) ? tr("✓ The fingerprints are the same.")
                                                  : tr("✗ The fingerprints differ. Do not connect."));
    });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Step);
    const auto add = [&](QPushButton* button, ssh::HostKeyAnswer answer) {
        button->setAccessibleName(button->text().remove(u'&'));
        buttons->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, answer] { Q_EMIT answered(answer); });
    };
    buttons->addStretch();
    add(new QPushButton(tr("Do &not connect")), ssh::HostKeyAnswer::Refuse);
    add(new QPushButton(tr("Trust &once")), ssh::HostKeyAnswer::AcceptOnce);
    add(new common::PrimaryButton(tr("&Trust and remember")), ssh::HostKeyAnswer::AcceptAndSave);
    m_rows->addLayout(buttons);
}

void QuestionCard::build(const desk::SecretQuestion& question)
{
    m_rows->addWidget(label(heading(question), Rank::Heading));
    if (question.again)
        addRefusal(refusal(question.kind));
    m_rows->addWidget(label(tr("It is used for this connection only and written nowhere."), Rank::Muted));
    QLineEdit* field = addField(heading(question), false);
    field->setPlaceholderText({});
    addTextButtons(tr("&Go on"), {field});
    field->setFocus();
}

void QuestionCard::build(const desk::InteractiveQuestion& question)
{
    m_rows->addWidget(label(tr("The server asks"), Rank::Heading));
    if (question.again)
        addRefusal(tr("The server refused the answer you gave. Check it and try again."));
    if (!question.instruction.empty())
        m_rows->addWidget(label(words::inert(question.instruction), Rank::Body));
    QList<QLineEdit*> fields;
    for (const ssh::Prompt& prompt : question.prompts)
        fields += addField(words::inert(prompt.text), prompt.echo);
    addTextButtons(tr("&Go on"), fields);
    if (!fields.isEmpty())
        fields.first()->setFocus();
}

void QuestionCard::addRefusal(const QString& text)
{
    m_rows->addWidget(named(label(u"✗ " + text, Rank::Body), tr("Refused"), QStringLiteral("refused")));
}

QLineEdit* QuestionCard::addField(const QString& name, bool echo)
{
    auto* field = named(new QLineEdit, name, QStringLiteral("answer"));
    field->setPlaceholderText(name);
    field->setEchoMode(echo ? QLineEdit::Normal : QLineEdit::Password);
    m_rows->addWidget(field);
    return field;
}

void QuestionCard::addTextButtons(const QString& accept, const QList<QLineEdit*>& fields)
{
    auto* refuse
        = named(new QPushButton(tr("&Do not answer")), tr("Do not answer"), QStringLiteral("refuse"));
    auto* go = named(new common::PrimaryButton(accept), tr("Go on"), QStringLiteral("accept"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Step);
    buttons->addStretch();
    buttons->addWidget(refuse);
    buttons->addWidget(go);
    m_rows->addLayout(buttons);
    connect(refuse, &QPushButton::clicked, this, [this] { Q_EMIT answered(std::monostate()); });
    connect(go, &QPushButton::clicked, this, [this, fields] {
        std::vector<std::string> texts;
        for (QLineEdit* field : fields) {
            texts.push_back(field->text().toStdString());
            field->clear();
        }
        Q_EMIT answered(std::move(texts));
    });
    if (!fields.isEmpty())
        connect(fields.last(), &QLineEdit::returnPressed, go, &QPushButton::click);
}

} // namespace sluicegate::connection

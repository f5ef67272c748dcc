// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/containment/endingcard.h"

#include "models/words/actions.h"
#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QVBoxLayout>

namespace sluicegate::containmentscreen {

using common::named;
using common::Rank;
using common::Step;
using common::wholeLabel;
using namespace containment;

namespace {

constexpr int itemsShown = 12;

QString heading(const desk::Handling& handling)
{
    const QString name = words::name(handling.plan.action);
    const auto& interrupted = handling.ending ? handling.ending->interrupted : handling.acted->interrupted;
    if (interrupted)
        return EndingCard::tr("Stopped before its end: %1").arg(name);
    return handling.whole() ? EndingCard::tr("✓ Done: %1").arg(name)
                            : EndingCard::tr("! Not everything could be done: %1").arg(name);
}

QStringList totals(const Ending& ending)
{
    QStringList lines {words::counts(ending.totals())};
    if (ending.keptBefore > 0)
        lines += EndingCard::tr("Other messages in the queue: %L1 before, %L2 of them now.")
                     .arg(ending.keptBefore)
                     .arg(ending.keptAfter);
    if (ending.released > 0)
        lines += EndingCard::tr(
            "%Ln message(s) had got a selected queue id meanwhile; held for a moment and let go.", nullptr,
            int(ending.released));
    return lines;
}

QStringList openItems(const Ending& ending)
{
    QStringList lines;
    int more = 0;
    for (const ItemOutcome& each : ending.items) {
        if (each.outcome == Outcome::Done || each.outcome == Outcome::AlreadySo)
            continue;
        if (lines.size() >= itemsShown) {
            ++more;
            continue;
        }
        const QString reason = words::inert(each.reason);
        lines += QStringLiteral("%1   %2%3")
                     .arg(words::inert(each.item.id.value), words::name(each.outcome),
                         reason.isEmpty() ? QString() : QStringLiteral(": ") + reason);
    }
    if (more > 0)
        lines += EndingCard::tr("and %Ln more", nullptr, more);
    return lines;
}

QStringList deeds(const Acted& acted)
{
    QStringList lines;
    for (const Deed& deed : acted.deeds) {
        lines += QStringLiteral("%1: %2").arg(words::text(deed.stage), words::name(deed.outcome));
        for (const QString& said : words::inert(deed.said).split(words::inert("\n"), Qt::SkipEmptyParts))
            lines += QStringLiteral("      ") + said;
    }
    return lines;
}

QString next(const desk::Handling& handling)
{
    if (handling.whole())
        return EndingCard::tr("Everything that was run stands in the case's journal.");
    return EndingCard::tr(
        "What was done until then is kept in the case. Show the plan again and run it: it goes "
        "on from there.");
}

} // namespace

EndingCard::EndingCard(QWidget* parent)
    : QWidget(parent)
    , m_heading(named(wholeLabel({}, Rank::Heading), tr("Outcome"), QStringLiteral("endingHeading")))
    , m_totals(named(wholeLabel({}, Rank::Body), tr("Totals"), QStringLiteral("endingTotals")))
    , m_secretAbout(
          wholeLabel(tr("The new password. It is shown only now and kept nowhere: give it to the owner on a "
                        "safe way."),
              Rank::Body))
    , m_secret(named(wholeLabel({}, Rank::Title), tr("New password"), QStringLiteral("newPassword")))
    , m_details(named(wholeLabel({}, Rank::Body), tr("Details"), QStringLiteral("endingDetails")))
    , m_next(wholeLabel({}, Rank::Muted))
{
    m_secret->setFont(common::fixedFont());
    m_secret->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* card = new common::Card;
    for (QLabel* part : {m_heading, m_totals, m_secretAbout, m_secret, m_details, m_next})
        card->rows()->addWidget(part);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(card);
}

void EndingCard::show(const desk::Handling& handling)
{
    m_heading->setText(heading(handling));
    m_totals->setText(handling.ending ? totals(*handling.ending).join(u'\n') : QString());
    m_totals->setVisible(handling.ending.has_value());
    const QString secret = handling.acted ? QString::fromStdString(handling.acted->secret) : QString();
    m_secret->setText(secret);
    m_secret->setVisible(!secret.isEmpty());
    m_secretAbout->setVisible(!secret.isEmpty());
    const QStringList details = handling.ending ? openItems(*handling.ending) : deeds(*handling.acted);
    m_details->setText(details.join(u'\n'));
    m_details->setVisible(!details.isEmpty());
    m_next->setText(next(handling));
}

} // namespace sluicegate::containmentscreen

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/intake/noticefacts.h"

#include "models/items/cells.h"
#include "models/items/noticeidmodel.h"
#include "models/words/words.h"
#include "widgets/common/marks.h"
#include "widgets/common/pieces.h"
#include "widgets/common/tables.h"
#include "widgets/common/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace sluicegate::intake {

using common::label;
using common::named;
using common::Rank;
using common::Step;

namespace {

QString orUnknown(const QString& text)
{
    return text.isEmpty() ? NoticeFacts::tr("not named") : text;
}

QString joined(const std::vector<std::string>& texts)
{
    QStringList list;
    for (const std::string& text : texts)
        list += words::inert(text);
    return list.join(QStringLiteral(", "));
}

QString portsText(const std::vector<int>& ports)
{
    QStringList list;
    for (const int port : ports)
        list += QString::number(port);
    return list.join(QStringLiteral(", "));
}

QString detectedText(const notice::Notice& notice)
{
    if (!notice.detected)
        return {};
    const QString time = items::timeText(*notice.detected);
    return notice.detectedHasZone ? NoticeFacts::tr("%1 UTC").arg(time)
                                  : NoticeFacts::tr("%1 (no time zone named)").arg(time);
}

} // namespace

NoticeFacts::NoticeFacts(QWidget* parent)
    : QWidget(parent)
    , m_idsHeading(label({}, Rank::Heading))
    , m_why(label({}, Rank::Muted))
    , m_warnings(label({}, Rank::Muted))
    , m_ids(named(new QTableView, tr("Message-IDs of the notice"), QStringLiteral("noticeIds")))
    , m_continue(named(new common::PrimaryButton(tr("&Get the evidence")), tr("Get the evidence"),
          QStringLiteral("continue")))
    , m_model(new items::NoticeIdModel(this))
{
    auto* card = new common::Card;
    card->rows()->addWidget(label(tr("What the notice says"), Rank::Heading));
    auto* grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(2 * Step);
    grid->setVerticalSpacing(Step);
    m_server = addFact(grid, tr("Server"), QStringLiteral("factServer"));
    m_addresses = addFact(grid, tr("IP address"), QStringLiteral("factIp"));
    m_detected = addFact(grid, tr("Detected"), QStringLiteral("factDetected"));
    m_ports = addFact(grid, tr("Blocked ports"), QStringLiteral("factPorts"));
    card->rows()->addLayout(grid);
    card->rows()->addWidget(m_warnings);
    card->rows()->addWidget(m_idsHeading);
    card->rows()->addWidget(m_ids, 100);
    card->rows()->addWidget(m_why);
    card->rows()->addStretch(1); // without ids the facts stay together
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_continue);
    card->rows()->addLayout(buttons);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(card);
    m_idsHeading->setContentsMargins(0, Step, 0, 0);
    m_ids->setModel(m_model);
    common::dress(*m_ids, {0, 22 * Step});
    connect(m_continue, &QPushButton::clicked, this, &NoticeFacts::continueRequested);
    connect(m_ids, &QTableView::activated, this, [this](const QModelIndex& index) {
        const QVariant journey = index.data(items::NoticeIdModel::JourneyRole);
        if (journey.isValid())
            Q_EMIT journeyRequested(journey.toUInt());
    });
}

QLabel* NoticeFacts::addFact(QGridLayout* grid, const QString& name, const QString& object)
{
    const int row = grid->rowCount();
    auto* value = named(label({}, Rank::Body), name, object);
    QLabel* caption = label(name, Rank::Muted);
    caption->setWordWrap(false);
    grid->addWidget(caption, row, 0, Qt::AlignTop);
    grid->addWidget(value, row, 1);
    return value;
}

void NoticeFacts::show(const desk::Snapshot& snapshot)
{
    if (!snapshot.notice)
        return;
    const notice::Notice& notice = *snapshot.notice;
    m_server->setText(common::isolated(orUnknown(words::inert(notice.server))));
    m_addresses->setText(common::isolated(orUnknown(joined(notice.ips))));
    m_detected->setText(common::isolated(orUnknown(detectedText(notice))));
    m_ports->setText(common::isolated(orUnknown(portsText(notice.ports))));
    m_warnings->setText(joined(notice.warnings));
    m_warnings->setVisible(!notice.warnings.empty());
    m_continue->setText(snapshot.bundle ? tr("&Go on to the evidence") : tr("&Get the evidence"));
    showIds(snapshot);
}

void NoticeFacts::showIds(const desk::Snapshot& snapshot)
{
    m_model->show(snapshot.notice, snapshot.analysis);
    const int all = m_model->rowCount();
    m_ids->setVisible(all > 0);
    if (all == 0)
        m_idsHeading->setText(tr("No Message-ID is named"));
    else if (m_model->found() + m_model->missing() == 0)
        m_idsHeading->setText(tr("%n Message-ID(s)", nullptr, all));
    else
        m_idsHeading->setText(tr("%1 of %2 Message-IDs are in the log").arg(m_model->found()).arg(all));
    const QStringList why
        = snapshot.analysis && m_model->missing() > 0 ? words::whyMissing(*snapshot.analysis) : QStringList();
    m_why->setText(
        why.isEmpty() ? QString() : tr("Not in the log, most likely because: %1").arg(why.first()));
    m_why->setToolTip(why.join(u'\n'));
    m_why->setVisible(!why.isEmpty());
}

} // namespace sluicegate::intake

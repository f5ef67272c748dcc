// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/leads.h"

#include "widgets/common/chip.h"

#include <QCoreApplication>
#include <QMenu>

namespace sluicegate::common {

namespace {

struct Leads {
    Q_DECLARE_TR_FUNCTIONS(Leads)
};

QString textOf(const items::Term& term)
{
    // An ampersand in foreign text is no mnemonic.
    const QString what = termText(term).replace(u'&', QStringLiteral("&&"));
    switch (term.field) {
    case items::Field::Account:
        return Leads::tr("All from the account %1").arg(what);
    case items::Field::Client:
        return Leads::tr("All from the client %1").arg(what);
    case items::Field::Sender:
        return Leads::tr("All with the sender %1").arg(what);
    case items::Field::Time:
        return Leads::tr("Five minutes before and after");
    default:
        return Leads::tr("Messages with %1").arg(what);
    }
}

} // namespace

void addLeads(
    QMenu& menu, const std::vector<items::Term>& terms, const std::function<void(const items::Term&)>& follow)
{
    for (const items::Term& term : terms)
        QObject::connect(
            menu.addAction(textOf(term)), &QAction::triggered, &menu, [follow, term] { follow(term); });
}

} // namespace sluicegate::common

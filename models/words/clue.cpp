// SPDX-License-Identifier: GPL-3.0-or-later
// Clues in words: one sentence for each rule, with the values in the rule's order.
#include "models/words/amounts.h"

#include "models/words/words.h"

#include <QCoreApplication>

namespace sluicegate::words {

namespace {

using attribution::Clue;

struct Clues {
    Q_DECLARE_TR_FUNCTIONS(Clue)
};

// A rule this table does not know yet must still be readable: its name in plain letters, and what it names.
QString neutral(const Clue& clue)
{
    QString rule = inert(clue.rule);
    rule.replace(u'-', u' ');
    if (!rule.isEmpty())
        rule[0] = rule.at(0).toUpper();
    QStringList values;
    for (const std::string& value : clue.values)
        values << inert(value);
    const QString seen = Clues::tr("seen %Ln time(s)", nullptr, number(clue.count));
    return values.isEmpty() ? Clues::tr("%1 (%2).").arg(rule, seen)
                            : Clues::tr("%1: %2 (%3).").arg(rule, values.join(QStringLiteral(", ")), seen);
}

} // namespace

QString text(const Clue& clue)
{
    return neutral(clue);
}

} // namespace sluicegate::words

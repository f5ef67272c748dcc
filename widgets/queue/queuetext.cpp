// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/queue/queuetext.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace sluicegate::queuescreen {

namespace {

struct Queue {
    Q_DECLARE_TR_FUNCTIONS(QueueScreen)
};

QString number(std::uint32_t count)
{
    return QLocale().toString(count);
}

} // namespace

QString totals(const items::QueueRows& queue)
{
    using items::Fate;
    return Queue::tr("%Ln message(s) in the queue as listed at %1: %2 spam, %3 to keep, %4 undecided.",
        nullptr, int(queue.rows.size()))
        .arg(words::when(queue.analysis->facts.now), number(queue.count(Fate::Spam)),
            number(queue.count(Fate::Keep)), number(queue.count(Fate::Undecided)));
}

QString deadline(const items::QueueRows& queue)
{
    const std::optional<items::Deadline> end = queue.deadline();
    if (!end)
        return {};
    const QString life = words::span(queue.lifetime.mail);
    const QString rule = queue.lifetimeKnown
        ? Queue::tr("The server returns mail after %1.").arg(life)
        : Queue::tr("Servers return mail after %1 unless set otherwise; this one's setting was not pulled.")
              .arg(life);
    if (end->over == end->good)
        return Queue::tr("%Ln good message(s) waited past their time: the next attempt is the last.", nullptr,
                   int(end->good))
            + u' ' + rule;
    const auto now = queue.analysis->facts.now;
    if (end->over > 0)
        return Queue::tr("%Ln good message(s) wait, %1 of them past their time; the last bounces on %2.",
                   nullptr, int(end->good))
                   .arg(number(end->over), words::when(end->last))
            + u' ' + rule;
    const QString left = words::span(std::chrono::floor<std::chrono::seconds>(end->first - now));
    return Queue::tr("%Ln good message(s) bounce from %1 on, in %2, unless the way is opened.", nullptr,
               int(end->good))
               .arg(words::when(end->first), left)
        + u' ' + rule;
}

} // namespace sluicegate::queuescreen

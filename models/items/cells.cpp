// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/cells.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>
#include <QTimeZone>

namespace sluicegate::items {

namespace {

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("items", text, nullptr, count);
}

QDateTime utc(base::Instant at)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    return QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC);
}

} // namespace

QString timeText(base::Instant at)
{
    return utc(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString rangeText(base::Instant from, base::Instant until)
{
    const QDateTime first = utc(from);
    const QDateTime last = utc(until);
    const bool close = until - from < std::chrono::minutes(10);
    const QString clock = close ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    const QString day = QStringLiteral("yyyy-MM-dd ");
    return first.toString(day + clock) + QStringLiteral(" – ")
        + last.toString(first.date() == last.date() ? clock : day + clock);
}

std::optional<Span> spanOf(const QString& range)
{
    static const QRegularExpression form(
        QStringLiteral("^\\s*(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d(?::\\d\\d)?)\\s*(?:–|-)\\s*"
                       "(?:(\\d{4}-\\d\\d-\\d\\d)[ T])?(\\d\\d:\\d\\d(?::\\d\\d)?)\\s*$"));
    const QRegularExpressionMatch parts = form.match(range);
    if (!parts.hasMatch())
        return std::nullopt;
    const auto instant = [](const QString& day, const QString& clock) {
        return QDateTime(
            QDate::fromString(day, Qt::ISODate), QTime::fromString(clock, Qt::ISODate), QTimeZone::UTC);
    };
    const QString firstDay = parts.captured(1);
    const QDateTime from = instant(firstDay, parts.captured(2));
    const QDateTime until
        = instant(parts.captured(3).isEmpty() ? firstDay : parts.captured(3), parts.captured(4));
    if (!from.isValid() || !until.isValid() || from >= until)
        return std::nullopt;
    const auto at
        = [](const QDateTime& time) { return base::Instant(std::chrono::seconds(time.toSecsSinceEpoch())); };
    return Span {at(from), at(until)};
}

QString outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Open:
        return tr("open");
    case Outcome::Sent:
        return tr("sent");
    case Outcome::Deferred:
        return tr("deferred");
    case Outcome::Bounced:
        return tr("bounced");
    case Outcome::Rejected:
        return tr("rejected");
    }
    return {};
}

QString outcomeText(const Tally& tally)
{
    QStringList parts;
    if (tally.rejected)
        return outcomeName(Outcome::Rejected);
    if (tally.bounced > 0)
        parts += tr("%n bounced", int(tally.bounced));
    if (tally.deferred > 0)
        parts += tr("%n deferred", int(tally.deferred));
    if (tally.sent > 0)
        parts += tr("%n sent", int(tally.sent));
    return parts.size() > 1 ? parts.join(tr(", ")) : outcomeName(tally.worst());
}

QString entryName(maillog::Entry entry)
{
    switch (entry) {
    case maillog::Entry::Authenticated:
        return tr("with a login");
    case maillog::Entry::Pickup:
        return tr("handed in on the server itself");
    case maillog::Entry::LocalSmtp:
        return tr("by SMTP from the server itself");
    case maillog::Entry::Relayed:
        return tr("by SMTP from outside, without a login");
    case maillog::Entry::Bounce:
        return tr("made by the mail server itself");
    case maillog::Entry::Unknown:
        break;
    }
    return tr("not in the log");
}

QString recipientNames(const maillog::Journey& journey, int most)
{
    QStringList names;
    QSet<QString> seen;
    for (const maillog::Attempt& attempt : journey.attempts()) {
        const QString name = words::inert(attempt.to);
        if (!seen.contains(name)) {
            seen.insert(name);
            names += name;
        }
    }
    const qsizetype more = names.size() - most;
    if (more > 0)
        names = names.first(most) + QStringList {tr("and %n more", int(more))};
    return names.join(u'\n');
}

} // namespace sluicegate::items

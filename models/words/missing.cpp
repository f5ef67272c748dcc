// SPDX-License-Identifier: GPL-3.0-or-later
// Why a noticed Message-ID may be missing from the log, judged by what the evidence shows.
#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace sluicegate::words {

namespace {

using namespace std::chrono_literals;

struct Missing {
    Q_DECLARE_TR_FUNCTIONS(Missing)
};

struct Reason {
    int weight = 0;
    QString text;
};

const notice::NoticedId* noticed(const triage::Analysis& analysis, const base::MessageId& id)
{
    const auto& ids = analysis.notice->ids;
    const auto at = std::ranges::find(ids, id, &notice::NoticedId::id);
    return at == ids.end() ? nullptr : &*at;
}

// When the missing mail was sent, as well as the notice lets us know: an id may hold the time it was made.
std::optional<base::Instant> timeOfMissing(const triage::Analysis& analysis)
{
    if (!analysis.notice)
        return {};
    for (const base::MessageId& id : analysis.verdict.unexplained) {
        const notice::NoticedId* found = noticed(analysis, id);
        if (found && found->hintTime)
            return found->hintTime;
    }
    return analysis.notice->detected;
}

Reason rotated(const triage::Analysis& analysis)
{
    const maillog::Summary& log = analysis.log->summary();
    const auto at = timeOfMissing(analysis);
    if (!log.from || !log.to)
        return {};
    // Hints are server local time: a zone's worth of doubt.
    if (at && *at < *log.from)
        return {10,
            Missing::tr("The log reaches back only to %1, and the message is from about %2: its lines were "
                        "rotated away or left on the server. Pull the older log files.")
                .arg(when(*log.from), when(*at))};
    if (at && *at > *log.to)
        return {10,
            Missing::tr("The log ends at %1, and the message is from about %2: pull the log again.")
                .arg(when(*log.to), when(*at))};
    return {3,
        Missing::tr("The log covers %1 to %2: the message may be older or newer than that. Rotated files "
                    "that were not pulled may hold it.")
            .arg(when(*log.from), when(*log.to))};
}

// The longest time without a single message, around the moment in question.
Reason silent(const triage::Analysis& analysis)
{
    const auto at = timeOfMissing(analysis);
    const maillog::History& log = *analysis.log;
    if (!at || log.size() == 0)
        return {};
    std::optional<base::Instant> before;
    std::optional<base::Instant> after;
    for (std::uint32_t i = 0; i < log.size(); ++i) {
        const base::Instant first = log.journey(i).first();
        if (first <= *at)
            before = std::max(before.value_or(first), first);
        else
            after = std::min(after.value_or(first), first);
    }
    if (!before || !after || *after - *before < 6h)
        return {};
    return {8,
        Missing::tr("The log holds no message between %1 and %2, where the noticed one belongs: logging was "
                    "broken or lines are missing.")
            .arg(when(*before), when(*after))};
}

Reason brokenLog(const triage::Analysis& analysis)
{
    const maillog::Summary& log = analysis.log->summary();
    if (log.lines > 0 && log.unparsed * 10 > log.lines)
        return {7,
            Missing::tr("%1 of %2 lines of the log could not be read: the message may be among them.")
                .arg(log.unparsed)
                .arg(log.lines)};
    return {1, Missing::tr("Logging may have been broken or switched off for a time.")};
}

// The other noticed ids are in this log: server, log and way are right, so the id itself is in doubt.
bool othersAreFound(const triage::Analysis& analysis)
{
    return analysis.verdict.unexplained.size() < analysis.notice->ids.size();
}

Reason otherServer(const triage::Analysis& analysis)
{
    const notice::Notice& notice = *analysis.notice;
    const auto& own = analysis.facts.localAddresses;
    const auto isOwn = [&own](const std::string& ip) { return std::ranges::find(own, ip) != own.end(); };
    if (!own.empty() && !notice.ips.empty() && std::ranges::none_of(notice.ips, isOwn)) {
        QStringList addresses;
        for (const std::string& ip : own)
            addresses << inert(ip);
        return {9,
            Missing::tr("The notice accuses %1, but the addresses of this server are %2: it may be about "
                        "another server, or this one stands behind a translated address.")
                .arg(inert(notice.ips.front()), addresses.join(QStringLiteral(", ")))};
    }
    return {4,
        Missing::tr(
            "The message may come from another server, container or customer behind the same address.")};
}

Reason pastTheMailSystem(const triage::Analysis& analysis)
{
    const auto madeByMailSystem = [&](const base::MessageId& id) {
        const notice::NoticedId* found = noticed(analysis, id);
        return found && !found->hintQueueId.empty();
    };
    // An id made by Postfix or Exim shows that a mail system, if not this one, has had the message.
    const bool made = std::ranges::any_of(analysis.verdict.unexplained, madeByMailSystem);
    return {made || othersAreFound(analysis) ? 2 : 5,
        Missing::tr("Malware on the server may send straight to port 25 of the recipients, past the mail "
                    "system: then no mail log holds it. Look for processes with connections to port 25 that "
                    "are not the mail system.")};
}

Reason altered(const triage::Analysis& analysis)
{
    const auto masked = [](const base::MessageId& id) {
        return id.value.find("xxx") != std::string::npos || id.value.find("***") != std::string::npos
            || id.value.find('@') == std::string::npos;
    };
    if (std::ranges::any_of(analysis.verdict.unexplained, masked))
        return {8,
            Missing::tr("The Message-ID in the notice looks masked or cut: search by its left part, by "
                        "recipient or by time.")};
    return {othersAreFound(analysis) ? 5 : 2,
        Missing::tr("The notice may show the Message-ID altered: masked, cut or broken over lines.")};
}

} // namespace

QStringList whyMissing(const triage::Analysis& analysis)
{
    if (analysis.verdict.unexplained.empty() || !analysis.notice)
        return {};
    if (!analysis.log)
        return {Missing::tr("There is no mail log among the evidence to look the Message-IDs up in.")};
    std::vector<Reason> reasons {rotated(analysis), silent(analysis), otherServer(analysis),
        pastTheMailSystem(analysis), altered(analysis), brokenLog(analysis)};
    std::erase_if(reasons, [](const Reason& reason) { return reason.weight == 0; });
    std::ranges::stable_sort(reasons, std::ranges::greater {}, &Reason::weight);
    QStringList texts;
    for (const Reason& reason : reasons)
        texts << reason.text;
    return texts;
}

} // namespace sluicegate::words

// SPDX-License-Identifier: GPL-3.0-or-later
// The only human voice: values become translated sentences.
#pragma once

#include "models/attribution/verdict.h"
#include "models/base/failure.h"
#include "models/triage/analysis.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string_view>

namespace sluicegate::words {

/// What happened, why, what to do now: one to three short sentences.
QString sentence(const base::Failure& failure);
/// The verdict in one plain sentence.
QString sentence(const attribution::Verdict& verdict);
/// A clue's reason, with its counts and names.
QString text(const attribution::Clue& clue);
QString name(attribution::Cause cause);
QString name(attribution::Confidence confidence);
QString name(const attribution::SuspectSource&
        source); // "mailbox anna@shop.example", "script /var/www/... (shop.example)"
/// How the verdict stands when it names nobody, and why.
QString name(attribution::Situation situation);
/// Why a message of a suspect is kept though it may be spam.
QString reason(attribution::Doubt why);
/// What this cause means for this source, as one sentence: "Strangers send mail with the password of ...".
QString meaning(const attribution::Suspect& suspect);
/// What shuts this source down, most urgent first; nothing for causes that need no action.
QStringList nextSteps(const attribution::Suspect& suspect);
/// "312 messages to 1204 recipients: 800 sent, 300 deferred, ...".
QString counts(const attribution::Suspect& suspect);
/// Why a noticed id may be missing from this log, most likely reason first.
QStringList whyMissing(const triage::Analysis& analysis);
/// What the operator should know about the evidence: gaps, skew, unread files.
QStringList warnings(const triage::Analysis& analysis);

/// "2026-11-23 09:44:08 UTC".
QString when(base::Instant at);
/// "9.4 MiB".
QString size(std::uint64_t bytes);
/// "3 d 4 h", "12 min", "5 s": the two largest units.
QString span(std::chrono::seconds duration);

/// Foreign bytes for the screen: invalid UTF-8 and every control, format or private character (bidi
/// overrides, ESC, NUL) made visible.
QString inert(std::string_view bytes);

} // namespace sluicegate::words

// SPDX-License-Identifier: GPL-3.0-or-later
// The only human voice: values become translated sentences.
#pragma once

#include "models/attribution/verdict.h"
#include "models/base/failure.h"
#include "models/triage/analysis.h"

#include <QString>
#include <QStringList>

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
/// Why a noticed id may be missing from this log, most likely reason first.
QStringList whyMissing(const triage::Analysis& analysis);
/// What the operator should know about the evidence: gaps, skew, unread files.
QStringList warnings(const triage::Analysis& analysis);

/// Foreign bytes for the screen: invalid UTF-8 and every control, format or private character (bidi
/// overrides, ESC, NUL) made visible.
QString inert(std::string_view bytes);

} // namespace sluicegate::words

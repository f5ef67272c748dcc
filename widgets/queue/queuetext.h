// SPDX-License-Identifier: GPL-3.0-or-later
// The queue's totals and deadline as sentences.
#pragma once

#include "models/items/queuerows.h"

namespace sluicegate::queuescreen {

/// "1,204 messages: 1,190 spam, 12 to keep, 2 undecided."
QString totals(const items::QueueRows& queue);
/// When the good mail is returned to its senders; empty when none waits.
QString deadline(const items::QueueRows& queue);

} // namespace sluicegate::queuescreen

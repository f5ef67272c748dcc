// SPDX-License-Identifier: GPL-3.0-or-later
// The Received fields as a chain: delays, which hop took the message in, and who handed it in there.
#pragma once

#include "models/message/inspection.h"

namespace sluicegate::message {

/// Fills `received` of the inspection from its fields, with delays.
void readHops(Inspection& inspection);
/// Finds the submission hop: the newest that is a login, a local pick-up or a bounce; else the oldest that
/// the hops above it vouch for.
void findSubmission(Inspection& inspection);
/// Fills `origin` from the submission hop, the script headers and the envelope.
void findOrigin(Inspection& inspection);

} // namespace sluicegate::message

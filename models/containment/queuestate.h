// SPDX-License-Identifier: GPL-3.0-or-later
// What the journal of a case knows about messages that were held, saved, deleted or restored before.
#pragma once

#include "models/containment/ledger.h"

#include <map>

namespace sluicegate::containment {

struct Known {
    bool held = false; // by us
    bool deleting = false; // given to the server to delete
    bool deleted = false; // and seen to be gone
    bool restoring = false; // given back to the server
    bool restored = false; // and taken by it
    std::string sha256; // of the saved bytes
};

/// By message, in the order of the journal.
std::map<Item, Known> recall(const Ledger& ledger);

} // namespace sluicegate::containment

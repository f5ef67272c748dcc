// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/queuestate.h"

namespace sluicegate::containment {

namespace {

void apply(std::string_view kind, const Row& row, Known& known)
{
    if (kind == kinds::holding) {
        known.held = true;
        known.sha256.clear(); // it could move until then: what was saved before may be out of date
    } else if (kind == kinds::releasing)
        known.held = false;
    else if (kind == kinds::saved)
        known.sha256 = row.sha256;
    else if (kind == kinds::deleting) {
        known.deleting = true;
        known.restored = known.restoring = false; // Exim's come back under their ids, and may go again
    } else if (kind == kinds::notDeleted)
        known.deleting = false;
    else if (kind == kinds::deleted)
        known.deleted = true;
    else if (kind == kinds::restoring)
        known.restoring = true;
    else if (kind == kinds::notRestored)
        known.restoring = false;
    else if (kind == kinds::restored) {
        known.restored = true;
        known.deleting = known.deleted = false;
        known.sha256.clear();
    }
}

} // namespace

std::map<Item, Known> recall(const Ledger& ledger)
{
    std::map<Item, Known> all;
    for (const Note& note : ledger.notes())
        for (const Row& row : note.rows)
            apply(note.kind, row, all[row.item]);
    return all;
}

} // namespace sluicegate::containment

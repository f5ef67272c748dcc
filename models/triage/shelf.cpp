// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/shelf.h"

namespace sluicegate::triage {

base::Bytes Shelf::read(const evidence::Item& item)
{
    auto unpacked = evidence::unpack(item.local);
    if (!unpacked) {
        base::Failure trouble = unpacked.error();
        trouble.subject = item.path;
        note(std::move(trouble));
        return {};
    }
    if (unpacked->damage) {
        base::Failure trouble = *unpacked->damage;
        trouble.subject = item.path;
        note(std::move(trouble));
    }
    return unpacked->bytes;
}

base::Bytes Shelf::command(std::string_view name)
{
    const evidence::Item* item = m_bundle.command(name);
    return item ? read(*item) : base::Bytes();
}

} // namespace sluicegate::triage

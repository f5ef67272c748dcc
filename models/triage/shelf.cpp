// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/shelf.h"

#include "models/evidence/unpackall.h"

namespace sluicegate::triage {

base::Bytes Shelf::read(const evidence::Item& item)
{
    return take(item, evidence::unpack(item.local, m_stop));
}

std::vector<base::Bytes> Shelf::readAll(const std::vector<const evidence::Item*>& items)
{
    std::vector<std::filesystem::path> files;
    for (const evidence::Item* item : items)
        files.push_back(item->local);
    auto unpacked = evidence::unpackAll(files, m_stop);
    std::vector<base::Bytes> bytes;
    for (std::size_t n = 0; n < items.size(); ++n)
        bytes.push_back(take(*items[n], std::move(unpacked[n])));
    return bytes;
}

base::Bytes Shelf::take(const evidence::Item& item, base::Result<evidence::Unpacked> unpacked)
{
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

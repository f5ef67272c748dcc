// SPDX-License-Identifier: GPL-3.0-or-later
// The bundle's items as bytes. What cannot be read is noted, once, and is empty.
#pragma once

#include "models/base/bytes.h"
#include "models/evidence/bundle.h"

#include <stop_token>
#include <string_view>
#include <vector>

namespace sluicegate::triage {

class Shelf {
public:
    Shelf(const evidence::Bundle& bundle, std::vector<base::Failure>& troubles, std::stop_token stop)
        : m_bundle(bundle), m_troubles(troubles), m_stop(std::move(stop))
    {
    }

    base::Bytes read(const evidence::Item& item);
    /// All of them, in order; several are unpacked at once.
    std::vector<base::Bytes> readAll(const std::vector<const evidence::Item*>& items);
    /// A command's output by its name; empty when it is absent.
    base::Bytes command(std::string_view name);
    void note(base::Failure trouble) { m_troubles.push_back(std::move(trouble)); }

private:
    base::Bytes take(const evidence::Item& item, base::Result<evidence::Unpacked> unpacked);

    const evidence::Bundle& m_bundle;
    std::vector<base::Failure>& m_troubles;
    std::stop_token m_stop;
};

} // namespace sluicegate::triage

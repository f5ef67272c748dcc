// SPDX-License-Identifier: GPL-3.0-or-later
// Message-IDs in running text: labelled ones are taken, others are candidates.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::notice {

struct IdHit {
    std::string id; // without brackets, joined when it was wrapped
    std::size_t begin = 0;
    std::string destinationIp;
};

struct IdSearch {
    std::vector<IdHit> labelled; // in order, with repeats
    std::vector<IdHit> others; // address-like tokens without a label
};

/// `text` is cleaned. Handles brackets or none, ids wrapped after the label, after a dot, before '@', and
/// lists under a heading.
IdSearch searchIds(std::string_view text);

/// "a@b" with something sensible on both sides.
bool isAddressLike(std::string_view token);

} // namespace sluicegate::notice

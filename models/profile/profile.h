// SPDX-License-Identifier: GPL-3.0-or-later
// What is particular to a provider: where it unblocks, how its notices are known, whom to test ports with,
// how long it wants quiet. Data, which a provider or an operator can replace.
#pragma once

#include "models/base/failure.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::profile {

struct PortTarget {
    std::string host;
    std::vector<std::uint16_t> ports;
    bool operator==(const PortTarget&) const = default;
};

struct Profile {
    std::string id; // its file's name without the ending
    std::string name;
    std::vector<std::string> hints {}; // any of them in a notice tells that it is this provider's
    std::string unblock {}; // web pages; empty: none is known
    std::string cleanUp {};
    std::string mailboxCheck {}; // %1: the mailbox
    std::string pluginSearch {};
    std::vector<PortTarget> portTargets {};
    std::vector<std::string> lists {}; // block lists' zones
    std::chrono::minutes quiet {30};
    bool operator==(const Profile&) const = default;
};

/// NotUnderstood names the member that is wrong.
base::Result<Profile> read(std::string_view json, const std::string& id);
base::Result<Profile> readFile(const std::filesystem::path& file);

/// Those of this program; the generic one is last, and has no hint.
std::vector<Profile> shipped();
const Profile& generic();

/// ~/.config/sluicegate/profiles
std::filesystem::path userFolder();

struct Choice {
    Profile profile;
    std::vector<base::Failure> troubles {}; // files that were left out
};

/// The named file if one is named. Else the first whose hint stands in the notice: the operator's own before
/// those of this program, of which one of the same name replaces it. Else the operator's generic.json, or
/// ours.
Choice choose(
    std::string_view notice, const std::filesystem::path& named, const std::filesystem::path& folder);

/// The page for one thing; it stands in the address percent-encoded.
std::string pageFor(const std::string& page, std::string_view thing);

} // namespace sluicegate::profile

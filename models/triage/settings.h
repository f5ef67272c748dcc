// SPDX-License-Identifier: GPL-3.0-or-later
// What the mail server's settings say about itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::triage {

struct Settings {
    std::vector<std::string> domains; // that it takes mail for; lower case, sorted
    std::vector<std::string> addresses; // its own IPs, as far as the settings name them
};

/// Output of postconf -n.
Settings readSettings(std::string_view bytes);

} // namespace sluicegate::triage

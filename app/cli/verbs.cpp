// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/cli.h"

namespace sluicegate::app {

std::span<const Verb> verbs()
{
    static constexpr std::span<const Verb> all;
    return all;
}

} // namespace sluicegate::app

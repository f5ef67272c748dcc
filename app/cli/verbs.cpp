// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/cli.h"

namespace sluicegate::app {

std::span<const Verb> verbs()
{
    static constexpr Verb all[] = {
        {"check", Needs::Core, checkReady},
        {"contain", Needs::Core, contain},
        {"demo-server", Needs::Core, demoServer},
        {"headers", Needs::Core, headers},
        {"maillog", Needs::Core, maillog},
        {"notice", Needs::Core, notice},
        {"report", Needs::Gui, report},
        {"screens", Needs::Widgets, screens},
        {"triage", Needs::Gui, triage},
        {"verify", Needs::Core, verify},
    };
    return all;
}

} // namespace sluicegate::app

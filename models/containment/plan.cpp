// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/plan.h"

namespace sluicegate::containment {

std::string_view name(Stage stage)
{
    switch (stage) {
    case Stage::List:
        return "list";
    case Stage::Hold:
        return "hold";
    case Stage::Save:
        return "save";
    case Stage::Compare:
        return "compare";
    case Stage::Delete:
        return "delete";
    case Stage::Verify:
        return "verify";
    case Stage::Release:
        return "release";
    case Stage::Reinject:
        return "reinject";
    case Stage::Probe:
        return "probe";
    case Stage::Remember:
        return "remember";
    case Stage::SetPassword:
        return "set-password";
    case Stage::SetLimit:
        return "set-limit";
    case Stage::ListSessions:
        return "list-sessions";
    case Stage::EndSessions:
        return "end-sessions";
    case Stage::ForgetLogins:
        return "forget-logins";
    case Stage::ShowForwards:
        return "show-forwards";
    case Stage::ShowFilters:
        return "show-filters";
    case Stage::MoveAside:
        return "move-aside";
    case Stage::CopyIntoCase:
        return "copy-into-case";
    case Stage::MoveBack:
        return "move-back";
    case Stage::ForbidUser:
        return "forbid-user";
    case Stage::SaveFile:
        return "save-file";
    case Stage::CloseForm:
        return "close-form";
    case Stage::OpenForm:
        return "open-form";
    case Stage::SwitchOff:
        return "switch-off";
    case Stage::SwitchOn:
        return "switch-on";
    case Stage::CheckCore:
        return "check-core";
    case Stage::ListRecent:
        return "list-recent";
    case Stage::ListMisplaced:
        return "list-misplaced";
    case Stage::ShowTasks:
        return "show-tasks";
    case Stage::ListProcesses:
        return "list-processes";
    case Stage::StopProcess:
        return "stop-process";
    case Stage::FindFile:
        return "find-file";
    case Stage::AllowUser:
        break;
    }
    return "allow-user";
}

} // namespace sluicegate::containment

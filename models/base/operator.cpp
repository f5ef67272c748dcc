// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/operator.h"

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace sluicegate::base {

std::string operatorName()
{
    for (const char* name : {"SUDO_USER", "LOGNAME", "USER"})
        if (const char* value = std::getenv(name); value && *value)
            return value;
    const passwd* account = ::getpwuid(::getuid());
    return account ? account->pw_name : std::to_string(::getuid());
}

} // namespace sluicegate::base

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/daemon.h"

#include "models/maillog/exim.h"
#include "models/maillog/store.h"

namespace sluicegate::maillog {

Daemon daemonOf(const Line& line)
{
    switch (line.program.empty() ? '\0' : line.program.front()) {
    case 'e':
        if (line.program.starts_with("exim"))
            return Daemon::Exim;
        break;
    default:
        break;
    }
    return isPostfix(line) ? Daemon::Postfix : Daemon::Other;
}

std::string_view behindAnyId(const Line& line)
{
    if (daemonOf(line) == Daemon::Exim)
        return exim::split(line.message).text;
    return behindId(line.message);
}

} // namespace sluicegate::maillog

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/daemon.h"

#include "models/maillog/exim.h"
#include "models/maillog/idtable.h"
#include "models/maillog/qmail.h"
#include "models/maillog/sendmail.h"
#include "models/maillog/store.h"

namespace sluicegate::maillog {

Daemon daemonOf(const Line& line)
{
    switch (line.program.empty() ? '\0' : line.program.front()) {
    case 'e':
        if (line.program.starts_with("exim"))
            return Daemon::Exim;
        break;
    case 'q':
        if (line.program == "qmail" || line.program == "qmail-send")
            return Daemon::Qmail;
        break;
    case 's':
        if ((line.program == "sendmail" && line.tag == line.program) || line.program.starts_with("sm-"))
            return Daemon::Sendmail;
        break;
    default:
        break;
    }
    return isPostfix(line) ? Daemon::Postfix : Daemon::Other;
}

std::string_view behindAnyId(const Line& line)
{
    switch (daemonOf(line)) {
    case Daemon::Exim:
        return exim::split(line.message).text;
    case Daemon::Qmail:
        return qmail::split(line.message).text;
    case Daemon::Sendmail:
        return sendmail::split(line.message).text;
    case Daemon::Other:
        return leadingId(line.message).empty() ? line.message : behindId(line.message);
    default:
        return behindId(line.message);
    }
}

} // namespace sluicegate::maillog

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/intake.h"

#include "models/maillog/exim.h"
#include "models/maillog/qmail.h"
#include "models/maillog/sendmail.h"

namespace sluicegate::maillog {

Intake intakeOf(const Store& store, const Life& life)
{
    switch (life.daemon) {
    case Daemon::Exim:
        return exim::intakeOf(store, life);
    case Daemon::Qmail:
        return qmail::intakeOf(store, life);
    case Daemon::Sendmail:
        return sendmail::intakeOf(store, life);
    default:
        return {};
    }
}

Attempt attemptOf(const Life& life, std::string_view text, std::size_t recipient)
{
    switch (life.daemon) {
    case Daemon::Exim:
        return exim::readDelivery(text);
    case Daemon::Qmail:
        return qmail::readResult(text);
    case Daemon::Sendmail:
        return sendmail::readDelivery(text, recipient);
    default:
        return readAttempt(text);
    }
}

} // namespace sluicegate::maillog

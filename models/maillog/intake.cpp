// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/intake.h"

#include "models/maillog/exim.h"

namespace sluicegate::maillog {

Intake intakeOf(const Store& store, const Life& life)
{
    if (life.daemon == Daemon::Exim)
        return exim::intakeOf(store, life);
    return {};
}

Attempt attemptOf(const Store&, const Life& life, std::string_view text)
{
    return life.daemon == Daemon::Exim ? exim::readDelivery(text) : readAttempt(text);
}

} // namespace sluicegate::maillog

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/pull.h"

#include "models/evidence/puller.h"
#include "models/evidence/survey.h"

namespace sluicegate::evidence {

base::Result<Bundle> pull(
    ssh::Server& server, const Scope& scope, Store& store, const Report& report, std::stop_token stop)
{
    Puller puller(server, scope, store, report, std::move(stop));
    if (auto done = Survey(puller).run(); !done)
        return std::unexpected(done.error());
    return std::move(puller.bundle());
}

} // namespace sluicegate::evidence

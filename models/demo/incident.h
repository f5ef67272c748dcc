// SPDX-License-Identifier: GPL-3.0-or-later
// An invented server with one incident on it: files, accounts and a mail queue with state, answering commands
// as the real programs do.
#pragma once

#include "models/base/failure.h"
#include "models/base/instant.h"
#include "models/ssh/loopserver.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo {

/// The incidents under resources/demo/.
std::vector<std::string> incidents();

class Incident {
public:
    /// Loads an incident by name; NotFound names those there are. Its clock starts at the incident's own
    /// "now".
    static base::Result<std::shared_ptr<Incident>> load(std::string_view name);
    virtual ~Incident() = default;

    virtual ssh::ExecReply answer(std::string_view command, std::string_view input) = 0;
    virtual bool wantsInput(std::string_view command) const = 0;
    virtual std::string notice() const = 0; // the provider's mail that starts this incident
    virtual std::string hostName() const = 0;
    virtual std::string user() const = 0;
    virtual base::Instant now() const = 0; // by the server's clock, which goes on from the incident's time
};

/// The handler for ssh::LoopServer.
ssh::ExecHost hostOf(std::shared_ptr<Incident> incident);

} // namespace sluicegate::demo

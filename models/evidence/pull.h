// SPDX-License-Identifier: GPL-3.0-or-later
// Pulls the evidence from a server: finds the mail log, rotations, queue, accounts, web logs; records what
// was absent.
#pragma once

#include "models/evidence/bundle.h"
#include "models/ssh/server.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace sluicegate::evidence {

/// Takes the bytes of one item. finish() makes it durable and gives its place and hash.
class Writer {
public:
    virtual ~Writer() = default;
    virtual bool write(std::string_view bytes) = 0; // false: cannot (disk full)
    virtual base::Result<Item> finish(Item about) = 0; // fills local, bytes, sha256
};

/// Where evidence is kept: a case folder.
class Store {
public:
    virtual ~Store() = default;
    virtual base::Result<std::unique_ptr<Writer>> begin() = 0;
};

/// Tells the time of this machine, with which the server's is compared.
using Now = std::function<base::Instant()>;
base::Instant systemNow();

struct Scope {
    std::optional<base::Instant> since; // older rotations are left on the server
    std::optional<base::Instant> until;
    std::vector<std::string> messageIds; // of the notice: decides which queued messages are looked at
    std::uint64_t fileLimit = 8ull << 30; // bytes for one file
    Now now = systemNow; // the invented server lives in its incident's time, and so does who looks at it
};

struct Step {
    std::string what; // path or command being pulled now
    std::uint64_t received = 0;
    std::uint64_t expected = 0; // 0: unknown
    std::size_t done = 0; // items finished
    std::size_t planned = 0;
};
using Report = std::function<void(const Step&)>;

/// Whatever can be had: a single refusal becomes a warning and the rest is pulled. Fails only when the
/// connection is lost, the operator cancels, the store cannot write, or there is no mail log, queue or MTA at
/// all (NotFound, subject "mail log"): what was pulled until then stays in the store.
base::Result<Bundle> pull(ssh::Server& server, const Scope& scope, Store& store, const Report& report = {},
    std::stop_token stop = {});

} // namespace sluicegate::evidence

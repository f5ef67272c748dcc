// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a web access log, PHP's mail log, accounts, sites and sockets.
#include "models/hosting/hosting.h"
#include "models/hosting/sockets.h"
#include "models/hosting/weblog.h"

#include <cstddef>
#include <cstdlib>

using namespace sluicegate::hosting;

namespace {

bool within(std::string_view part, std::string_view whole)
{
    return part.empty()
        || (std::less_equal {}(whole.data(), part.data())
            && std::less_equal {}(part.data() + part.size(), whole.data() + whole.size()));
}

void checkAccessLog(std::string_view bytes)
{
    const AccessLog log = readAccessLog(bytes);
    std::uint64_t last = 0;
    for (const Request& request : log.requests) {
        const bool isPart = within(request.text, bytes) && within(request.ip, request.text)
            && within(request.target, request.text) && within(request.agent, request.text);
        if (!isPart || request.line <= last || request.line > log.lines)
            std::abort();
        last = request.line;
    }
    if (log.requests.size() + log.unparsed != log.lines)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    checkAccessLog(bytes);
    for (const PhpMail& mail : readPhpMailLog(bytes, std::chrono::hours(1)))
        if (mail.line == 0)
            std::abort();
    Hosting hosting {.accounts = readPasswd(bytes), .sites = readPleskSites(bytes)};
    addSitesOfLayout(hosting, {std::string(domainOfPath(bytes))});
    for (const MailSocket& socket : readSockets(bytes))
        isMailServer(socket.process);
    return 0;
}

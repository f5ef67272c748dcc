// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/world.h"
#include "models/demo/calendar.h"

#include <algorithm>
#include <format>

namespace sluicegate::demo {

std::int64_t World::nowMicroseconds() const
{
    const auto elapsed = std::chrono::steady_clock::now() - loaded;
    return start * 1000000 + std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count();
}

void World::log(std::string_view tag, std::string_view text)
{
    files.append(
        maillog, std::format("{} {} {}: {}\n", syslogStamp(now() + zone), shortHost(), tag, text), now());
}

MailboxState* World::mailbox(std::string_view address)
{
    const auto at = std::ranges::find(mailboxes, address, &MailboxState::address);
    return at == mailboxes.end() ? nullptr : &*at;
}

Site* World::site(std::string_view domain)
{
    const auto at = std::ranges::find(sites, domain, &Site::domain);
    return at == sites.end() ? nullptr : &*at;
}

std::string World::fileText(std::string_view path)
{
    Node* node = files.find(path);
    return node && !node->isFolder() ? files.read(*node) : std::string();
}

} // namespace sluicegate::demo

// SPDX-License-Identifier: GPL-3.0-or-later
// Whose queue it is, and the scripts that change it.
#pragma once

#include "models/base/ids.h"
#include "models/ssh/server.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace sluicegate::containment {

enum class MailServer { Postfix, Exim };
/// Their queue ids have nothing in common.
MailServer mailServerOf(const base::QueueId& id);

namespace scripts {
inline constexpr std::string_view list = "postqueue -j";
inline constexpr std::string_view listPlain = "postqueue -p"; // before Postfix 3.1
inline constexpr std::string_view date = R"(date "+%s %z")";
// Ids stand on standard input, one a line: no command line gets too long, and none can name the whole queue.
inline constexpr std::string_view hold = "postsuper -h -";
inline constexpr std::string_view release = "postsuper -H -";
// From the hold queue only: a message that got the id since is anywhere but there.
inline constexpr std::string_view erase = "postsuper -d - hold";
inline constexpr std::string_view show = R"(postcat -q "$@")";

// Unsorted: Exim opens every message to sort them.
inline constexpr std::string_view eximList = "exim -bpr";
inline constexpr std::string_view eximHold = "xargs exim -Mf";
inline constexpr std::string_view eximRelease = "xargs exim -Mt";
// Without a bounce. Exim passes over what it is delivering at that moment, and makes no id twice.
inline constexpr std::string_view eximErase = "xargs exim -Mrm";
/// The spool files themselves, as a tar archive: envelope and headers, then the body, then who had it
/// already.
extern const std::string_view eximShow;
} // namespace scripts

struct QueueScripts {
    std::string_view list, hold, release, erase, show;
};
const QueueScripts& scriptsOf(MailServer server);

/// The ids that left the queue by our hand, and not by another's at that moment.
std::set<std::string_view> removedIds(MailServer server, const ssh::Output& told);

/// What was said about single messages that were passed over, by id.
std::map<std::string, std::string, std::less<>> complaintsIn(MailServer server, const ssh::Output& told);

} // namespace sluicegate::containment

// SPDX-License-Identifier: GPL-3.0-or-later
// Web requests around a source's messages: which form or script was asked when they were written.
#pragma once

#include "models/attribution/scene.h"

namespace sluicegate::attribution {

/// Fills sites, webLogsCover, endpoints. Only sources on this server have any: scripts, and logins from
/// localhost.
void findSites(Scene& scene);
void matchRequests(Scene& scene);

/// The access logs of sites that may be the source; where a proxy stands in front, the proxy's.
std::vector<const SiteRequests*> logsOf(const Scene& scene);

/// A request that can have written mail: a form or script was sent something, and it was not refused.
bool canWrite(const hosting::Request& request);

/// Without query, and without scheme and host where a proxy was asked.
std::string_view pathOf(std::string_view target);

/// "POST /x.php?action=register&user=..." is asked at "/x.php?action=register".
std::string endpointOf(std::string_view target);

/// The file behind an endpoint, as far as the site's document root is known; empty otherwise.
std::string scriptPath(
    const hosting::Hosting& hosting, const std::string& domain, const std::string& endpoint);

/// The folder of a script or address that holds data, never programs ("uploads", "cache", ".hidden"); empty
/// when it lies well.
std::string_view dataFolder(std::string_view path);

/// A form, comment, registration or contact address that web applications are known by.
bool isKnownForm(std::string_view endpoint);

bool isProgram(std::string_view path); // .php and its like

} // namespace sluicegate::attribution

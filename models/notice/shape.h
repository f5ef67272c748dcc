// SPDX-License-Identifier: GPL-3.0-or-later
// What a Message-ID's shape tells before any look at the server: who made it, its queue id, time and host.
#pragma once

#include "models/notice/notice.h"

#include <string_view>

namespace sluicegate::notice {

/// Fills shape and hints of `id` from its value.
void judgeShape(NoticedId& id);

/// Whether the token is an id by its shape alone, and no mail address.
bool isMachineMade(std::string_view token);

} // namespace sluicegate::notice

// SPDX-License-Identifier: GPL-3.0-or-later
// One Received field (RFC 5321 4.4), in the words of Postfix, Exim, Sendmail, qmail and their kin.
#pragma once

#include "models/message/inspection.h"

#include <string_view>

namespace sluicegate::message {

/// `value` is unfolded. `tooDeep` is set when comments nest deeper than 64 or are never closed.
Received parseReceived(std::string_view value, bool* tooDeep = nullptr);

/// Whether this hop says that the client logged in (ESMTPA, ESMTPSA, "(authenticated bits=0)", a login name).
bool isAuthenticated(const Received& hop);

} // namespace sluicegate::message

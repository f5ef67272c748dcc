// SPDX-License-Identifier: GPL-3.0-or-later
// Which mail daemon wrote a line, and what stands behind its queue id.
#pragma once

#include "models/maillog/line.h"

#include <cstdint>

namespace sluicegate::maillog {

enum class Daemon : std::uint8_t { Postfix, Exim, Qmail, Sendmail, Other };

/// By the tag; Other for programs that are no mail server.
Daemon daemonOf(const Line& line);
/// The message without the queue id at its front, whoever wrote it.
std::string_view behindAnyId(const Line& line);

} // namespace sluicegate::maillog

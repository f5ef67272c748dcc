// SPDX-License-Identifier: GPL-3.0-or-later
// journald's export (`journalctl -o json`): one record a line.
#pragma once

#include "models/maillog/history.h"

namespace sluicegate::maillog {

bool isJournalExport(std::string_view bytes);

/// The records as lines of syslog, each in the place of its record, so that line numbers stay true. A record
/// that cannot be read stays as it is. Stops early when asked; whoever asked throws the result away.
std::string journalAsText(std::string_view bytes, const std::stop_token& stop);

/// Puts the text in the place of every source that is an export.
void readJournalExports(std::vector<Source>& sources, const std::stop_token& stop);

} // namespace sluicegate::maillog

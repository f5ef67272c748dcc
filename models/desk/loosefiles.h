// SPDX-License-Identifier: GPL-3.0-or-later
// Files and folders as an operator drops them become one bundle of evidence.
#pragma once

#include "models/evidence/bundle.h"

#include <filesystem>
#include <vector>

namespace sluicegate::desk {

/// Folders mirror a server; plain files are taken for mail logs. Unreadable and NotFound name the file.
base::Result<evidence::Bundle> bundleOf(const std::vector<std::filesystem::path>& files);

/// Whether a file is a mail that names neither a server nor a block nor a Message-ID to look for.
bool isMessageAlone(const std::filesystem::path& file);

} // namespace sluicegate::desk

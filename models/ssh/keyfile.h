// SPDX-License-Identifier: GPL-3.0-or-later
// A private key file: which key it holds and whether it is encrypted, known before any passphrase is asked.
#pragma once

#include "models/base/failure.h"
#include "models/ssh/publickey.h"

#include <filesystem>

namespace sluicegate::ssh {

struct KeyFile {
    std::filesystem::path path;
    bool encrypted = false;
    KeyHandle half; // the public half, when it can be had without the passphrase
};

/// NotFound, Unreadable, NotUnderstood.
base::Result<KeyFile> inspectKeyFile(const std::filesystem::path& path);

/// Null when the passphrase is wrong. Costs a fifth of a second for an encrypted key.
KeyHandle loadKey(const KeyFile& file, const std::string& passphrase);

} // namespace sluicegate::ssh

// SPDX-License-Identifier: GPL-3.0-or-later
// A public key as known_hosts and fingerprints know it.
#pragma once

#include "models/ssh/handles.h"

#include <optional>
#include <string>
#include <string_view>

namespace sluicegate::ssh {

struct PublicKey {
    std::string type; // "ssh-ed25519", as the blob itself says
    std::string blob; // RFC 4253, 6.6
    bool operator==(const PublicKey&) const = default;
};

std::optional<PublicKey> publicKey(ssh_key key);
/// The key in a blob; nullopt when its first field is no name.
std::optional<PublicKey> publicKey(std::string blob);

std::string base64(std::string_view bytes);
std::optional<std::string> fromBase64(std::string_view text);
std::string fingerprint(const PublicKey& key); // "SHA256:..." as ssh-keygen -l writes it

/// How a host and port are written in known_hosts: "host" or "[host]:2222".
std::string knownHostsName(std::string_view host, unsigned port);
std::string knownHostsLine(std::string_view name, const PublicKey& key);

} // namespace sluicegate::ssh

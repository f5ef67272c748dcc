// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/failure.h"

namespace sluicegate::base {

std::string_view name(FailureKind kind)
{
    switch (kind) {
    case FailureKind::Usage:
        return "usage";
    case FailureKind::NotFound:
        return "not-found";
    case FailureKind::Unreadable:
        return "unreadable";
    case FailureKind::Empty:
        return "empty";
    case FailureKind::NotUnderstood:
        return "not-understood";
    case FailureKind::WriteFailed:
        return "write-failed";
    case FailureKind::Mismatch:
        return "mismatch";
    case FailureKind::CaseBusy:
        return "case-busy";
    case FailureKind::CaseDamaged:
        return "case-damaged";
    case FailureKind::NameNotResolved:
        return "name-not-resolved";
    case FailureKind::Unreachable:
        return "unreachable";
    case FailureKind::NotSsh:
        return "not-ssh";
    case FailureKind::HostKeyUnknown:
        return "host-key-unknown";
    case FailureKind::HostKeyChanged:
        return "host-key-changed";
    case FailureKind::HostKeyRevoked:
        return "host-key-revoked";
    case FailureKind::AuthenticationRefused:
        return "authentication-refused";
    case FailureKind::SudoRefused:
        return "sudo-refused";
    case FailureKind::ConnectionLost:
        return "connection-lost";
    case FailureKind::Timeout:
        return "timeout";
    case FailureKind::CommandMissing:
        return "command-missing";
    case FailureKind::CommandFailed:
        return "command-failed";
    case FailureKind::Truncated:
        return "truncated";
    case FailureKind::Rotated:
        return "rotated";
    case FailureKind::Hostile:
        return "hostile";
    case FailureKind::Cancelled:
        return "cancelled";
    case FailureKind::Unsupported:
        return "unsupported";
    }
    return "unknown";
}

} // namespace sluicegate::base

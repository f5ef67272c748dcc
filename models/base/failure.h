// SPDX-License-Identifier: GPL-3.0-or-later
// What can go wrong, as a value: the kind, the thing it happened to, and the machine's own words.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace sluicegate::base {

enum class FailureKind {
    Usage, // the command line or an argument makes no sense
    NotFound, // the named thing does not exist
    Unreadable, // it exists but cannot be read
    Empty, // it was read and holds nothing
    NotUnderstood, // it was read and is not what it should be
    WriteFailed, // a file of ours could not be written (disk full, permissions)
    Mismatch, // bytes differ from what was recorded
    CaseBusy, // another process has the case open
    CaseDamaged, // the case folder is not whole
    NameNotResolved, // no address for the host name
    Unreachable, // refused, no route, or timed out before a connection stood
    NotSsh, // something answered, but not an SSH server
    HostKeyUnknown, // unknown and not accepted
    HostKeyChanged,
    HostKeyRevoked,
    AuthenticationRefused,
    SudoRefused,
    ConnectionLost,
    Timeout, // a command or answer took longer than allowed
    CommandMissing, // exit 127 or not executable
    CommandFailed, // any other non-zero exit; detail holds stderr
    Truncated, // fewer bytes came than were announced
    Rotated, // the file was replaced while it was read
    Hostile, // the other side sends what no honest server would
    Cancelled, // by the operator
    Unsupported, // understood, but this program cannot do it
};

/// One failure. `subject` is what it is about (a path, a host, a command); `detail` is untranslated machine
/// text and never holds a secret. words::sentence() turns it into: what happened, why, what to do now.
struct Failure {
    FailureKind kind {};
    std::string subject;
    std::string detail;
    bool operator==(const Failure&) const = default;
};

template <typename T> using Result = std::expected<T, Failure>;

inline std::unexpected<Failure> fail(FailureKind kind, std::string subject, std::string detail = {})
{
    return std::unexpected(Failure {kind, std::move(subject), std::move(detail)});
}

/// The enumerator's name in kebab-case, for JSON and journals: "host-key-changed".
std::string_view name(FailureKind kind);

} // namespace sluicegate::base

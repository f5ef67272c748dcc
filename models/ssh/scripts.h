// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed scripts this room itself sends through wrap(), so that a server of our own can recognise and
// answer them.
#pragma once

#include <string_view>

namespace sluicegate::ssh {

/// Prints the numeric user id: "0\n" for root.
inline constexpr std::string_view uidScript = "id -u";

/// $1: path; $2: "any" to let the server compress, "raw" not to. Prints one header line
/// "SG1 DEVICE:INODE SIZE MTIME CODEC\n" (MTIME in seconds, CODEC raw, gzip or zstd), then SIZE bytes of the
/// file in that coding, all from one open descriptor. Absent, not regular and unreadable come without a
/// header; shrunk behind it, when the file was cut while it was read.
inline constexpr std::string_view pullScript
    = R"sh(p=$1; if [ -e "$p" ]; then :; else case $(ls -d -- "$p" 2>&1) in *": Permission denied") )sh"
      R"sh(echo "permission denied" >&2; exit 68;; esac; echo "no such file" >&2; exit 66; fi; )sh"
      R"sh([ -f "$p" ] || { echo "not a regular file" >&2; exit 67; }; )sh"
      R"sh([ -r "$p" ] || { echo "permission denied" >&2; exit 68; }; )sh"
      R"sh(exec 3<"$p"; s=$(stat -L -c "%d:%i %s %Y" /proc/self/fd/3) || exit 70; n=${s#* }; n=${n% *}; c=raw; )sh"
      R"sh(if [ "$2" = any ] && [ "$n" -gt 65536 ]; then case $p in *.gz|*.bz2|*.xz|*.zst|*.zip) ;; )sh"
      R"sh(*) if command -v zstd >/dev/null 2>&1; then c=zstd; )sh"
      R"sh(elif command -v gzip >/dev/null 2>&1; then c=gzip; fi;; esac; fi; )sh"
      R"sh(if dd count=0 iflag=fullblock,count_bytes status=none </dev/null 2>/dev/null; )sh"
      R"sh(then take() { dd bs=1M iflag=fullblock,count_bytes count="$n" status=none <&3; }; )sh"
      R"sh(else take() { head -c "$n" <&3; }; fi; echo "SG1 $s $c"; )sh"
      R"sh(case $c in zstd) take | nice zstd -1 -q -c;; gzip) take | nice gzip -1 -c;; *) take;; esac; )sh"
      R"sh([ "$(stat -L -c %s /proc/self/fd/3)" -ge "$n" ] || exit 69)sh";

enum PullStatus { PullAbsent = 66, PullNotRegular = 67, PullUnreadable = 68, PullShrunk = 69 };

} // namespace sluicegate::ssh

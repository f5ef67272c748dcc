// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed scripts that pull() runs: read only, one simple command each, so that a stand-in server can
// answer every one of them by its text; but `piece`, which only a real shell runs. Their output is kept as
// commands/NAME.
#pragma once

#include "models/ssh/server.h"

#include <array>
#include <chrono>
#include <string_view>

namespace sluicegate::evidence::recipes {

using ssh::Privilege;

struct Recipe {
    std::string_view name; // kept as commands/NAME
    std::string_view script; // what sh runs; arguments are $1, $2, ...
    Privilege privilege
        = Privilege::Plain; // each sudo may itself leave a mail in the queue: only where needed
    std::chrono::seconds timeout {30};
    bool statusMatters = true; // false: it looks at several places, and an absent one makes it fail
};

/// "1795428000 +0100": seconds since the epoch and the zone.
inline constexpr Recipe date {"date", R"(date "+%s %z")"};
inline constexpr Recipe hostname {"hostname", "hostname -f"};

/// Full path of each named program that is there, one a line; exit status 0 even when some are missing. Asked
/// once, with the names of `asked` as arguments, so that nothing else is tried in vain.
inline constexpr Recipe programs {"programs", R"(for program in "$@"; do command -v "$program"; done; true)"};
inline constexpr std::array<std::string_view, 11> asked {"postqueue", "postconf", "postcat", "exim", "exim4",
    "/var/qmail/bin/qmail-qread", "doveconf", "plesk", "journalctl", "ss", "getent"};

inline constexpr Recipe maillogFile {"maillog_file", "postconf -h maillog_file"};

/// One line per file: device, inode, size, mtime, kind as stat says it ("regular file"), a bar, the name.
/// Patterns that match nothing reach stat as they are: it complains on stderr and exits with 1; not an error.
inline constexpr Recipe mailLogs {"mail-logs",
    R"(stat -L -c "%d %i %s %Y %F|%n" /var/log/maillog* /var/log/mail.log* /usr/local/psa/var/log/maillog* )"
    R"(/var/log/mail /var/log/mail-[0-9]* /var/log/exim_mainlog* /var/log/exim/mainlog* /var/log/exim4/mainlog* )"
    R"(/var/log/messages* /var/log/syslog*)",
    Privilege::Root};
inline constexpr Recipe webLogs {"web-logs",
    R"(stat -L -c "%d %i %s %Y %F|%n" /var/www/vhosts/system/*/logs/*access*_log* /var/log/apache2/*access* )"
    R"(/var/log/nginx/*access* /var/log/httpd/*access* /var/log/httpd/domains/*.log* )"
    R"(/usr/local/apache/domlogs/* /var/log/ispconfig/httpd/*/access.log*)",
    Privilege::Root};
/// The same one by one, where sites are so many that their logs do not fit a command line (the shell gives
/// 126).
inline constexpr Recipe manyWebLogs {"web-logs",
    R"(for log in /var/www/vhosts/system/*/logs/*access*_log* /var/log/httpd/domains/*.log* )"
    R"(/usr/local/apache/domlogs/* /var/log/ispconfig/httpd/*/access.log*; )"
    R"(do stat -L -c "%d %i %s %Y %F|%n" "$log" 2>/dev/null; done)",
    Privilege::Root, std::chrono::seconds(120)};
/// The same for files named as arguments. Links are followed.
inline constexpr Recipe statFiles {"stat", R"(stat -L -c "%d %i %s %Y %F|%n" "$@")", Privilege::Root};
/// Without following links: these lie in folders that a site's owner can write to.
inline constexpr Recipe phpMailLogs {"php-mail-logs",
    R"(stat -c "%d %i %s %Y %F|%n" "$@" /var/log/php-mail.log* /var/log/php*/mail.log* /home/*/.php/php-mail.log )"
    R"(/var/www/vhosts/system/*/logs/php-mail.log* /var/www/vhosts/*/logs/mail.log)",
    Privilege::Root};
/// Where any php.ini or FPM pool sets mail.log; "FILE:mail.log = /path" lines, also
/// "php_admin_value[mail.log] = /path".
inline constexpr Recipe phpSettings {"php-settings",
    R"(grep -rsE "^[^;#]*mail[.]log[^=]*=" /etc/php /etc/php.ini /etc/php.d /etc/php-fpm.d /opt/plesk/php )"
    R"(/var/www/vhosts/system --include=*.ini --include=*.conf)",
    Privilege::Root, std::chrono::seconds(60), false};
/// The last bytes of a log whose name does not say what it holds.
inline constexpr Recipe tail {"tail", R"(tail -c 65536 "$1")", Privilege::Root};

/// A log and everything that its name begins: the rotated files lie beside it.
inline constexpr Recipe siblings {"siblings", R"(stat -L -c "%d %i %s %Y %F|%n" "$1"*)", Privilege::Root};
/// $1: path; $2: so many bytes of its plain content are left out; $3: so many are sent at most; $4: "any" or
/// "raw", as for a pull. A packed file is unpacked on the way. Prints "SGP1 DEVICE:INODE SIZE MTIME CODEC\n"
/// (of the file as it lies there), then the bytes in that coding, all from one open descriptor.
inline constexpr Recipe piece {"piece",
    R"sh(p=$1; k=$2; n=$3; [ -e "$p" ] || exit 66; [ -f "$p" ] || exit 67; [ -r "$p" ] || exit 68; exec 3<"$p"; )sh"
    R"sh(s=$(stat -L -c "%d:%i %s %Y" /proc/self/fd/3) || exit 70; case $p in *.gz) u=gzip;; *.bz2) u=bzip2;; )sh"
    R"sh(*.xz) u=xz;; *.zst) u=zstd;; *) u=;; esac; )sh"
    R"sh([ -z "$u" ] || command -v "$u" >/dev/null 2>&1 || { echo "$u: not installed" >&2; exit 71; }; )sh"
    R"sh(c=raw; if [ "$4" = any ]; then if command -v zstd >/dev/null 2>&1; then c=zstd; )sh"
    R"sh(elif command -v gzip >/dev/null 2>&1; then c=gzip; fi; fi; )sh"
    R"sh(if dd count=0 iflag=fullblock,skip_bytes,count_bytes status=none </dev/null 2>/dev/null; then )sh"
    R"sh(take() { dd bs=64K iflag=fullblock,skip_bytes,count_bytes skip="$k" count="$n" status=none; }; )sh"
    R"sh(else take() { tail -c +$((k+1)) | head -c "$n"; }; fi; )sh"
    R"sh(plain() { if [ "$u" ]; then nice "$u" -dc <&3 2>/dev/null | take; else take <&3; fi; }; echo "SGP1 $s $c"; )sh"
    R"sh(case $c in zstd) plain | nice zstd -1 -q -c;; gzip) plain | nice gzip -1 -c;; *) plain;; esac)sh",
    Privilege::Root, std::chrono::seconds(300)};

inline constexpr Recipe queueJson {"postqueue-j", "postqueue -j"};
inline constexpr Recipe queuePlain {"postqueue-p", "postqueue -p"};
/// Envelope and header of the queued messages named as arguments, one after another; kept apart afterwards as
/// commands/postcat-q/ID. postcat stops at the first that has left the queue.
inline constexpr Recipe queuedMessages {"postcat-q", R"(postcat -qeh "$@")", Privilege::Root};
inline constexpr Recipe eximQueue {
    "exim-bp", R"(if command -v exim >/dev/null; then exim -bp; else exim4 -bp; fi)", Privilege::Root};
inline constexpr Recipe qmailQueue {"qmail-qread", "/var/qmail/bin/qmail-qread", Privilege::Root};

inline constexpr Recipe postfixSettings {"postconf-n", "postconf -n"};
inline constexpr Recipe dovecotSettings {"doveconf-n", "doveconf -n"};
inline constexpr Recipe accounts {"getent-passwd", "getent passwd"};
inline constexpr Recipe pleskVersion {"plesk-version", "plesk version", Privilege::Root};
/// Tab-separated rows: domain, document root, login.
inline constexpr Recipe pleskSites {"plesk-sites",
    R"(plesk db -Ne "SELECT d.name, h.www_root, s.login FROM domains d JOIN hosting h ON h.dom_id = d.id )"
    R"(JOIN sys_users s ON s.id = h.sys_user_id ORDER BY d.name")",
    Privilege::Root};
/// Owner, a bar, folder: who owns which site where there is no Plesk to ask.
inline constexpr Recipe vhosts {
    "vhosts", R"(stat -c "%U|%n" /var/www/vhosts/*)", Privilege::Plain, std::chrono::seconds(30), false};
/// Connections to mail ports, with process and uid: mail that goes past the MTA.
inline constexpr Recipe mailSockets {
    "ss", R"sh(ss -Htanpeo "( dport = :25 or dport = :465 or dport = :587 )")sh", Privilege::Root};
/// Programs below the sites changed since "$1" ("@SECONDS"): CTIME MTIME UID SIZE PATH a line, 20000 at most.
inline constexpr Recipe newPrograms {"new-programs",
    R"(find /var/www/vhosts /home/*/public_html /home/*/domains /var/www/clients -type f -name "*.ph*" )"
    R"(-newerct "$1" -printf "%C@ %T@ %U %s %p\n" | head -n 20000)",
    Privilege::Root, std::chrono::seconds(60), false};
/// The mail facility of the journal since "$1" ("@SECONDS"), where no file holds the log.
inline constexpr Recipe journal {"journalctl-mail",
    R"(journalctl -q -o short-iso-precise --no-pager -n 2000000 --since "$1" SYSLOG_FACILITY=2)",
    Privilege::Root, std::chrono::seconds(300)};

inline constexpr std::array all {&date, &hostname, &programs, &maillogFile, &mailLogs, &webLogs, &manyWebLogs,
    &siblings, &statFiles, &phpMailLogs, &phpSettings, &tail, &queueJson, &queuePlain, &queuedMessages,
    &eximQueue, &qmailQueue, &postfixSettings, &dovecotSettings, &accounts, &pleskVersion, &pleskSites,
    &vhosts, &mailSockets, &newPrograms, &journal};

} // namespace sluicegate::evidence::recipes

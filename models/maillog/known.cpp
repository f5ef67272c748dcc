// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/known.h"

#include <algorithm>
#include <array>

namespace sluicegate::maillog {

namespace {

bool startsWithAny(std::string_view text, const auto& heads)
{
    return std::ranges::any_of(heads, [&](std::string_view head) { return text.starts_with(head); });
}

// Helpers whose every line is about themselves.
constexpr std::string_view talkative[] = {"anvil", "scache", "master", "postfix-script", "script", "tlsmgr",
    "tlsproxy", "dnsblog", "verify", "proxymap", "proxywrite", "trivial-rewrite", "flush", "showq", "postlog",
    "postlogd", "postdrop", "sendmail", "postqueue", "postalias", "postmap", "postkick", "spawn", "qmqpd"};

constexpr std::string_view postfixHeads[] = {"warning: ", "NOQUEUE: ", "lost connection ", "timeout after ",
    "too many errors after ", "Anonymous TLS connection ", "Untrusted TLS connection ",
    "Trusted TLS connection ", "Verified TLS connection ", "setting up TLS connection ", "SSL_accept error ",
    "SSL_connect error ", "improper command pipelining ", "certificate verification failed for ",
    "connect to ", "fatal: ", "error: ", "panic: ", "info: ", "statistics: ", "table ", "daemon started ",
    "refreshing the Postfix ", "reload ", "terminating on signal ", "initializing the ", "proxy-",
    "replacing command ", "TLS SNI ", "host ", "conversation with ", "enabling PIX ", "Server certificate ",
    "Host offered STARTTLS: ", "hostname ", "read timeout ", "idle timeout ", "scan ", "cleanup ",
    "mail_queue_", "dict_", "Issuing session ", "untrusted issuer ", "unverified client ",
    "client certificate ", "subject_CN=", "no TLS certificate ", "cannot load ", "private/", "event ",
    "auto_clnt_", "CN mismatch ",
    // postscreen
    "CONNECT from ", "PASS ", "PREGREET ", "HANGUP ", "DNSBLRANK ", "DNSBL rank ", "WHITELIST", "BLACKLIST",
    "ALLOWLIST", "DENYLIST", "DISCONNECT ", "COMMAND ", "BARE NEWLINE ", "NON-SMTP COMMAND ", "cache ",
    "close database ",
    // postsuper's totals
    "Deleted: ", "Requeued: ", "Placed on hold: ", "Released from hold: ", "Expired: ", "Force-expired: "};

constexpr std::string_view idHeads[] = {"discard: ", "filter: ", "redirect: ", "prepend: ", "replace: ",
    "strip: ", "info: ", "warn: ", "warning: ", "bcc: ", "delay: ", "reject_warning: ", "milter-",
    "quarantine", "skipped, still being delivered", "host ", "conversation with ", "lost connection with ",
    "enabling PIX ", "Cannot start TLS: ", "TLS is required", "Server certificate ", "breaking ", "SMTPUTF8 ",
    "dane ", "connect to ", "timed out while ", "canceled", "expired",
    "Host offered STARTTLS: ", "queued as ", "non-standard ", "table ", "sender ", "postmaster ",
    "size limit ", "message size ", "unknown recipient ", "mail forwarding loop ",
    "uid=", "client=", "address verification ", "fatal: ", "error: ", "from=<",
    "subject=", "Subject:", "release", "requeued", "to=<", "reply: ", "trace"};

constexpr std::string_view eximHeads[] = {"cwd=", "exim ", "Exim ", "Start queue run", "End queue run",
    "SMTP ", "no host name found ", "no IP address found ", "H=", "U=", "F=", "TLS ", "unexpected ", "lost ",
    "Warning: ", "WARNING: ", "Connection ", "connection ", "refused ", "rejected ", "temporarily ",
    "daemon ", "pid ", "SIGHUP ", "SIGTERM ", "Failed ", "failed ", "host ", "Remote host ", "remote host ",
    "Spool file ", "spool", "DNS list ", "VRFY ", "EXPN ", "ETRN ", "Sender identification ", "Process ",
    "Long header ", "ignoring ", "Ignoring ", "ident ", "too many ", "socket ", "internal ", "DKIM: ", "SPF",
    "DMARC", "Message is frozen", "Frozen", "Unfrozen", "Error ", "error ", "retry ", "no immediate delivery",
    "Greylisted ", "greylisted ", "original ", "cancelled ", "Completed", "removed ", "discarded", "dropped",
    "deferred", "lowest numbered MX ", "all hosts ", "sender ", "recipients ", "<", "=> ", "[", "PID ",
    "queue", "log ", "malware", "spam", "Accepted ", "set_id", "Verify", "verify", "callout", "syntax ",
    "protocol ", "no valid sender", "not enough ", "ACL ", "locally_", "Delivery ", "delivery ",
    "SpamAssassin ", "Sending "};

constexpr std::string_view sendmailHeads[] = {"STARTTLS", "AUTH", "ruleset=", "Milter", "milter",
    "from=", "to=", "connect from ", "starting daemon ", "restarting ", "stopping daemon",
    "lost input channel ", "timeout waiting ", "collect: ", "SYSERR", "SYSTEM", "NOQUEUE", "clone ", "owner",
    "done; ", "discard", "removed", "return to sender", "sender notify", "postmaster notify",
    "DSN: ", "alias", "possible SMTP attack", "rejecting ", "accepting ", "tls_", "runqueue", "grew ", "<",
    "hdr ", "queueup", "Losing ", "locked", "Truncated ", "premature EOF", "stat=", "sendmail", "daemon ",
    "makeconnection", "Authentication-Warning: ", "unable to qualify ", "gethostbyaddr", "dropenvelope",
    "savemail", "putbody", "forward ", "filling", "error ", "timeout", "MX "};

constexpr std::string_view companions[] = {"dovecot", "plesk_saslauthd", "saslauthd", "psa-pc-remote",
    "py-limit-out", "greylisting filter", "check-quota", "spf", "drweb", "dk_sign", "dk_check",
    "dd51-domainkeys", "dd52-domainkeys", "domainkeys", "dmarc", "grey", "limit-out", "postfix-local",
    "plesk_virtual", "plesk sendmail", "plesk-sendmail", "smtp_auth", "relaylock", "qmail-queue-handlers",
    "qmail-queue", "qmail-remote-handlers", "qmail-local-handlers", "qmail-local", "qmail-remote",
    "qmail-pop3d", "qmail-smtpd", "courier", "imapd", "imapd-ssl", "pop3d", "pop3d-ssl", "amavis", "amavisd",
    "spamd", "spamc", "spamass-milter", "rspamd", "clamd", "clamav-milter", "clamsmtpd", "opendkim",
    "opendmarc", "openarc", "postgrey", "policyd-spf", "policyd-weight", "sqlgrey", "milter-greylist",
    "milter-limit", "policyd", "cbpolicyd", "kas-milter", "mimedefang", "mailscanner", "sm-mta",
    "proftpd-mail", "mailman", "sympa", "sieve", "procmail", "maildrop", "srs", "postsrsd", "fetchmail",
    "msmtp", "logger-mail", "before-queue", "before-remote", "before-local", "spamassassin", "smtpd", "pop3",
    "imap", "lmtp", "kavmilter", "mailgraph", "vpopmail", "vchkpw-smtp", "vchkpw-submission", "vchkpw-pop3",
    "spamdyke", "rblsmtpd", "tcpserver", "simscan", "qmail-scanner", "zpush", "roundcube", "horde"};

bool sameWord(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace

bool isKnownPostfix(const Line& line)
{
    return isChatter(line.message) || startsWithAny(line.message, postfixHeads)
        || std::ranges::find(talkative, line.tag.substr(line.tag.rfind('/') + 1)) != std::end(talkative);
}

bool isKnownBehindId(std::string_view text)
{
    return startsWithAny(text, idHeads);
}

bool isKnownExim(std::string_view text)
{
    return startsWithAny(text, eximHeads) || contains(text.substr(0, 100), " authenticator failed for ");
}

bool isKnownSendmail(std::string_view text)
{
    return startsWithAny(text, sendmailHeads) || contains(text, " did not issue MAIL/EXPN/VRFY/ETRN ");
}

bool isCompanion(const Line& line)
{
    return std::ranges::any_of(companions, [&](auto name) { return sameWord(line.program, name); })
        || line.program.starts_with("courier-") || line.program.starts_with("dk_");
}

} // namespace sluicegate::maillog

# SPDX-License-Identifier: GPL-3.0-or-later
"""The provider's mail that starts an incident: layouts as such mails have them, every sentence invented."""
from datetime import datetime


def head(incident, s, subject):
    provider = incident.PROVIDER
    return ("From: %s Network Operations <netops@%s>\nTo: technik@%s\nSubject: %s\nDate: %s\nMessage-ID: <block-%s@%s>\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\n") % (
        provider["name"], provider["domain"], provider["domain"], subject, s.rfc5322(incident.BLOCK + 190),
        datetime.fromtimestamp(incident.BLOCK, s.zone).strftime("%Y%m%d%H%M"), provider["domain"])


def blockedAt(incident, s):
    return datetime.fromtimestamp(incident.BLOCK, s.zone).strftime("%Y-%m-%d %H:%M ") + s.zoneName


def wrapped(incident, s, noticed):
    """Ids without brackets, some on a line of their own, some broken behind a dot."""
    lines = []
    for n, (mid, ip) in enumerate(noticed):
        score = 300 + (n * 37) % 160
        if n % 4 == 1:
            lines.append("Destination IP: %s - Message-ID:\n%s - Spam score: %d" % (ip, mid, score))
        elif n % 4 == 3 and "." in mid:
            cut = mid.rindex(".") + 1
            lines.append("Destination IP: %s - Message-ID: %s\n%s - Spam score: %d" % (ip, mid[:cut], mid[cut:], score))
        else:
            lines.append("Destination IP: %s - Message-ID: %s - Spam score: %d" % (ip, mid, score))
    return head(incident, s, "Port 25 outgoing has been blocked on this server due to spam") + (
        "Hello,\n\nour anti-spam protection layer has detected that your server %s\n(IP %s) is sending spam.\n\n"
        "Port 25 outgoing has been blocked on this server due to spam as of %s.\nPort 465 (smtp-ssl) outgoing is closed as well. The block protects the reputation of\n"
        "your server; it is not a punishment.\n\nA sample of the messages that were seen:\n\n%s\n\n"
        "Please do not press Unblock before the source has been found and shut down and the\nqueue has been cleared. Unblocking too early can harm your reputation for months.\n\nNetwork Operations\n"
    ) % (incident.HOST, incident.IP, blockedAt(incident, s), "\n".join(lines))


def listed(incident, s, noticed):
    """Ids in brackets, one a line."""
    return head(incident, s, "[%s] Outgoing port 25 blocked: spam from %s" % (incident.PROVIDER["name"], incident.IP)) + (
        "Dear customer,\n\nPort 25 outgoing has been blocked on this server due to spam as of %s.\n\n"
        "Server: %s\nIP address: %s\nPorts: 25, 465\n\nMessage IDs of some of these messages:\n\n%s\n\n"
        "Find the source, shut it down, remove what is left in the queue, then use the Unblock\nbutton in the customer area.\n\nRegards\n%s\n"
    ) % (blockedAt(incident, s), incident.HOST, incident.IP, "\n".join("  <%s>" % mid for mid, _ in noticed), incident.PROVIDER["name"])

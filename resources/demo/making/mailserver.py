# SPDX-License-Identifier: GPL-3.0-or-later
"""A Postfix on Plesk that writes its log: smtpd, pickup, cleanup, qmgr, smtp, error, bounce, with ids, times and retries."""
import email.utils
import heapq
from datetime import datetime, timedelta, timezone

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def short(seconds):
    """Postfix writes two significant digits and never more than two decimals."""
    if seconds < 0.005:
        return "0"
    if seconds >= 10:
        return "%.0f" % seconds
    text = ("%.2f" if seconds < 1 else "%.1f") % seconds
    return text.rstrip("0").rstrip(".")


class Message:
    """One queue file: what came in, what still waits."""

    def __init__(self, server, at, sender, recipients, size=0):
        self.server = server
        self.at = at
        self.id = server.queueId(at)
        self.sender = sender
        self.pending = [{"address": r[0], "orig": r[1], "reason": ""} for r in recipients]
        self.failed = []
        self.origin = {}
        self.head = []
        self.body = ""
        self.size = size
        self.messageId = ""
        self.attempts = 0
        self.busyUntil = 0
        self.kind = ""

    def content(self):
        return "".join(line + "\n" for line in self.head) + "\n" + self.body


class MailServer:
    def __init__(self, rng, host, ip, zone, zoneName, start, now, handlersTag):
        self.rng, self.host, self.ip = rng, host, ip
        self.zone = timezone(timedelta(minutes=zone))
        self.start, self.now = start, now
        self.handlersTag, self.zoneName = handlersTag, zoneName
        self.spamRates = (0.13, 0.20, 0.25)  # unknown, refused, deferred: each the upper end of its share
        self.short = host.split(".")[0]
        self.lines = []
        self.sequence = 0
        self.events = []
        self.used = set()
        self.pids = {}
        self.queue = {}
        self.dead = {}
        self.blockedFrom = None
        self.localDomains = set()
        self.forwards = {}  # local address -> outside address, Postfix virtual table
        self.exchangers = {}
        self.refusals = {}  # address -> ("deferred"|"bounced", response)
        self.sentByMailbox = {}

    # --- writing -----------------------------------------------------------------------------------------------
    def log(self, at, tag, text):
        self.sequence += 1
        self.lines.append((at, self.sequence, tag, text))

    def stamp(self, at):
        t = datetime.fromtimestamp(int(at), self.zone)
        return "%s %2d %02d:%02d:%02d" % (MONTHS[t.month - 1], t.day, t.hour, t.minute, t.second)

    def rfc5322(self, at):
        return email.utils.format_datetime(datetime.fromtimestamp(int(at), self.zone))

    def received5322(self, at):
        """Postfix adds the zone's name as a comment."""
        return "%s (%s)" % (self.rfc5322(at), self.zoneName)

    def written(self, since, until):
        kept = [l for l in sorted(self.lines) if since <= l[0] < until and l[0] <= self.now]
        return "".join("%s %s %s: %s\n" % (self.stamp(at), self.short, tag, text) for at, _, tag, text in kept)

    def pid(self, service, at):
        """A process serves some requests and then makes way for the next one."""
        pool = self.pids.setdefault(service, [])
        free = [p for p in pool if p["free"] <= at and p["until"] > at]
        if free:
            return free[0]
        entry = {"pid": self.rng.randrange(2000, 3900000), "free": at, "until": at + self.rng.uniform(600, 5400)}
        pool[:] = [p for p in pool if p["until"] > at - 7200] + [entry]
        return entry

    def process(self, service, at, seconds=0.0):
        entry = self.pid(service, at)
        entry["free"] = at + seconds
        return "postfix/%s[%d]" % (service, entry["pid"])

    def queueId(self, at):
        micro = int((at % 1) * 1000000)
        while True:
            identifier = "%05X%06X" % (micro, 0x2C0000 + self.rng.randrange(0x7FFF))
            if identifier not in self.used:
                self.used.add(identifier)
                return identifier
            micro = (micro + 1) % 1000000

    # --- time --------------------------------------------------------------------------------------------------
    def at(self, when, what, *arguments):
        self.sequence += 1
        heapq.heappush(self.events, (when, self.sequence, what, arguments))

    def run(self):
        while self.events and self.events[0][0] <= self.now:
            when, _, what, arguments = heapq.heappop(self.events)
            what(when, *arguments)

    # --- coming in ---------------------------------------------------------------------------------------------
    def expand(self, recipients):
        return [(self.forwards[r], r) if r in self.forwards else (r, "") for r in recipients]

    def received(self, at, client, helo, protocol, ident, recipients):
        one = " for <%s>" % recipients[0] if len(recipients) == 1 else ""
        return ["Received: from %s (%s [%s])" % (helo, client[0], ("IPv6:" if ":" in client[1] else "") + client[1]),
                "\tby %s (Postfix) with %s id %s%s" % (self.host, protocol, ident, one) + (";" if one == "" else ";"),
                "\t%s" % self.received5322(at)]

    def smtp(self, at, client, helo, sender, recipients, head, body, messageId, login=None, method="PLAIN",
             service="smtpd", tls=True, vhost=None, kind="", quiet=False):
        """A whole SMTP session with one message; gives the message."""
        rng = self.rng
        where = "%s[%s]" % client
        length = rng.uniform(0.6, 3.5)
        smtpd = self.process(service, at, length + 1)
        if not quiet:
            self.log(at, smtpd, "connect from " + where)
        arrived = at + length * 0.5
        m = Message(self, arrived, sender, self.expand(recipients))
        m.kind = kind
        proto = "E" + "SMTP" + ("S" if tls else "") + ("A" if login else "")
        tlsLine = ["\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
                   "\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)",
                   "\t(No client certificate requested)"] if tls else []
        r = self.received(arrived, client, helo, proto, m.id, recipients)
        m.head = [r[0]] + tlsLine + r[1:]
        if login:
            m.head += ["Received-SPF: pass (%s: connection is authenticated)" % self.host]
        m.head += head
        m.messageId = messageId
        if vhost:
            m.head += ["X-PPP-Message-ID:", " <%d%02d.%d.%d@%s>" % (int(arrived), int((arrived % 1) * 100), rng.randrange(2000, 90000),
                       rng.randrange(10**18, 10**19), self.host), "X-PPP-Vhost: " + vhost]
        m.body = body
        m.size = len(m.content().encode())
        family = 10 if ":" in client[1] else 2
        m.origin = {"client": client[0], "ip": client[1], "port": rng.randrange(1025, 65000), "helo": helo,
                    "family": family, "server_port": {"smtps/smtpd": 465}.get(service, 587 if login else 25),
                    "login": login or "", "method": method if login else ""}
        line = "%s: client=%s" % (m.id, where)
        if login:
            line += ", sasl_method=%s, sasl_username=%s" % (method, login)
            self.sentByMailbox[login] = self.sentByMailbox.get(login, 0) + 1
        self.log(arrived, smtpd, line)
        self.accepted(m, arrived, recipients, vhost if login else None)
        words = "ehlo=%d%s%s mail=1 rcpt=%d data=1 quit=1 commands=%d" % (
            2 if tls and service != "smtps/smtpd" else 1, " starttls=1" if tls and service != "smtps/smtpd" else "",
            " auth=1" if login else "", len(recipients),
            4 + len(recipients) + (2 if tls and service != "smtps/smtpd" else 0) + (1 if login else 0))
        if not quiet:
            self.log(at + length, smtpd, "disconnect from %s %s" % (where, words))
        return m

    def pickup(self, at, uid, user, sender, recipients, head, body, messageId=None, vhost=None, kind="", origId=""):
        m = Message(self, at, sender, self.expand(recipients))
        m.kind = kind
        m.messageId = messageId if messageId is not None else "%s.%s@%s" % (
            datetime.fromtimestamp(int(at), timezone.utc).strftime("%Y%m%d%H%M%S"), m.id, self.host)
        m.head = ["Received: by %s (Postfix, from userid %d)" % (self.host, uid),
                  "\tid %s; %s" % (m.id, self.received5322(at))] + head
        if messageId is None:
            m.head += ["Message-Id: <%s>" % m.messageId, "Date: " + self.rfc5322(at)]
        if vhost:
            m.head += ["X-PPP-Message-ID:", " <%d%02d.%d.%d@%s>" % (int(at), int((at % 1) * 100), self.rng.randrange(2000, 90000),
                       self.rng.randrange(10**18, 10**19), self.host), "X-PPP-Vhost: " + vhost]
        m.body = body
        m.size = len(m.content().encode())
        m.origin = {"uid": uid, "fullname": user}
        self.log(at, self.process("pickup", at), "%s: uid=%d from=<%s>" % (m.id, uid, sender if sender != user + "@" + self.host else user))
        self.accepted(m, at, recipients, vhost)
        return m

    def accepted(self, m, at, recipients, vhost):
        rng = self.rng
        self.log(at + 0.02, self.process("cleanup", at, 1), "%s: message-id=<%s>" % (m.id, m.messageId))
        tag = "%s[%d]" % (self.handlersTag, self.handlersPid(at))
        t = at + 0.05
        if "/" in self.handlersTag:  # builds that do not name the message
            for handler, answer in (("limit-out", "PASS" if vhost else "SKIP"), ("check-quota", "SKIP"), ("spf", "SKIP" if vhost else "PASS")):
                self.log(t, tag, "handlers_stderr: " + answer)
                self.log(t + 0.001, tag, "%s during call '%s' handler" % (answer, handler))
                t += 0.01
        elif vhost:
            self.log(t, tag, "%s: py-limit-out: stderr: INFO:__main__:Setting 'X-PPP-Vhost' header to '%s'" % (m.id, vhost))
            self.log(t + 0.01, tag, "%s: py-limit-out: stderr: PASS" % m.id)
        else:
            self.log(t, tag, "%s: py-limit-out: stderr: INFO:__main__:No SMTP AUTH and not running in sendmail context "
                     "(incoming or unrestricted outgoing mail). SKIP message." % m.id)
            self.log(t + 0.01, tag, "%s: py-limit-out: stderr: SKIP" % m.id)
        local = any(r.split("@")[-1] in self.localDomains for r in recipients)
        if "/" not in self.handlersTag:
            self.log(t + 0.02, tag, "%s: check-quota: stderr: %s" % (m.id, "PASS" if local else "SKIP"))
        active = at + 0.1 + rng.uniform(0.05, 0.5)
        self.log(active, self.qmgr(), "%s: from=<%s>, size=%d, nrcpt=%d (queue active)" % (m.id, m.sender, m.size, len(m.pending)))
        self.queue[m.id] = m
        self.at(active + 0.01, self.attempt, m)

    def qmgr(self):
        return "postfix/qmgr[%d]" % self.pids.setdefault("qmgr", self.rng.randrange(1200, 2500))

    def handlersPid(self, at):
        return self.pids.setdefault("psa-pc-remote", self.rng.randrange(900, 1500))

    # --- going out ---------------------------------------------------------------------------------------------
    def blocked(self, at):
        return self.blockedFrom is not None and at >= self.blockedFrom

    def attempt(self, at, m):
        """One pass of the queue manager over what is still pending."""
        m.attempts += 1
        ready = at
        groups = {}
        for recipient in m.pending:
            groups.setdefault(recipient["address"].split("@")[-1], []).append(recipient)
        for domain, recipients in groups.items():
            done = self.deliver(at, m, domain, recipients)
            ready = max(ready, done)
        m.busyUntil = ready
        self.at(ready + 0.02, self.settle, m)

    def deliver(self, at, m, domain, recipients):
        rng = self.rng
        if domain in self.localDomains or domain == self.host:
            return self.deliverHere(at, m, domain, recipients)
        hosts = self.exchangers.get(domain)
        if hosts is None:
            return self.noHost(at, m, domain, recipients)
        if self.dead.get(domain, (0, ""))[0] > at:
            for recipient in recipients:
                self.defer(at + 0.03, m, recipient, "error", "none", (at + 0.03 - m.at, max(at - m.at, 0.1), 0.01, 0, 0.02), "4.4.1",
                           "delivery temporarily suspended: " + self.dead[domain][1])
            return at + 0.05
        if self.blocked(at):
            return self.timeOut(at, m, domain, hosts, recipients)
        connect = rng.uniform(0.05, 0.6)
        transfer = rng.uniform(0.2, 1.6)
        relay = "%s[%s]:25" % rng.choice(hosts)
        end = at + connect + transfer
        smtp = self.process("smtp", at, connect + transfer)
        for recipient in recipients:
            delays = (end - m.at, at - m.at, 0.02, connect, transfer)
            outcome, words, dsn = self.outcome(m, recipient["address"], relay.rsplit(":", 1)[0], at)
            if outcome == "deferred":
                self.defer(end, m, recipient, None, relay, delays, dsn, words, smtp)
            else:
                self.log(end, smtp, self.delivery(m, recipient, relay, delays, dsn, outcome, words))
                recipient["reason"] = None
                if outcome == "bounced":
                    m.failed.append(recipient["address"])
        return end

    def delivery(self, m, recipient, relay, delays, dsn, status, words):
        orig = ", orig_to=<%s>" % recipient["orig"] if recipient["orig"] else ""
        return "%s: to=<%s>%s, relay=%s, delay=%s, delays=%s/%s/%s/%s, dsn=%s, status=%s (%s)" % (
            (m.id, recipient["address"], orig, relay) + tuple(short(d) for d in delays) + (dsn, status, words))

    def defer(self, at, m, recipient, service, relay, delays, dsn, words, tag=None):
        self.log(at, tag or self.process(service, at, 0.05), self.delivery(m, recipient, relay, delays, dsn, "deferred", words))
        recipient["reason"] = words

    def deliverHere(self, at, m, domain, recipients):
        for recipient in recipients:
            end = at + self.rng.uniform(0.05, 0.3)
            delays = (end - m.at, at - m.at, 0.01, 0, end - at)
            if domain == self.host:
                self.log(end, self.process("local", at, 0.3), self.delivery(m, recipient, "local", delays, "2.0.0", "sent", "delivered to mailbox"))
            else:
                self.log(end, self.process("pipe", at, 0.3), self.delivery(m, recipient, "plesk_virtual", delays, "2.0.0", "sent",
                         "delivered via plesk_virtual service"))
            recipient["reason"] = None
        return at + 0.3

    def noHost(self, at, m, domain, recipients):
        for recipient in recipients:
            if domain.endswith(".test"):  # no such domain at all
                self.log(at + 0.3, self.process("smtp", at, 0.3), self.delivery(m, recipient, "none", (at + 0.3 - m.at, at - m.at, 0.01, 0.25, 0), "5.4.4",
                         "bounced", "Host or domain name not found. Name service error for name=%s type=AAAA: Host not found" % domain))
                recipient["reason"] = None
                m.failed.append(recipient["address"])
                continue
            words = "Host or domain name not found. Name service error for name=%s type=MX: Host not found, try again" % domain
            self.defer(at + 0.3, m, recipient, "smtp", "none", (at + 0.3 - m.at, at - m.at, 0.01, 0.25, 0), "4.4.3", words)
        return at + 0.3

    def timeOut(self, at, m, domain, hosts, recipients):
        """The provider drops our packets: every exchanger is tried for 30 s, then the site counts as dead for 300 s."""
        smtp = self.process("smtp", at, 30 * len(hosts))
        end = at
        reason = ""
        for name, ip in hosts:
            end += 30.0 + self.rng.uniform(0.01, 0.12)
            reason = "connect to %s[%s]:25: Connection timed out" % (name, ip)
            self.log(end, smtp, reason)
        self.dead[domain] = (end + 300, reason)
        for recipient in recipients:
            self.defer(end + 0.001, m, recipient, None, "none", (end - m.at, at - m.at, 0.03, end - at, 0), "4.4.1", reason, smtp)
        return end + 0.01

    def outcome(self, m, address, relay, at):
        rng = self.rng
        if address in self.refusals:
            return self.refusals[address]
        draw = rng.random()
        if m.kind == "spam":
            if draw < self.spamRates[0]:
                return ("bounced", "host %s said: 550 5.1.1 <%s>: Recipient address rejected: User unknown (in reply to RCPT TO command)" % (relay, address), "5.1.1")
            if draw < self.spamRates[1]:
                return ("bounced", "host %s said: 550 5.7.1 Message refused: content looks like spam (in reply to end of DATA command)" % relay, "5.7.1")
            if draw < self.spamRates[2] and m.attempts == 1:
                return ("deferred", "host %s said: 421 4.7.0 Messages from %s temporarily deferred due to user complaints (in reply to MAIL FROM command)" % (relay, self.ip), "4.7.0")
        elif draw < 0.03 and m.attempts == 1:
            return ("deferred", "host %s said: 451 4.7.1 Greylisting in action, please come back later (in reply to RCPT TO command)" % relay, "4.7.1")
        n = rng.randrange(3)
        if n == 0:
            return ("sent", "250 2.0.0 Ok: queued as %X" % rng.randrange(16**10, 16**11), "2.0.0")
        if n == 1:
            return ("sent", "250 OK id=1v%s-%09d-%s" % (self.letters(4), rng.randrange(10**6), self.letters(4)), "2.0.0")
        return ("sent", "250 2.0.0 OK  %d %s - esmtp (accepted)" % (int(at), self.letters(16).lower()), "2.0.0")

    def letters(self, n):
        return "".join(self.rng.choice("abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789") for _ in range(n))

    def settle(self, at, m):
        """After a pass: removed, bounced, or back into the deferred queue."""
        m.pending = [r for r in m.pending if r["reason"] is not None]
        if m.pending:
            age = at - m.at
            wait = min(max(age, 300), 4000)
            due = at + wait
            due += 300 - due % 300  # the queue manager looks every queue_run_delay
            self.at(due + self.rng.uniform(0, 4), self.again, m)
            return
        if m.failed and m.sender:
            self.bounce(at, m)
        self.log(at + 0.03, self.qmgr(), "%s: removed" % m.id)
        del self.queue[m.id]

    def again(self, at, m):
        if m.id not in self.queue:
            return
        self.log(at, self.qmgr(), "%s: from=<%s>, size=%d, nrcpt=%d (queue active)" % (m.id, m.sender, m.size, len(m.pending)))
        self.attempt(at + 0.01, m)

    def bounce(self, at, m):
        b = Message(self, at, "", self.expand([m.sender]))
        b.kind = "bounce"
        b.messageId = "%s.%s@%s" % (datetime.fromtimestamp(int(at), timezone.utc).strftime("%Y%m%d%H%M%S"), b.id, self.host)
        boundary = "%s.%d/%s" % (m.id, int(at), self.host)
        b.head = ["Received: by %s (Postfix)" % self.host, "\tid %s; %s" % (b.id, self.received5322(at)), "Date: %s" % self.rfc5322(at),
                  "From: MAILER-DAEMON@%s (Mail Delivery System)" % self.host, "Subject: Undelivered Mail Returned to Sender",
                  "To: " + m.sender, "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
                  'Content-Type: multipart/report; report-type=delivery-status;', '\tboundary="%s"' % boundary,
                  "Message-Id: <%s>" % b.messageId]
        b.body = ("This is a MIME-encapsulated message.\n\n--%s\nContent-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\n"
                  "This is the mail system at host %s.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n"
                  "%s\n--%s--\n") % (boundary, self.host, "".join("<%s>: delivery failed\n" % a for a in m.failed), boundary)
        b.size = len(b.content().encode())
        b.origin = {"bounce": True}
        self.log(at, self.process("bounce", at, 0.1), "%s: sender non-delivery notification: %s" % (m.id, b.id))
        self.log(at - 0.005, self.process("cleanup", at, 0.2), "%s: message-id=<%s>" % (b.id, b.messageId))
        self.log(at + 0.02, self.qmgr(), "%s: from=<>, size=%d, nrcpt=1 (queue active)" % (b.id, b.size))
        self.queue[b.id] = b
        self.at(at + 0.03, self.attempt, b)

    # --- noise -------------------------------------------------------------------------------------------------
    def failedLogin(self, at, client, account, known, service="smtpd", length=None):
        where = "%s[%s]" % client
        smtpd = self.process(service, at, 4)
        self.log(at, smtpd, "connect from " + where)
        pid = self.rng.randrange(2000, 3900000)
        if known:
            self.log(at + 1.1, "plesk_saslauthd[%d]" % pid, "failed mail authentication attempt for user '%s' (password len=%d)"
                     % (account, length or self.rng.randrange(5, 12)))
        else:
            self.log(at + 1.1, "plesk_saslauthd[%d]" % pid, "No such user '%s' in mail authorization database" % account)
            self.log(at + 1.1, "plesk_saslauthd[%d]" % pid, "failed mail authentication attempt for user '%s' (password len=%d)"
                     % (account, length or self.rng.randrange(5, 12)))
        self.log(at + 1.2, smtpd, "warning: %s: SASL LOGIN authentication failed: authentication failure" % where)
        self.log(at + 2.6, smtpd, "disconnect from %s ehlo=1 auth=0/1 quit=1 commands=2/3" % where)

    def saslauthdStart(self, at):
        tag = "plesk_saslauthd[%d]" % self.rng.randrange(2000, 3900000)
        self.log(at, tag, "listen=6, status=5, dbpath='/plesk/passwd.db', keypath='/plesk/passwd_db_key', chroot=1, unprivileged=1")
        self.log(at, tag, "privileges set to (89:89) (effective 89:89)")

    def dovecot(self, at, account, ip, lip, service="imap", method="PLAIN"):
        session = self.letters(16)
        self.log(at, "dovecot", "%s-login: Login: user=<%s>, method=%s, rip=%s, lip=%s, mpid=%d, TLS, session=<%s>" % (
            service, account, method, ip, lip, self.rng.randrange(2000, 3900000), session))
        end = at + self.rng.uniform(1, 900)
        if service == "imap":
            self.log(end, "dovecot", "imap(%s)<%d><%s>: Disconnected: Logged out in=%d out=%d deleted=0 expunged=0 trashed=0 hdr_count=%d hdr_bytes=%d body_count=0 body_bytes=0"
                     % (account, self.rng.randrange(2000, 3900000), session, self.rng.randrange(90, 900), self.rng.randrange(600, 9000),
                        self.rng.randrange(9), self.rng.randrange(4000)))
        else:
            self.log(end, "dovecot", "pop3(%s)<%d><%s>: Disconnected: Logged out top=0/0, retr=%d/%d, del=0/%d, size=%d" % (
                account, self.rng.randrange(2000, 3900000), session, 1, self.rng.randrange(3000, 30000), 40, self.rng.randrange(10**6)))

    def reject(self, at, client, helo, sender, recipient, words):
        where = "%s[%s]" % client
        smtpd = self.process("smtpd", at, 2)
        self.log(at, smtpd, "connect from " + where)
        self.log(at + 0.7, smtpd, "NOQUEUE: reject: RCPT from %s: %s; from=<%s> to=<%s> proto=ESMTP helo=<%s>" % (where, words, sender, recipient, helo))
        self.log(at + 1.1, smtpd, "disconnect from %s ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4" % where)

    def knock(self, at, client):
        where = "%s[%s]" % client
        smtpd = self.process("smtpd", at, 2)
        self.log(at, smtpd, "connect from " + where)
        n = self.rng.randrange(3)
        if n == 0:
            self.log(at + 0.4, smtpd, "lost connection after EHLO from " + where)
            self.log(at + 0.4, smtpd, "disconnect from %s ehlo=1 commands=1" % where)
        elif n == 1:
            self.log(at + 0.4, smtpd, "lost connection after UNKNOWN from " + where)
            self.log(at + 0.4, smtpd, "disconnect from %s unknown=0/1 commands=0/1" % where)
        else:
            self.log(at + 0.9, smtpd, "SSL_accept error from %s: lost connection" % where)
            self.log(at + 0.9, smtpd, "lost connection after STARTTLS from " + where)
            self.log(at + 0.9, smtpd, "disconnect from %s ehlo=1 starttls=0/1 commands=1/2" % where)

    def anvil(self, at, client, service="smtp"):
        tag = "postfix/anvil[%d]" % self.rng.randrange(2000, 3900000)
        self.log(at, tag, "statistics: max connection rate %d/60s for (%s:%s) at %s" % (self.rng.randrange(1, 9), service, client[1], self.stamp(at - 200)))
        self.log(at, tag, "statistics: max connection count 1 for (%s:%s) at %s" % (service, client[1], self.stamp(at - 200)))
        self.log(at, tag, "statistics: max cache size %d at %s" % (self.rng.randrange(1, 12), self.stamp(at - 150)))

    # --- the queue as it stands --------------------------------------------------------------------------------
    def entries(self):
        out = []
        for m in sorted(self.queue.values(), key=lambda m: m.at):
            if m.at > self.now:
                continue
            out.append({"id": m.id, "place": "active" if m.busyUntil > self.now or m.attempts == 0 else "deferred",
                        "arrival": int(m.at * 1000000), "sender": m.sender, "origin": m.origin, "kind": m.kind,
                        "recipients": [{"address": r["address"], "orig": r["orig"], "reason": r["reason"] or ""} for r in m.pending if r["reason"] is not None],
                        "content": m.content()})
        return out

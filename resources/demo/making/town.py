# SPDX-License-Identifier: GPL-3.0-or-later
"""The honest life around an incident: people who write and read mail, shops, cron, and the usual knocking at the door."""
import hashlib
from mailserver import MailServer

# Outside domains with their mail exchangers; all addresses are documentation addresses.
OUTSIDE = {
    "bigmail.example": [("mx1.bigmail.example", "198.51.100.21"), ("mx2.bigmail.example", "198.51.100.22")],
    "postfach.test": [("mx.postfach.test", "198.51.100.30")],
    "freemail.example": [("in1.freemail.example", "198.51.100.41"), ("in2.freemail.example", "198.51.100.42")],
    "webpost.test": [("mx01.webpost.test", "198.51.100.55")],
    "inbox.test": [("mx-in.inbox.test", "198.51.100.60")],
    "telko.example": [("mail.telko.example", "198.51.100.71")],
    "uni-seestadt.example": [("relay.uni-seestadt.example", "198.51.100.80")],
    "rathaus.test": [("mx.rathaus.test", "198.51.100.88")],
    "werft-holm.example": [("mail.werft-holm.example", "198.51.100.93")],
    "segeltuch.test": [("mx.segeltuch.test", "198.51.100.101")],
    "versand-nord.example": [("mx1.versand-nord.example", "198.51.100.110")],
    "kontor-ost.test": [("mail.kontor-ost.test", "198.51.100.118")],
    "druckerei-pape.example": [("mx.druckerei-pape.example", "198.51.100.125")],
    "steuer-krug.test": [("mx.steuer-krug.test", "198.51.100.131")],
    "mailbox-sued.example": [("mx.mailbox-sued.example", "198.51.100.140")],
    "correo.example": [("mx.correo.example", "198.51.100.152")],
    "posta.test": [("mx.posta.test", "198.51.100.160")],
    "courriel.example": [("mx.courriel.example", "198.51.100.171")],
}
FIRST = ("anna ben clara david elke finn greta hanno ida jonas karin lars mara nils olga paul ruth sven tilda uwe vera wanda "
         "yara zeno marta pierre lucia tomas irina kofi amara sanna").split()
LAST = ("albers brandt claasen dierks ehlers fock gerdes harms ibsen jansen krohn lorenz moeller niemann ohlsen petersen quast "
        "reimers stahl thoms ulrich voss wulff ziegler dubois rossi novak ivanova mensah okoro virtanen").split()
SUBJECTS = ["Termin am Donnerstag", "Rechnung 2026-1{n}", "AW: Angebot Nr. 4{n}", "Lieferung kommende Woche", "Re: minutes of the meeting",
            "Fotos vom Wochenende", "Rückfrage zur Bestellung", "WG: Protokoll", "Unterlagen für die Steuer", "Re: delivery date",
            "Anmeldung Regatta", "Probe faellt aus", "Reservierung für 6 Personen", "Datenblatt Winschen", "Re: Re: Ersatzteile"]
BODIES = ["Guten Tag,\n\nanbei wie besprochen die Unterlagen. Bitte kurz bestaetigen.\n\nViele Gruesse\n{who}\n",
          "Hello,\n\nthank you for the quick answer. Thursday at ten suits us well.\n\nKind regards\n{who}\n",
          "Moin,\n\nkurze Rueckfrage: passt die Menge so, oder sollen wir zwei Stueck mehr einplanen?\n\nGruss\n{who}\n",
          "Liebe alle,\n\ndas Protokoll der letzten Sitzung liegt bei. Aenderungen bitte bis Freitag.\n\n{who}\n"]
QUOTES = ["Koennen Sie uns bis Ende der Woche Bescheid geben?", "Die Masse stehen auf der zweiten Seite.", "We will be there at half past nine.",
          "Der Preis versteht sich zuzueglich Fracht.", "Please find the corrected list attached.", "Das Treffen beginnt um halb acht im Vereinsheim.",
          "Fuer Rueckfragen bin ich am Nachmittag erreichbar.", "Zwei Teile fehlen noch, der Rest ist verpackt.", "Thank you for the kind welcome last week.",
          "Bitte denken Sie an die Unterschrift."]
AGENTS = ["Mozilla Thunderbird", "Apple Mail (2.3774.600.62)", "Microsoft Outlook 16.0", "K-9 Mail for Android"]
BROWSERS = ["Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"]
DAY = 86400


def person(rng, domain=None):
    return "%s.%s@%s" % (rng.choice(FIRST), rng.choice(LAST), domain or rng.choice(list(OUTSIDE)))


def display(address):
    return " ".join(p.capitalize() for p in address.split("@")[0].split(".")) + " <%s>" % address


def uuid(rng):
    return "%08x-%04x-4%03x-%04x-%012x" % (rng.randrange(2**32), rng.randrange(2**16), rng.randrange(2**12),
                                           0x8000 + rng.randrange(2**14), rng.randrange(2**48))


def encoded(subject):
    try:
        subject.encode("ascii")
        return subject
    except UnicodeEncodeError:
        return "=?UTF-8?Q?" + "".join(chr(b) if 33 <= b < 127 and chr(b) not in "=?_" else "_" if b == 32 else "=%02X" % b
                                      for b in subject.encode()) + "?="


def letter(server, at, sender, recipients, subject=None, agent=None, messageId=None):
    """Head and body of a person's mail, and its Message-ID."""
    rng = server.rng
    messageId = messageId or "%s@%s" % (uuid(rng), sender.split("@")[1])
    subject = subject or rng.choice(SUBJECTS).replace("{n}", str(rng.randrange(100, 999)))
    head = ["Message-ID: <%s>" % messageId, "Date: " + server.rfc5322(at - 2), "MIME-Version: 1.0",
            "User-Agent: " + (agent or rng.choice(AGENTS)), "Content-Language: de-DE", "To: " + ", ".join(recipients),
            "From: " + display(sender), "Subject: " + encoded(subject),
            "Content-Type: text/plain; charset=UTF-8; format=flowed", "Content-Transfer-Encoding: 7bit"]
    body = rng.choice(BODIES).replace("{who}", display(sender).split(" <")[0])
    quoted = rng.sample(QUOTES, rng.randrange(0, 5))
    return head, body + ("\n" if quoted else "") + "".join("> %s\n" % line for line in quoted), messageId


def workHour(rng, day, first=7.5, last=19):
    return day + rng.uniform(first, last) * 3600 + rng.random()


class Town:
    def __init__(self, server: MailServer, midnight):
        """`midnight`: the first day's 00:00 local time as epoch."""
        self.s, self.midnight = server, midnight
        server.exchangers = dict(OUTSIDE)
        self.web = {}  # domain -> [(at, line)]
        self.phpLog = {}  # domain -> [(at, line)]

    def days(self):
        return [d for d in range(int(self.midnight), int(self.s.now) + 1, DAY)]

    # --- people ------------------------------------------------------------------------------------------------
    def writes(self, mailbox, ip, name, perDay, service="smtpd", days=None, webmail=False):
        rng, s = self.s.rng, self.s
        for day in days or self.days():
            for _ in range(rng.randrange(max(1, perDay - 1), perDay + 2)):
                s.at(workHour(rng, day), self.writeOne, mailbox, ip, name, service, webmail)

    def writeOne(self, at, mailbox, ip, name, service="smtpd", webmail=False, to=None, subject=None):
        rng, s = self.s.rng, self.s
        recipients = to or [person(rng) for _ in range(1 if rng.random() < 0.8 else 2)]
        agent = "Roundcube Webmail/1.6.9" if webmail else None
        mid = "%s@%s" % (hashlib.md5(b"%f" % at).hexdigest(), mailbox.split("@")[1]) if webmail else None
        head, body, mid = letter(s, at, mailbox, recipients, subject, agent, mid)
        client = ("localhost", "127.0.0.1") if webmail else (name, ip)
        helo = "webmail.%s" % mailbox.split("@")[1] if webmail else "[%s]" % ("192.168.178.%d" % rng.randrange(20, 60))
        return s.smtp(at, client, helo, mailbox, recipients, head, body, mid, login=mailbox, method="PLAIN", service=service,
                      tls=not webmail, vhost=mailbox.split("@")[1], kind="good")

    def gets(self, mailbox, perDay, sender=None):
        rng, s = self.s.rng, self.s
        for day in self.days():
            for _ in range(rng.randrange(max(1, perDay - 2), perDay + 3)):
                s.at(workHour(rng, day, 5, 23), self.getOne, mailbox)

    def getOne(self, at, mailbox, sender=None, subject=None):
        s, rng = self.s, self.s.rng
        sender = sender or person(rng)
        name, ip = rng.choice(OUTSIDE[sender.split("@")[1]])
        head, body, mid = letter(s, at, sender, [mailbox], subject)
        return s.smtp(at, (name, ip), name, sender, [mailbox], head, body, mid, kind="incoming")

    def reads(self, mailbox, ips, perDay, service="imap"):
        rng, s = self.s.rng, self.s
        for day in self.days():
            for _ in range(perDay):
                s.at(workHour(rng, day, 6, 23), lambda at, ip: s.dovecot(at, mailbox, ip, s.ip, service), rng.choice(ips))

    # --- programs ----------------------------------------------------------------------------------------------
    def cron(self, user, uid, job, hour, output, every=DAY, to=None):
        s = self.s
        for day in self.days():
            t = day + hour * 3600
            while t < day + DAY:
                s.at(t + 1.3 + s.rng.random(), self.cronOne, user, uid, job, output, to)
                t += every

    def cronOne(self, at, user, uid, job, output, to):
        s = self.s
        here = "%s@%s" % (user, s.host)
        head = ["From: \"(Cron Daemon)\" <%s>" % user, "To: %s" % user, "Subject: Cron <%s@%s> %s" % (user, s.short, job), "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=UTF-8", "Auto-Submitted: auto-generated", "Precedence: bulk",
                "X-Cron-Env: <SHELL=/bin/sh>", "X-Cron-Env: <HOME=/root>", "X-Cron-Env: <LOGNAME=%s>" % user]
        s.pickup(at, uid, user, here, [to or here], head, output, kind="good")

    def wordpress(self, domain, uid, user, title, owner, root, perDay, phpVersion="6.9.1"):
        """A site with readers: comments to moderate, one by one, each with its POST."""
        rng = self.s.rng
        for day in self.days():
            for _ in range(rng.randrange(max(1, perDay - 1), perDay + 2)):
                self.s.at(workHour(rng, day, 8, 22), self.comment, domain, uid, user, title, owner, root)

    def comment(self, at, domain, uid, user, title, owner, root, kind="good", client=None, agent=None):
        rng = self.s.rng
        post = rng.choice(["Herbstkonzert", "Neue Noten", "Sommerfest", "Probenplan", "Jahresrueckblick"])
        ip = client or "203.0.113.%d" % rng.randrange(60, 120)
        self.request(at - 0.6, domain, ip, "GET /%s/ HTTP/2.0" % post.lower(), 200, rng.randrange(9000, 30000), "-", agent)
        self.request(at, domain, ip, "POST /wp-comments-post.php HTTP/2.0", 302, 0, "https://%s/%s/" % (domain, post.lower()), agent)
        body = ("A new comment on the post \"%s\" is waiting for your approval\nhttps://%s/%s/\n\nAuthor: %s (IP address: %s)\n"
                "Email: %s\nComment:\nWie schoen, bis bald!\n\nApprove it: https://%s/wp-admin/comment.php?action=approve&c=%d#wpbody-content\n"
                ) % (post, domain, post.lower(), rng.choice(FIRST).capitalize(), ip, person(rng), domain, rng.randrange(200, 900))
        return self.phpMail(at + 0.4, domain, uid, user, owner, '[%s] Please moderate: "%s"' % (title, post), body, root, kind)

    def phpMail(self, at, domain, uid, user, to, subject, body, root, kind="good", sender=None, extra=(), php="PHPMailer.php",
                envelope=None, fromName="WordPress", vhost=None, path=None, line=874):
        """PHP's mail() through PHPMailer, as WordPress calls it."""
        s, rng = self.s, self.s.rng
        sender = sender or "wordpress@" + domain
        mid = s.letters(41) + "@" + (vhost or domain)
        own = ["Date: " + s.rfc5322(at), "From: %s <%s>" % (fromName, sender), "Message-ID: <%s>" % mid,
               "X-Mailer: PHPMailer 6.9.1 (https://github.com/PHPMailer/PHPMailer)", "MIME-Version: 1.0"] + list(extra) + [
               "Content-Type: text/plain; charset=UTF-8"]
        head = ["To: " + to, "Subject: " + encoded(subject), "X-PHP-Originating-Script: %d:%s" % (uid, php)] + own
        self.mailLogged(at, domain, path or root + "/wp-includes/PHPMailer/PHPMailer.php", line, to, own, subject)
        return s.pickup(at + 0.05, uid, user, envelope or "%s@%s" % (user, s.host), [to], head, body, messageId=mid, vhost=domain, kind=kind)

    def mailLogged(self, at, domain, path, line, to, headers, subject):
        if domain in self.phpLog:
            from datetime import datetime
            stamp = datetime.fromtimestamp(int(at), self.s.zone).strftime("%d-%b-%Y %H:%M:%S")
            self.phpLog[domain].append((at, "[%s %s] mail() on [%s:%d]: To: %s -- Headers: %s -- Subject: %s\n" % (
                stamp, self.phpZone, path, line, to, "  ".join(headers), encoded(subject))))

    phpZone = "Europe/Berlin"

    # --- web ---------------------------------------------------------------------------------------------------
    def request(self, at, domain, ip, line, status, size, referer="-", agent=None):
        from datetime import datetime
        stamp = datetime.fromtimestamp(int(at), self.s.zone).strftime("%d/%b/%Y:%H:%M:%S %z")
        self.web.setdefault(domain, []).append((at, '%s - - [%s] "%s" %d %d "%s" "%s"\n' % (
            ip, stamp, line, status, size, referer, agent or BROWSERS[sum(ip.encode()) % len(BROWSERS)])))

    def visitors(self, domain, pages, perDay):
        rng = self.s.rng
        for day in self.days():
            for _ in range(perDay):
                at = workHour(rng, day, 6, 23.9)
                ip = "203.0.113.%d" % rng.randrange(60, 120)
                for _ in range(rng.randrange(1, 4)):
                    self.request(at, domain, ip, "GET %s HTTP/2.0" % rng.choice(pages), 200 if rng.random() < 0.95 else 304,
                                 rng.randrange(800, 40000), "https://%s/" % domain)
                    at += rng.uniform(0.3, 40)
            for _ in range(4):
                self.request(day + rng.uniform(0, DAY), domain, "192.0.2.%d" % rng.randrange(200, 210), "GET /robots.txt HTTP/1.1", 200, 68, "-",
                             "Mozilla/5.0 (compatible; wanderbot/2.1; +https://wanderbot.example/bot)")
            for _ in range(6):
                self.request(day + rng.uniform(0, DAY), domain, "192.0.2.%d" % rng.randrange(10, 60), "POST /xmlrpc.php HTTP/1.1", 403, 199, "-", "python-requests/2.31.0")

    # --- the knocking at the door ------------------------------------------------------------------------------
    def noise(self, accounts, strangers, perDay):
        rng, s = self.s.rng, self.s
        for day in self.days():
            net = rng.randrange(2, 240)
            for _ in range(perDay):
                at = day + rng.uniform(0, DAY)
                client = ("unknown", "192.0.2.%d" % rng.choice([net, rng.randrange(2, 250)]))
                if rng.random() < 0.6:
                    s.at(at, s.failedLogin, client, rng.choice(strangers), False)
                else:
                    s.at(at, s.failedLogin, client, rng.choice(accounts), True)
            for _ in range(perDay // 2):
                s.at(day + rng.uniform(0, DAY), s.knock, ("unknown", "192.0.2.%d" % rng.randrange(2, 250)))
            for _ in range(perDay // 3):
                client = ("host-%d.pool.test" % rng.randrange(2, 250), "192.0.2.%d" % rng.randrange(2, 250))
                draw = rng.randrange(3)
                account = rng.choice(accounts)
                stranger = person(rng)
                words = ("554 5.7.1 Service unavailable; Client host [%s] blocked using rbl.watch.example" % client[1],
                         "554 5.7.1 <%s>: Relay access denied" % stranger,
                         "550 5.1.1 <%s>: Recipient address rejected: User unknown in virtual mailbox table" % ("x" + account))[draw]
                s.at(day + rng.uniform(0, DAY), s.reject, client, "win-%s" % s.letters(6).lower(), person(rng),
                     (account, stranger, "x" + account)[draw], words)
            for _ in range(12):
                s.at(day + rng.uniform(0, DAY), s.anvil, ("unknown", "192.0.2.%d" % rng.randrange(2, 250)))
            for _ in range(8):
                s.at(day + rng.uniform(0, DAY), s.saslauthdStart)

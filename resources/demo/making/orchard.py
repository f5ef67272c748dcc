# SPDX-License-Identifier: GPL-3.0-or-later
"""Incident orchard: a WordPress site has been hacked; a dropped script mails through PHP's mail() whenever it is called."""
import hashlib
from server import Subscription
from town import Town, person, DAY

NAME = "orchard"
HOST = "vps218.streuobst-server.example"
IP = "203.0.113.18"
ZONE = -300
ZONENAME = "EST"
SEED = 218
HANDLERS = "/usr/lib/plesk-9.0/psa-pc-remote"
RELEASE = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n'
OS = "Debian 12.8 x86_64"
KERNEL = "6.1.0-28-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)"
MAILVERSION = "3.7.11"
PHPZONE = "America/Toronto"
DAY1 = 1794805200  # Mon 16 Nov 2026 00:00 -0500
CUTS = (DAY1 + 6 * 3600 + 1503, DAY1 + DAY + 3 * 3600 + 847, DAY1 + 2 * DAY + 3 * 3600 + 852)
BLOCK = DAY1 + 2 * DAY + 9 * 3600 + 4 * 60 + 41
NOW = DAY1 + 2 * DAY + 10 * 3600 + 41 * 60 + 5
DROP = DAY1 + DAY + 22 * 3600 + 31 * 60 + 17
PROVIDER = {"name": "Baumwart Cloud", "domain": "baumwart-cloud.example"}
SUBSCRIPTIONS = [Subscription(10001, "mosterei", "mosterei-kern.example"), Subscription(10002, "lindhof", "obsthof-lind.example", "wordpress"),
                 Subscription(10003, "imkerei", "imkerei-blum.example", "wordpress"), Subscription(10004, "baumschule", "baumschule-ast.example")]
SITE = SUBSCRIPTIONS[1]
SCRIPT = SITE.root() + "/wp-content/uploads/2026/09/wp-tmp.php"
MAILBOXES = ["info@mosterei-kern.example", "versand@mosterei-kern.example", "hofladen@obsthof-lind.example", "lind@obsthof-lind.example",
             "honig@imkerei-blum.example", "buero@baumschule-ast.example", "planung@baumschule-ast.example"]
PHPLOG = {"obsthof-lind.example": "/var/www/vhosts/system/obsthof-lind.example/logs/php-mail.log"}
SESSIONS = {"hofladen@obsthof-lind.example": ["203.0.113.82"]}
CALLERS = ["192.0.2.211", "192.0.2.87", "203.0.113.239"]
LURES = [("Your mailbox is almost full", "https://mailbox-quota.{dom}/{tok}"), ("Unpaid toll notice", "https://toll-pay.{dom}/{tok}"),
         ("Signature required: document {n}", "https://sign.{dom}/{tok}"), ("Security alert for your account", "https://verify.{dom}/{tok}")]
FORGED = ["account-desk.test", "delivery-post.example", "docs-share.test", "bank-service.example"]


def files(tree):
    """What the intruder left; the payload itself is not part of this invention."""
    text = "<?php\n// dropped by the intruder; the payload has been left out of this invented server\n" + "$part = '%s';\n" % hashlib.sha256(b"orchard").hexdigest()
    tree.file(SCRIPT, text, SITE.user, "psacln", DROP)
    tree.file(SITE.root() + "/wp-content/uploads/2026/09/.cache.php", "<?php // left empty\n", SITE.user, "psacln", DROP + 41)
    tree.stub(SITE.root() + "/wp-content/plugins/fruit-gallery/fruit-gallery.php", 4180, SITE.user, "psacln", DROP - 300 * DAY)
    tree.stub(SITE.root() + "/wp-content/plugins/fruit-gallery/upload.php", 2207, SITE.user, "psacln", DROP - 300 * DAY)


def mailing(at, town, caller):
    """One call of the script: a batch of mails within some seconds."""
    rng = town.s.rng
    count = rng.randrange(3, 9)
    town.request(at, SITE.domain, caller, "POST /wp-content/uploads/2026/09/wp-tmp.php HTTP/1.1", 200, rng.randrange(18, 60), "-",
                 "python-requests/2.28.2")
    for n in range(count):
        town.s.at(at + 0.4 + n * rng.uniform(0.5, 1.1), one, town)


def one(at, town):
    s, rng = town.s, town.s.rng
    subject, link = rng.choice(LURES)
    number = str(rng.randrange(1000, 9999))
    dom = rng.choice(FORGED)
    subject = subject.replace("{n}", number)
    to = person(rng)
    own = ["From: %s <%s@%s>" % (rng.choice(["Support", "Notice", "Postal Desk", "Billing"]), rng.choice(["no-reply", "notice", "service"]), dom),
           "Reply-To: " + person(rng, dom), "MIME-Version: 1.0", "Content-Type: text/html; charset=UTF-8", "X-Priority: 1"]
    head = ["To: " + to, "Subject: " + subject, "X-PHP-Originating-Script: %d:wp-tmp.php(1) : eval()'d code" % SITE.uid] + own
    body = "<html><body><p>%s</p><p><a href=\"%s\">Continue</a></p></body></html>\n" % (
        subject, link.replace("{dom}", dom).replace("{tok}", hashlib.sha1(b"%f" % at).hexdigest()[:18]))
    town.mailLogged(at, SITE.domain, SCRIPT + "(1) : eval()'d code", 1, to, own, subject)
    s.pickup(at + 0.04, SITE.uid, SITE.user, "%s@%s" % (SITE.user, s.host), [to], head, body, vhost=SITE.domain, kind="spam")


def build(s):
    rng = s.rng
    town = Town(s, DAY1)
    town.phpZone = PHPZONE
    town.phpLog = {d: [] for d in PHPLOG}
    s.localDomains = {d for sub in SUBSCRIPTIONS for d in sub.sites}
    s.blockedFrom = BLOCK
    homes = {"mosterei-kern.example": ("203.0.113.81", "kelter.nordnetz.test"), "obsthof-lind.example": ("203.0.113.82", "hof82.nordnetz.test"),
             "imkerei-blum.example": ("203.0.113.83", "dyn83.nordnetz.test"), "baumschule-ast.example": ("203.0.113.84", "ast.fiber.test")}
    for box in MAILBOXES:
        ip, name = homes[box.split("@")[1]]
        town.writes(box, ip, name, 5, rng.choice(["smtpd", "smtps/smtpd"]), webmail=box.startswith("honig"))
        town.gets(box, rng.choice([3, 4]))
        town.reads(box, [ip, ip, "203.0.113.%d" % rng.randrange(60, 120)], 5)
    town.noise(MAILBOXES, ["admin@obsthof-lind.example", "test", "sales@mosterei-kern.example"], 24)
    town.cron("root", 0, "/usr/local/bin/nightly-dump", 2.25, "dump: ok\n")
    town.cron("imkerei", 10003, "php /var/www/vhosts/imkerei-blum.example/httpdocs/wp-cron.php", 5.5, "done\n")
    town.wordpress("obsthof-lind.example", SITE.uid, SITE.user, "Obsthof Lind", "lind@obsthof-lind.example", SITE.root(), 4)
    town.wordpress("imkerei-blum.example", 10003, "imkerei", "Imkerei Blum", "blum.imkerei@postfach.test", SUBSCRIPTIONS[2].root(), 5)
    for sub in SUBSCRIPTIONS:
        town.visitors(sub.domain, ["/", "/sorten/", "/kontakt/", "/oeffnungszeiten/"], 10)
    # A shop's order confirmations, sent by its own program.
    for n in range(70):
        at = DAY1 + rng.uniform(0.3, 2.44) * DAY
        s.at(at, order, town, n)
    # The way in, and the first trial.
    for n, (line, status, size) in enumerate([("GET /wp-content/plugins/fruit-gallery/readme.txt HTTP/1.1", 200, 1811),
                                              ("POST /wp-content/plugins/fruit-gallery/upload.php HTTP/1.1", 200, 74),
                                              ("GET /wp-content/uploads/2026/09/wp-tmp.php HTTP/1.1", 200, 0)]):
        s.at(DROP - 6 + n * 3, lambda at, l, c, z: town.request(at, SITE.domain, CALLERS[0], l, c, z, "-", "Go-http-client/1.1"), line, status, size)
    s.at(DROP + 70, mailing, town, CALLERS[0])
    t = DROP + 3 * 3600
    while t < NOW - 5:
        busy = t > BLOCK - 3 * 3600
        s.at(t, mailing, town, rng.choice(CALLERS[1:]))
        t += rng.uniform(90, 200) if busy else rng.uniform(900, 2600)
    for n in range(26):
        box = rng.choice(MAILBOXES)
        ip, name = homes[box.split("@")[1]]
        s.at(BLOCK + rng.uniform(-300, 5400), town.writeOne, box, ip, name, "smtpd", box.startswith("honig"))
    for n in range(5):
        s.at(BLOCK + rng.uniform(0, 5000), town.comment, "imkerei-blum.example", 10003, "imkerei", "Imkerei Blum", "blum.imkerei@postfach.test", SUBSCRIPTIONS[2].root())
        s.at(BLOCK + rng.uniform(0, 5000), order, town, 100 + n)
    return town


def order(at, town, n):
    sub = SUBSCRIPTIONS[0]
    to = person(town.s.rng)
    ip = "203.0.113.%d" % town.s.rng.randrange(60, 120)
    town.request(at - 0.7, sub.domain, ip, "POST /bestellung/abschliessen HTTP/2.0", 302, 0, "https://%s/warenkorb" % sub.domain)
    town.phpMail(at, sub.domain, sub.uid, sub.user, to, "Ihre Bestellung %d bei der Mosterei Kern" % (70200 + n), "Vielen Dank fuer Ihre Bestellung.\n\nIhre Mosterei Kern\n",
                 sub.root(), sender="versand@mosterei-kern.example", fromName="Mosterei Kern", path=sub.root() + "/shop/vendor/PHPMailer.php")

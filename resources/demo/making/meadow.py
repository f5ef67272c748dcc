# SPDX-License-Identifier: GPL-3.0-or-later
"""Incident meadow: nobody broke in; bots register at an open WordPress forum, and it mails login details to whatever address they typed."""
from server import Subscription
from town import Town, person, FIRST, DAY

NAME = "meadow"
HOST = "web07.wiesenserver.example"
IP = "203.0.113.7"
ZONE = 60
ZONENAME = "CET"
SEED = 707
HANDLERS = "psa-pc-remote"
RELEASE = 'PRETTY_NAME="Ubuntu 22.04.5 LTS"\nNAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION="22.04.5 LTS (Jammy Jellyfish)"\nVERSION_CODENAME=jammy\nID=ubuntu\nID_LIKE=debian\n'
OS = "Ubuntu 22.04 x86_64"
KERNEL = "5.15.0-126-generic #136-Ubuntu SMP Wed Nov 6 10:38:22 UTC 2024"
MAILVERSION = "3.6.4"
PHPZONE = "Europe/Vienna"
DAY1 = 1794178800  # Mon 9 Nov 2026 00:00 +0100
CUTS = (DAY1 + 6 * 3600 + 1503, DAY1 + DAY + 3 * 3600 + 847, DAY1 + 2 * DAY + 3 * 3600 + 852)
BLOCK = DAY1 + 2 * DAY + 12 * 3600 + 18 * 60 + 3
NOW = DAY1 + 2 * DAY + 14 * 3600 + 2 * 60 + 48
WAVE = DAY1 + 2 * DAY + 5 * 3600 + 20 * 60
PROVIDER = {"name": "Feldrain Rechenzentrum", "domain": "feldrain-rz.example"}
SUBSCRIPTIONS = [Subscription(10001, "alpenhof", "alpenhof-klee.example"), Subscription(10002, "heu", "heu-und-stroh.example", "wordpress"),
                 Subscription(10003, "wiese", "wiesenblick-forum.example", "wordpress"), Subscription(10004, "schaf", "schafwolle-bach.example")]
SITE = SUBSCRIPTIONS[2]
TITLE = "Wiesenblick Forum"
OWNER = "verwaltung@wiesenblick-forum.example"
MAILBOXES = ["rezeption@alpenhof-klee.example", "kueche@alpenhof-klee.example", "bestellung@heu-und-stroh.example", OWNER,
             "wolle@schafwolle-bach.example", "bach@schafwolle-bach.example"]
PHPLOG = {}
SESSIONS = {}


def register(at, town, ip, name, address, kind="spam"):
    """A registration is one POST and two mails: to the owner, and to the address that was typed. People look around first."""
    s, rng = town.s, town.s.rng
    if kind == "good":
        for before, target, size in ((310, "/", 14210), (309.4, "/wp-content/themes/wiese/style.css?ver=6.9", 22718),
                                     (309.1, "/wp-content/uploads/2026/04/wiese.jpg", 80411), (140, "/forum/", 18377)):
            town.request(at - before, SITE.domain, ip, "GET %s HTTP/2.0" % target, 200, size, "https://%s/" % SITE.domain)
    town.request(at - 1.2, SITE.domain, ip, "GET /wp-login.php?action=register HTTP/1.1", 200, rng.randrange(5200, 5400), "https://%s/" % SITE.domain)
    town.request(at, SITE.domain, ip, "POST /wp-login.php?action=register HTTP/1.1", 302, 0, "https://%s/wp-login.php?action=register" % SITE.domain)
    body = "New user registration on your site %s:\n\nUsername: %s\n\nEmail: %s\n" % (TITLE, name, address)
    town.phpMail(at + 0.3, SITE.domain, SITE.uid, SITE.user, OWNER, "[%s] New User Registration" % TITLE, body, SITE.root(), kind)
    body = ("Username: %s\n\nTo set your password, visit the following address:\n\nhttps://%s/wp-login.php?login=%s&key=%s&action=rp\n\nhttps://%s/wp-login.php\n"
            ) % (name, SITE.domain, name, s.letters(20), SITE.domain)
    town.phpMail(at + 0.7, SITE.domain, SITE.uid, SITE.user, address, "[%s] Login Details" % TITLE, body, SITE.root(), kind)


def bot(at, town, hosts):
    rng = town.s.rng
    name = rng.choice(FIRST).capitalize() + town.s.letters(rng.randrange(3, 6)) + str(rng.randrange(100, 9999))
    address = person(rng) if rng.random() < 0.7 else "%s%d@%s" % (town.s.letters(8).lower(), rng.randrange(99), rng.choice(["inbox.test", "freemail.example", "posta.test"]))
    register(at, town, rng.choice(hosts), name, address)


def reset(at, town, address):
    ip = "203.0.113.%d" % town.s.rng.randrange(60, 120)
    town.request(at, SITE.domain, ip, "POST /wp-login.php?action=lostpassword HTTP/2.0", 302, 0, "https://%s/wp-login.php?action=lostpassword" % SITE.domain)
    body = "Someone has requested a password reset for the following account:\n\nSite Name: %s\n\nIf this was a mistake, ignore this email and nothing will happen.\n" % TITLE
    town.phpMail(at + 0.4, SITE.domain, SITE.uid, SITE.user, address, "[%s] Password Reset" % TITLE, body, SITE.root(), "good")


def build(s):
    rng = s.rng
    town = Town(s, DAY1)
    town.phpZone = PHPZONE
    s.localDomains = {d for sub in SUBSCRIPTIONS for d in sub.sites}
    s.blockedFrom = BLOCK
    s.spamRates = (0.34, 0.37, 0.42)
    homes = {"alpenhof-klee.example": ("203.0.113.91", "klee.alpnet.test"), "heu-und-stroh.example": ("203.0.113.92", "dyn92.alpnet.test"),
             "wiesenblick-forum.example": ("203.0.113.93", "dyn93.alpnet.test"), "schafwolle-bach.example": ("203.0.113.94", "bach.alpnet.test")}
    for box in MAILBOXES:
        ip, name = homes[box.split("@")[1]]
        town.writes(box, ip, name, 5, "submission/smtpd")
        town.gets(box, 4)
        town.reads(box, [ip, ip, "2001:db8:91::%x" % rng.randrange(2, 99)], 5)
    town.noise(MAILBOXES, ["info@alpenhof-klee.example", "admin", "shop@heu-und-stroh.example"], 22)
    town.cron("root", 0, "/usr/local/bin/rotate-dumps", 1.75, "3 dumps kept\n")
    town.wordpress("heu-und-stroh.example", 10002, "heu", "Heu und Stroh", "bestellung@heu-und-stroh.example", SUBSCRIPTIONS[1].root(), 5)
    for sub in SUBSCRIPTIONS:
        town.visitors(sub.domain, ["/", "/forum/", "/kontakt/", "/anfahrt/", "/preise/"], 9)
    # People register now and then; bots in a wave, from everywhere.
    for day in town.days():
        for _ in range(3):
            s.at(day + rng.uniform(8, 21) * 3600, register, town, "203.0.113.%d" % rng.randrange(60, 120), rng.choice(FIRST) + str(rng.randrange(50, 99)), person(rng), "good")
    hosts = ["192.0.2.%d" % rng.randrange(2, 250) for _ in range(40)] + ["2001:db8:%x::%x" % (rng.randrange(0x100, 0xffff), rng.randrange(2, 0xffff)) for _ in range(25)]
    t = WAVE
    while t < NOW - 5:
        s.at(t, bot, town, hosts)
        t += rng.expovariate(1 / (95 if t < BLOCK - 3 * 3600 else 38))
    s.at(BLOCK + 1500, reset, town, "mara.stahl@telko.example")
    s.at(BLOCK + 3300, reset, town, "jonas.ibsen@uni-seestadt.example")
    for n in range(30):
        box = rng.choice(MAILBOXES)
        ip, name = homes[box.split("@")[1]]
        s.at(BLOCK + rng.uniform(-300, 5800), town.writeOne, box, ip, name, "submission/smtpd")
    return town

# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts every Plesk-like server has: accounts, Postfix settings, Plesk's database, vhosts and their logs."""
from tree import Tree, pack

BASE = """root:x:0:0:root:/root:/bin/bash
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
mail:x:8:12:mail:/var/spool/mail:/sbin/nologin
popuser:x:30:31:POP3 service user:/var/qmail/popuser:/sbin/nologin
apache:x:48:48:Apache:/usr/share/httpd:/sbin/nologin
dovecot:x:97:97:Dovecot IMAP server:/usr/libexec/dovecot:/sbin/nologin
postfix:x:89:89::/var/spool/postfix:/sbin/nologin
sshd:x:74:74:Privilege-separated SSH:/usr/share/empty.sshd:/sbin/nologin
nginx:x:976:974:nginx web server:/var/cache/nginx:/sbin/nologin
psaadm:x:979:977:Plesk user:/usr/local/psa/admin:/sbin/nologin
psaftp:x:978:976:anonftp psa user:/:/sbin/nologin
mysql:x:27:27:MySQL Server:/var/lib/mysql:/sbin/nologin
mailman:x:41:41:GNU Mailing List Manager:/usr/lib/mailman:/sbin/nologin
"""
GROUPS = """root:x:0:
bin:x:1:
daemon:x:2:
mail:x:12:postfix
mysql:x:27:
popuser:x:31:
mailman:x:41:
apache:x:48:
sshd:x:74:
postfix:x:89:
postdrop:x:90:
dovecot:x:97:
nginx:x:974:
psaftp:x:976:
psaadm:x:977:
psaserv:x:1001:apache,psaftp,psaadm,nginx
psacln:x:1003:
"""
POSTCONF = """alias_database = hash:/etc/aliases
alias_maps = hash:/etc/aliases, hash:/var/spool/postfix/plesk/aliases
authorized_flush_users =
authorized_mailq_users =
command_directory = /usr/sbin
compatibility_level = 2
daemon_directory = /usr/libexec/postfix
data_directory = /var/lib/postfix
debug_peer_level = 2
disable_vrfy_command = yes
html_directory = no
inet_interfaces = all
inet_protocols = all
mail_owner = postfix
mailbox_size_limit = 0
mailman_destination_recipient_limit = 1
mailq_path = /usr/bin/mailq.postfix
meta_directory = /etc/postfix
milter_connect_timeout = 30s
milter_content_timeout = 300s
milter_default_action = accept
mydestination = localhost.$mydomain, localhost, localhost.localdomain
myhostname = {host}
mynetworks =
newaliases_path = /usr/bin/newaliases.postfix
non_smtpd_milters = , inet:127.0.0.1:12768
plesk_virtual_destination_recipient_limit = 1
queue_directory = /var/spool/postfix
recipient_canonical_classes = envelope_recipient,header_recipient
recipient_canonical_maps = tcp:127.0.0.1:12346
sender_dependent_default_transport_maps = hash:/var/spool/postfix/plesk/sdd_transport_maps
sendmail_path = /usr/sbin/sendmail.postfix
setgid_group = postdrop
smtp_tls_security_level = may
smtpd_milters = , inet:127.0.0.1:12768
smtpd_recipient_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_auth_enable = yes
smtpd_sender_restrictions = check_sender_access hash:/var/spool/postfix/plesk/blacklists, permit_sasl_authenticated
smtpd_timeout = 3600s
smtpd_tls_cert_file = /etc/postfix/postfix.pem
smtpd_tls_key_file = $smtpd_tls_cert_file
smtpd_tls_security_level = may
transport_maps = , hash:/var/spool/postfix/plesk/transport
unknown_local_recipient_reject_code = 550
virtual_alias_maps = $virtual_maps, hash:/var/spool/postfix/plesk/virtual
virtual_gid_maps = static:31
virtual_mailbox_base = /var/qmail/mailnames
virtual_mailbox_domains = $virtual_mailbox_maps, hash:/var/spool/postfix/plesk/virtual_domains
virtual_mailbox_limit = 0
virtual_mailbox_maps = , hash:/var/spool/postfix/plesk/vmailbox
virtual_transport = plesk_virtual
virtual_uid_maps = static:30
"""
CORE = """index.php 405
license.txt 19903
readme.html 7425
wp-activate.php 7387
wp-blog-header.php 351
wp-comments-post.php 2323
wp-cron.php 5617
wp-links-opml.php 2493
wp-load.php 3937
wp-login.php 51414
wp-mail.php 8727
wp-settings.php 30081
wp-signup.php 34516
wp-trackback.php 5102
xmlrpc.php 3205
wp-admin/index.php 7780
wp-admin/admin-ajax.php 5010
wp-admin/comment.php 11476
wp-includes/pluggable.php 124880
wp-includes/version.php 1098
wp-includes/PHPMailer/PHPMailer.php 188384
wp-includes/PHPMailer/SMTP.php 49221
wp-includes/PHPMailer/Exception.php 1256
wp-content/index.php 28
wp-content/plugins/index.php 28
wp-content/plugins/akismet/akismet.php 2899
wp-content/plugins/akismet/class.akismet.php 73614
wp-content/themes/index.php 28
wp-content/themes/twentytwentyfive/functions.php 4923
wp-content/themes/twentytwentyfive/style.css 3410
wp-content/uploads/2026/09/header-1200x480.jpg 182211
wp-content/uploads/2026/10/flyer.pdf 90233
wp-content/uploads/2026/10/gruppe-768x512.jpg 71245
wp-content/uploads/2026/11/plan.png 44120
"""


class Subscription:
    def __init__(self, uid, user, domain, kind="static", sites=()):
        self.uid, self.user, self.domain, self.kind = uid, user, domain, kind
        self.sites = [domain] + list(sites)

    def root(self, site=None):
        site = site or self.domain
        return "/var/www/vhosts/%s/%s" % (self.domain, "httpdocs" if site == self.domain else site)


def accounts(tree, subscriptions):
    users = "".join("%s:x:%d:1003::/var/www/vhosts/%s:/bin/false\n" % (s.user, s.uid, s.domain) for s in subscriptions)
    tree.file("/etc/passwd", BASE + users)
    tree.file("/etc/group", GROUPS)


def wordpress(tree, sub, root, when):
    for line in CORE.strip().split("\n"):
        path, size = line.split()
        tree.stub(root + "/" + path, int(size), sub.user, "psacln", when)
    tree.file(root + "/wp-config.php", "<?php\ndefine('DB_NAME', 'wp_%s');\ndefine('DB_USER', 'wp_%s');\ndefine('DB_PASSWORD', 'invented');\n"
              "$table_prefix = 'wp_';\nrequire_once ABSPATH . 'wp-settings.php';\n" % (sub.user, sub.user), sub.user, "psacln", when, 0o100640)
    for folder in [p for p in tree.nodes if p.startswith(root + "/") and tree.nodes[p][6] == "-"]:
        tree.nodes[folder][1:4] = [sub.user, "psacln", int(when)]


def vhosts(tree, subscriptions, installed):
    tree.dir("/var/www/vhosts", 0o40755)
    tree.dir("/var/www/vhosts/system", 0o40755)
    for n, sub in enumerate(subscriptions):
        when = installed + (n + 1) * 8 * 86400
        home = "/var/www/vhosts/" + sub.domain
        tree.dir(home, 0o40710, sub.user, "psaserv", when)
        for site in sub.sites:
            root = sub.root(site)
            tree.dir(root, 0o40750, sub.user, "psaserv", when)
            if sub.kind == "wordpress":
                wordpress(tree, sub, root, when)
            else:
                tree.file(root + "/index.html", "<!doctype html>\n<title>%s</title>\n<h1>%s</h1>\n" % (site, site), sub.user, "psacln", when)
                tree.stub(root + "/css/style.css", 5120, sub.user, "psacln", when)
                tree.stub(root + "/img/logo.svg", 3313, sub.user, "psacln", when)
            tree.dir("/var/www/vhosts/system/" + site, 0o40755, "root", "root", when)
            tree.dir("/var/www/vhosts/system/%s/logs" % site, 0o40700, sub.user, "psaserv", when)
            tree.dir("/var/www/vhosts/system/%s/etc" % site, 0o40755, "root", "root", when)
        tree.link(home + "/logs", "../system/%s/logs" % sub.domain)


def phpIni(tree, sub, log, zone):
    tree.file("/var/www/vhosts/system/%s/etc/php.ini" % sub.domain,
              "; PHP settings of the domain, written by the panel\ndate.timezone = %s\nmail.add_x_header = On\nmail.log = %s\n"
              "memory_limit = 128M\nopen_basedir = {WEBSPACEROOT}{/}{:}{TMP}{/}\n" % (zone, log))


def webLogs(tree, town, subscriptions, rotated, now):
    """Today's requests are in the live file, those before the nightly run in .processed; nginx in front writes proxy_*."""
    for sub in subscriptions:
        for site in sub.sites:
            folder = "/var/www/vhosts/system/%s/logs/" % site
            lines = sorted((l for l in town.web.get(site, []) if l[0] <= now), key=lambda l: l[0])
            old = "".join(l[1] for l in lines if l[0] < rotated)
            live = [l for l in lines if l[0] >= rotated]
            last = live[-1][0] if live else rotated
            for name, text, when in (("access_ssl_log", "".join(l[1] for l in live).replace(" HTTP/2.0\"", " HTTP/1.0\""), last),
                                     ("access_ssl_log.processed", old.replace(" HTTP/2.0\"", " HTTP/1.0\""), rotated),
                                     ("proxy_access_ssl_log", "".join(l[1] for l in live), last), ("access_log", "", rotated), ("error_log", "", rotated)):
                tree.file(folder + name, text, "root", "root", when)


def mailLogs(tree, server, cuts, now):
    """cuts: start of .processed.1.gz, start of .processed, start of the live file."""
    oldest, middle, live = cuts
    tree.file("/var/log/maillog.processed.1.gz", pack(server.written(oldest, middle).encode()), mtime=middle + 61, mode=0o100600)
    tree.file("/var/log/maillog.processed", server.written(middle, live), mtime=live + 58, mode=0o100600)
    tree.file("/var/log/maillog", server.written(live, now + 1), mtime=now - 1, mode=0o100600)


def common(tree, host, release, plesk):
    tree.file("/etc/os-release", release)
    tree.file("/etc/hostname", host + "\n")
    tree.file("/etc/psa/psa.conf", "# Plesk configuration\nPRODUCT_ROOT_D /usr/local/psa\nPLESK_MAILNAMES_D /var/qmail/mailnames\n"
              "HTTPD_VHOSTS_D /var/www/vhosts\nDUMP_D /var/lib/psa/dumps\nMYSQL_BIN_D /usr/bin\n")
    tree.file("/etc/psa/.psa.shadow", "$AES-128-CBC$invented$invented\n", "psaadm", "psaadm", mode=0o100600)
    tree.file("/usr/local/psa/version", plesk + "\n")
    tree.file("/etc/postfix/main.cf", POSTCONF.replace("{host}", host))
    for folder in ("/tmp", "/root", "/var/spool/postfix/deferred", "/var/qmail/mailnames"):
        tree.dir(folder)


def mailnames(tree, mailboxes):
    for box in sorted(mailboxes):
        name, domain = box.split("@")
        tree.dir("/var/qmail/mailnames/%s/%s/Maildir" % (domain, name), 0o40700, "popuser", "popuser")

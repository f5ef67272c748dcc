# SPDX-License-Identifier: GPL-3.0-or-later
# The server under incident: real daemons from Debian's packages, configured like a small hosting machine.

password_of() { printf 'pw-%s-%s' "$seed" "$(printf %s "$1" | cksum | cut -d' ' -f1)"; }
php_log=/var/log/php-mail.log

start_server() {
  ln -snf "/usr/share/zoneinfo/$zone" /etc/localtime; echo "$zone" >/etc/timezone
  accounts; lay_sites; own_homes; start_web & local web=$!
  write_syslog; write_dovecot; write_postfix; write_php; write_ssh
  on_server rsyslogd -f /run/lab/rsyslog.conf -i /run/lab/rsyslog.pid
  on_server postfix start >/dev/null 2>&1 || { postfix check; exit 1; }
  on_server dovecot -c /run/lab/dovecot.conf
  on_server /usr/sbin/sshd -f /run/lab/sshd_config
  local n
  for n in $(seq 100); do
    (exec 3<>/dev/tcp/$server_address/587) 2>/dev/null && (exec 3<>/dev/tcp/$server_address/22) 2>/dev/null && [ -S /var/spool/postfix/private/auth ] && { wait "$web"; return; }
    sleep 0.1
  done
  echo "lab: the server did not come up" >&2; exit 1
}

accounts() {
  groupadd -g 2000 psacln
  useradd -M -u "$site_uid" -g psacln -d "/var/www/vhosts/$site" -s /bin/false "$site_user"
  useradd -M -u "$other_uid" -g psacln -d "/var/www/vhosts/$other_site" -s /bin/false "$other_user"
  useradd -M -u 2100 -g psacln -d /var/mail/vhosts -s /usr/sbin/nologin popuser
  mkdir -p /var/mail/vhosts "/var/www/vhosts/$site/httpdocs" "/var/www/vhosts/$other_site/httpdocs"; chown popuser /var/mail/vhosts
}
own_homes() { chown "$site_user:psacln" "/var/www/vhosts/$site"; chown "$other_user:psacln" "/var/www/vhosts/$other_site"; }

# The statistics job of Plesk moves what it has read into .processed; others rename and start a new file.
rotate_logs() {
  local web
  case $rotation in
    processed) for web in "$log" /var/www/vhosts/system/*/logs/access*_log; do [ ! -f "$web" ] || { cat "$web" >>"$web.processed"; : >"$web"; }; done ;;
    dated) mv "$log" "$log-$(date +%Y%m%d)"; kill -HUP "$(</run/lab/rsyslog.pid)" ;;
    numbered)
      mv "$log" "$log.1"; kill -HUP "$(</run/lab/rsyslog.pid)"
      for web in /var/www/vhosts/system/*/logs/access*_log; do gzip -c "$web" >"$web.1.gz"; : >"$web"; done ;;
  esac
  [ "$rotation" = none ] || sleep 0.3
}
cat_logs() { cat "$log".processed "$log"-* "$log".1 "$log" 2>/dev/null || true; }

write_syslog() {
  local template=RSYSLOG_TraditionalFileFormat; [ "$stamps" = traditional ] || template=RSYSLOG_FileFormat
  cat >/run/lab/rsyslog.conf <<END
module(load="imuxsock")
mail.* action(type="omfile" file="$log" template="$template" fileCreateMode="0640")
END
}

write_dovecot() {
  local box
  for box in "${boxes[@]}"; do printf '%s:{PLAIN}%s\n' "$box" "$(password_of "$box")"; done >/run/lab/users
  chmod 644 /run/lab/users
  cat >/run/lab/dovecot.conf <<END
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
protocols =
ssl = no
auth_allow_cleartext = yes
auth_mechanisms = plain login
passdb passwd-file {
  passwd_file_path = /run/lab/users
}
userdb static {
  fields {
    uid = 2100
    gid = 2000
    home = /var/mail/vhosts/%{user}
  }
}
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0660
    user = postfix
    group = postfix
  }
}
END
}

write_postfix() {
  cp /usr/share/postfix/master.cf.dist /etc/postfix/master.cf
  : >/etc/postfix/main.cf
  printf '%s\tsmtp:[%s]:25\n' accepting.test "$accept_sink" deferring.test "$defer_sink" refusing.test "$refuse_sink" partner.test "$accept_sink" >/etc/postfix/transport
  local box; for box in "${boxes[@]}"; do printf '%s\t%s/\n' "$box" "$box"; done >/etc/postfix/boxes
  postconf -e compatibility_level=3.9 "myhostname=$host" "mydestination=\$myhostname, localhost" inet_interfaces=all inet_protocols=all \
    "mynetworks=127.0.0.0/8 [::1]/128" smtpd_peername_lookup=no smtp_dns_support_level=disabled smtp_tls_security_level=none smtpd_tls_security_level=none \
    alias_maps= alias_database= "virtual_mailbox_domains=${domains[*]}" virtual_mailbox_maps=texthash:/etc/postfix/boxes virtual_mailbox_base=/var/mail/vhosts \
    virtual_uid_maps=static:2100 virtual_gid_maps=static:2000 virtual_minimum_uid=100 transport_maps=texthash:/etc/postfix/transport \
    "enable_long_queue_ids=$long_ids" smtpd_sasl_type=dovecot smtpd_sasl_path=private/auth smtpd_tls_auth_only=no \
    "smtpd_recipient_restrictions=permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination" smtpd_client_connection_count_limit=0
  postconf -M submission/inet="submission inet n - n - - smtpd"
  postconf -P submission/inet/syslog_name=postfix/submission submission/inet/smtpd_sasl_auth_enable=yes
  postconf -F '*/*/chroot=n'
}

write_php() {
  local folder domain
  for folder in /etc/php/*/cli/conf.d; do
    printf 'mail.add_x_header = %s\n%s\n' "$([ "$php_marks" = none ] && echo Off || echo On)" "$([ "$php_marks" != log ] || echo "mail.log = $php_log")" >"$folder/99-lab.ini"
  done
  touch "$php_log"; chmod 666 "$php_log"
  for domain in "$site" "$other_site"; do write_form "$domain"; done
  cat >"$(root_of "$other_site")/newsletter.php" <<'END'
<?php
// Once for a reader, or for the whole list, with a pause after each.
$lines = isset($argv) ? [implode(';', array_slice($argv, 1))] : explode("\n", trim($_POST['list']));
foreach ($lines as $line) {
    if ($line !== $lines[0]) usleep(200000);
    [$to, $id, $site] = explode(';', $line);
    mail($to, 'Our monthly letter', "Dear reader,\n", "From: news@$site\r\nMessage-ID: <$id>\r\nList-Unsubscribe: <mailto:leave@$site>\r\nPrecedence: bulk");
}
END
}
# A form as shops have it: to the owner, and a copy to whoever asks for one.
write_form() { # DOMAIN
  cat >"$(root_of "$1")/${form_of[$1]}" <<END
<?php
if (\$_SERVER['REQUEST_METHOD'] !== 'POST') { echo '<form method="post"><input name="email"><input name="subject"><textarea name="text"></textarea><input type="checkbox" name="copy"></form>'; exit; }
\$email = filter_var(\$_POST['email'] ?? '', FILTER_VALIDATE_EMAIL);
if (!\$email) { http_response_code(422); exit('Please give your address.'); }
\$subject = str_replace(["\\r", "\\n"], ' ', \$_POST['subject']);
mail('${owner_of[$1]}, $owners_second', '[$(title_of "$1")] ' . \$subject, \$_POST['text'] . "\\n\\n" . \$email, "From: webform@$1\\r\\nReply-To: \$email");
if (!empty(\$_POST['copy'])) mail(\$email, 'Your message to $(title_of "$1")', \$_POST['text'], 'From: webform@$1');
echo 'Thank you.';
END
  chown --reference="$(root_of "$1")/wp-config.php" "$(root_of "$1")/${form_of[$1]}" # PHP's mark has the uid of the file's owner
}
# ask CLIENT DOMAIN ADDRESS SUBJECT TEXT [CURL-OPTIONS...]: fills the site's form in
ask() {
  local client=$1 domain=$2
  browse "$client" "$domain" "/${form_of[$domain]}" --data-urlencode "email=$3" --data-urlencode "subject=$4" --data-urlencode "text=$5" "${@:6}" >/dev/null
}
# newsletter RECIPIENT MESSAGE-ID
newsletter() { as_user "$other_uid" php "$(root_of "$other_site")/newsletter.php" "$1" "$2" "$other_site"; }
as_user() { local uid=$1; shift; on_server setpriv --reuid "$uid" --regid 2000 --clear-groups "$@"; }

write_ssh() {
  ssh-keygen -q -t ed25519 -N '' -f /run/lab/key; ssh-keygen -q -t ed25519 -N '' -f /run/lab/host_key
  cp /run/lab/key.pub /run/lab/authorized; mkdir -p /run/sshd
  echo "$server_address $(cut -d' ' -f1,2 /run/lab/host_key.pub)" >/run/lab/known_hosts
  cat >/run/lab/sshd_config <<END
HostKey /run/lab/host_key
AuthorizedKeysFile /run/lab/authorized
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
UsePAM no
PidFile /run/lab/sshd.pid
END
}

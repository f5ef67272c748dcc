# SPDX-License-Identifier: GPL-3.0-or-later
# Postfix and Dovecot: logins, delivery over LMTP with sieve, and Dovecot's own submission in front of Postfix.
packages="postfix dovecot-core dovecot-imapd dovecot-pop3d dovecot-submissiond dovecot-lmtpd dovecot-sieve openssl"
log=/var/log/mail.log
site=10042 shop=10043
declare -A became=([expired]=expired)

start() {
  site_user "$site" larchweb; site_user "$shop" larchshop; useradd -M -u 2100 -d /var/mail/vhosts vmail; mkdir -p /var/mail/vhosts
  certificate
  write_dovecot; write_postfix
  syslog "$log" iso
  postfix start >>/run/lab.log 2>&1
  dovecot -c /run/dovecot.conf >>/run/lab.log 2>&1
  wait_for_ports 25 587 465 143 110 5870
}

write_dovecot() {
  local name
  for name in office shop mira; do printf '%s@larch.test:{PLAIN}%s\n' "$name" "$password"; done >/run/users; chmod 644 /run/users
  mkdir -p /var/mail/vhosts/mira@larch.test /var/mail/vhosts/shop@larch.test
  printf 'require "copy";\nredirect :copy "mira@accepting.test";\n' >/var/mail/vhosts/mira@larch.test/.dovecot.sieve
  printf 'require ["fileinto", "mailbox"];\nfileinto :create "Orders";\n' >/var/mail/vhosts/shop@larch.test/.dovecot.sieve
  chown -R vmail: /var/mail/vhosts
  cat >/run/dovecot.conf <<END
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
protocols = imap pop3 lmtp submission
ssl = yes
ssl_server_cert_file = /run/certificate.pem
ssl_server_key_file = /run/key.pem
auth_allow_cleartext = yes
auth_mechanisms = plain login
auth_failure_delay = 0
mail_driver = maildir
mail_path = ~/Maildir
hostname = $host
submission_relay_host = 127.0.0.1
submission_relay_trusted = yes
passdb passwd-file {
  passwd_file_path = /run/users
}
userdb static {
  fields {
    uid = 2100
    gid = 2100
    home = /var/mail/vhosts/%{user}
  }
}
protocol lmtp {
  mail_plugins {
    sieve = yes
  }
}
sieve_script personal {
  path = ~/.dovecot.sieve
}
service submission-login {
  inet_listener submission {
    port = 5870
  }
  inet_listener submissions {
    port = 0
  }
}
service lmtp {
  unix_listener /var/spool/postfix/private/dovecot-lmtp {
    mode = 0660
    user = postfix
    group = postfix
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
  # What this machine's own programs wrote; where Postfix never ran there is nothing.
  find /var/spool/postfix/{maildrop,incoming,active,deferred,hold} -type f -delete 2>/dev/null || true
  cp /usr/share/postfix/master.cf.dist /etc/postfix/master.cf; : >/etc/postfix/main.cf
  local name; for name in "${!sinks[@]}"; do printf '%s.test\tsmtp:[%s]:25\n' "$name" "${sinks[$name]}"; done >/etc/postfix/transport
  printf 'partner.test\tsmtp:[%s]:25\n' "${sinks[accepting]}" >>/etc/postfix/transport
  printf 'nowhere.test\terror:5.1.2 no such place\nhole.test\tdiscard:\n' >>/etc/postfix/transport
  printf '%s@larch.test\tyes\n' office shop mira >/etc/postfix/boxes
  printf 'sales@larch.test\tanna@accepting.test, bert@deferring.test\n' >/etc/postfix/virtual
  printf 'ticket |/bin/true\nold emil@accepting.test\n' >/etc/postfix/aliases
  printf '/^Subject: .*pills/ REJECT no pills\n' >/etc/postfix/header_checks
  postconf -e compatibility_level=3.9 "myhostname=$host" "mydestination=\$myhostname, localhost" inet_interfaces=127.0.0.1,$server inet_protocols=ipv4 \
    mynetworks=127.0.0.0/8 smtp_dns_support_level=disabled smtp_host_lookup=native smtpd_tls_security_level=may smtp_tls_security_level=may smtpd_tls_loglevel=1 \
    smtpd_tls_chain_files=/run/key.pem,/run/certificate.pem alias_maps=texthash:/etc/postfix/aliases alias_database= smtp_connect_timeout=1s delay_warning_time=3s \
    virtual_mailbox_domains=larch.test virtual_mailbox_maps=texthash:/etc/postfix/boxes virtual_alias_maps=texthash:/etc/postfix/virtual \
    virtual_transport=lmtp:unix:private/dovecot-lmtp transport_maps=texthash:/etc/postfix/transport header_checks=regexp:/etc/postfix/header_checks \
    smtpd_sasl_type=dovecot smtpd_sasl_path=private/auth smtpd_authorized_xclient_hosts=127.0.0.1 \
    "smtpd_recipient_restrictions=permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination" enable_long_queue_ids=yes \
    postscreen_greet_wait=1s postscreen_access_list=permit_mynetworks
  postconf -M smtp/inet="smtp inet n - n - 1 postscreen" smtpd/pass="smtpd pass - - n - - smtpd" \
    submission/inet="submission inet n - n - - smtpd" submissions/inet="submissions inet n - n - - smtpd"
  postconf -P submission/inet/syslog_name=postfix/submission submission/inet/smtpd_sasl_auth_enable=yes \
    submissions/inet/syslog_name=postfix/submissions submissions/inet/smtpd_sasl_auth_enable=yes submissions/inet/smtpd_tls_wrappermode=yes
  postconf -F '*/*/chroot=n'
}

send_all() {
  local name mail="smtp://$server" submission="smtp://$server:587" login=(--user "$box:$password")
  for name in accepting deferring refusing silent; do
    from_world "$client" "$box" "anna@$name.test" "$submission" "${login[@]}"
    truth authenticated "$box" - "$box" "anna@$name.test" "${status[$name]}"
    from_here shop@larch.test "bert@$name.test"
    truth local-smtp - - shop@larch.test "bert@$name.test" "${status[$name]}"
    by_command "$site" "larchweb@$host" "carl@$name.test"
    truth pickup - "$site" "larchweb@$host" "carl@$name.test" "${status[$name]}"
  done
  for name in "$box" shop@larch.test "larchweb@$host"; do child bounce - - "" "$name" sent; done
  from_world "$client" "$box" emil@accepting.test "$submission" "${login[@]}" --ssl-reqd
  truth authenticated "$box" - "$box" emil@accepting.test sent
  from_world "$client" "$box" emil@accepting.test "smtps://$server:465" "${login[@]}"
  truth authenticated "$box" - "$box" emil@accepting.test sent
  # Dovecot's submission hands the mail to Postfix with the login.
  from_world "$client" "$box" fritz@accepting.test "smtp://$server:5870" "${login[@]}"
  truth authenticated "$box" - "$box" fritz@accepting.test sent; event login "$box" "$client"
  by_command "$shop" larchshop@larch.test carl@accepting.test -f forged@larch.test
  truth pickup - "$shop" forged@larch.test carl@accepting.test sent

  from_world "$neighbour" someone@partner.test sales@larch.test "$mail"
  truth relayed - - someone@partner.test anna@accepting.test sent
  truth relayed - - someone@partner.test bert@deferring.test deferred
  from_world "$neighbour" someone@partner.test shop@larch.test "$mail"
  truth relayed - - someone@partner.test shop@larch.test sent
  from_world "$neighbour" someone@partner.test mira@larch.test "$mail"
  truth relayed - - someone@partner.test mira@larch.test sent
  truth pickup - 2100 someone@partner.test mira@accepting.test sent # sieve calls the sendmail command
  # An alias of the local agent: a second queue id; a program; what a transport throws away or refuses.
  from_here shop@larch.test "old@$host"
  truth local-smtp - - shop@larch.test "old@$host" sent
  child unknown - - shop@larch.test emil@accepting.test sent
  from_here shop@larch.test "ticket@$host"
  truth local-smtp - - shop@larch.test "ticket@$host" sent
  from_here shop@larch.test carl@hole.test
  truth local-smtp - - shop@larch.test carl@hole.test sent
  by_command "$shop" shop@larch.test carl@nowhere.test -f shop@larch.test
  truth pickup - "$shop" shop@larch.test carl@nowhere.test bounced
  child bounce - - "" shop@larch.test sent

  must_fail from_world "$client" "$box" dora@accepting.test "$submission" --user "$box:wrong"
  event auth-failure "$box" "$client"
  must_fail from_world "$client" x@elsewhere.test dora@accepting.test "$mail"
  event reject - "$client"
  must_fail from_world "$client" x@elsewhere.test nobody-here@larch.test "$mail"
  event reject - "$client"
  subject='Cheap pills' must_fail from_world "$client" "$box" dora@accepting.test "$submission" "${login[@]}"
  event reject "$box" "$client"
  look_into_mailboxes
  for name in held requeued gone expired; do
    by_command "$site" "larchweb@$host" "$name@deferring.test"
    truth pickup - "$site" "larchweb@$host" "$name@deferring.test" "${became[$name]:-deferred}"
  done
  settle
  work_on_the_queue
}

look_into_mailboxes() {
  local kind
  for kind in imap pop3; do
    in_world curl -sS -k --interface "$client" --user "$box:$password" "$kind://$server/" >>/run/lab.log 2>&1
    in_world curl -sS -k --interface "$client" --ssl-reqd --user "$box:$password" "$kind://$server/" >>/run/lab.log 2>&1
    event login "$box" "$client"; event login "$box" "$client"
    must_fail in_world curl -sS -k --interface "$neighbour" --user "$box:wrong" "$kind://$server/" >>/run/lab.log 2>&1
    event auth-failure "$box" "$neighbour"
  done
}

queue_id_of() { postqueue -j | sed -n "s/.*\"queue_id\": \"\([^\"]*\)\".*\"$1\".*/\1/p"; }
work_on_the_queue() {
  postsuper -h "$(queue_id_of held@deferring.test)" 2>>/run/lab.log
  postsuper -r "$(queue_id_of requeued@deferring.test)" 2>>/run/lab.log
  postsuper -d "$(queue_id_of gone@deferring.test)" 2>>/run/lab.log
  postsuper -e "$(queue_id_of expired@deferring.test)" 2>>/run/lab.log
  child pickup - "$(id -u postfix)" "larchweb@$host" requeued@deferring.test deferred
  child bounce - - "" "larchweb@$host" sent
  postqueue -f
  # Whoever still waits at the second attempt has his sender told.
  for name in office shop; do child bounce - - "" "$name@larch.test" sent; child bounce - - "" "$name@larch.test" sent; done
  for name in carl-deferring carl-silent requeued; do child bounce - - "" "larchweb@$host" sent; done
  child bounce - - "" someone@partner.test sent
}

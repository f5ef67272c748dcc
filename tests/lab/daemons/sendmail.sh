# SPDX-License-Identifier: GPL-3.0-or-later
# Sendmail with SMTP AUTH by Cyrus SASL; the sendmail command hands over to it on this machine.
packages="sendmail-bin sendmail-cf sasl2-bin libsasl2-modules m4 openssl"
log=/var/log/maillog
site=10042 shop=10043

start() {
  site_user "$site" larchweb; site_user "$shop" larchshop
  useradd -m -u 10044 -s /bin/false mira; echo 'mira@accepting.test' >/home/mira/.forward; chmod 644 /home/mira/.forward
  printf '%s\n' "$host" larch.test >/etc/mail/local-host-names
  printf 'office: /dev/null\nshop: /dev/null\nlarchweb: /dev/null\nsales: anna@accepting.test, bert@deferring.test\nroot: /dev/null\npostmaster: root\nMAILER-DAEMON: root\n' >/etc/aliases
  local name; for name in "${!sinks[@]}"; do printf '%s.test\tsmtp:[%s]\n' "$name" "${sinks[$name]}"; done >/etc/mail/mailertable
  makemap hash /etc/mail/mailertable </etc/mail/mailertable
  cp /etc/mail/service.switch-nodns /etc/mail/service.switch
  certificate
  printf 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n' >/etc/mail/sasl/Sendmail.conf.2
  printf %s "$password" | saslpasswd2 -p -c -u larch.test office
  cat >/etc/mail/sendmail.mc <<END
include(\`/usr/share/sendmail/cf/m4/cf.m4')dnl
OSTYPE(\`debian')dnl
DOMAIN(\`debian-mta')dnl
undefine(\`confHOST_STATUS_DIRECTORY')dnl
FEATURE(\`no_default_msa')dnl
DAEMON_OPTIONS(\`Family=inet, Name=MTA-v4, Port=smtp, Addr=$server')dnl
DAEMON_OPTIONS(\`Family=inet, Name=MTA-local, Port=smtp, Addr=127.0.0.1')dnl
DAEMON_OPTIONS(\`Family=inet, Name=MSP-v4, Port=submission, M=Ea, Addr=$server')dnl
define(\`confAUTH_MECHANISMS', \`PLAIN LOGIN')dnl
TRUST_AUTH_MECH(\`PLAIN LOGIN')dnl
define(\`confAUTH_OPTIONS', \`A')dnl
define(\`confSERVER_CERT', \`/run/certificate.pem')dnl
define(\`confCACERT', \`/run/certificate.pem')dnl
define(\`confCACERT_PATH', \`/etc/ssl/certs')dnl
define(\`confSERVER_KEY', \`/run/key.pem')dnl
define(\`confTO_ICONNECT', \`1s')dnl
define(\`confTO_CONNECT', \`2s')dnl
FEATURE(\`mailertable', \`hash /etc/mail/mailertable')dnl
FEATURE(\`use_cw_file')dnl
FEATURE(\`access_db')dnl
FEATURE(\`accept_unresolvable_domains')dnl
FEATURE(\`nocanonify')dnl
MAILER(\`local')dnl
MAILER(\`smtp')dnl
END
  m4 /etc/mail/sendmail.mc >/etc/mail/sendmail.cf 2>>/run/lab.log
  newaliases >>/run/lab.log 2>&1
  syslog "$log" traditional
  mkdir -p /run/sendmail/mta /run/sendmail/msp /run/sendmail/stampdir; chown smmta:smmsp /run/sendmail/*
  /usr/sbin/sendmail-mta -L sm-mta -bd -q1m >>/run/lab.log 2>&1
  wait_for_ports 25 587
}

send_all() {
  local name mail="smtp://$server" submission="smtp://$server:587" login=(--user "$box:$password")
  for name in accepting deferring refusing silent; do
    from_world "$client" "$box" "anna@$name.test" "$submission" "${login[@]}"
    truth authenticated "$box" - "$box" "anna@$name.test" "${status[$name]}"; event login "$box" "$client"
    from_here shop@larch.test "bert@$name.test"
    truth local-smtp - - shop@larch.test "bert@$name.test" "${status[$name]}"
    # The command hands over to the daemon on this machine: two queue ids.
    by_command "$site" "larchweb@$host" "carl@$name.test"
    truth pickup - "$site" larchweb "carl@$name.test" sent
    child local-smtp - - "larchweb@$host" "carl@$name.test" "${status[$name]}"
  done
  for name in "$box" shop@larch.test "larchweb@$host"; do child bounce - - "" /dev/null sent; done
  from_world "$client" "$box" emil@accepting.test "$submission" "${login[@]}" --ssl-reqd
  truth authenticated "$box" - "$box" emil@accepting.test sent; event login "$box" "$client"
  by_command "$shop" "larchshop@$host" carl@accepting.test -f forged@larch.test
  truth pickup - "$shop" forged@larch.test carl@accepting.test sent
  child local-smtp - - forged@larch.test carl@accepting.test sent
  # An alias with two members, and a .forward file.
  from_world "$neighbour" someone@partner.test "sales@$host" "$mail"
  truth relayed - - someone@partner.test anna@accepting.test sent
  truth relayed - - someone@partner.test bert@deferring.test deferred
  from_world "$neighbour" someone@partner.test "mira@$host" "$mail"
  truth relayed - - someone@partner.test mira@accepting.test sent

  must_fail from_world "$client" "$box" dora@accepting.test "$submission" --user "$box:wrong"
  event auth-failure "$box" "$client"
  must_fail from_world "$client" x@elsewhere.test dora@accepting.test "$mail"
  event reject - "$client"
  must_fail from_world "$client" x@elsewhere.test "nobody-here@$host" "$mail"
  event reject - "$client"
  settle
  /usr/sbin/sendmail-mta -q >>/run/lab.log 2>&1
}

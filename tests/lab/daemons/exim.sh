# SPDX-License-Identifier: GPL-3.0-or-later
# Exim, logging as cPanel and DirectAdmin let it.
packages="exim4-daemon-light openssl"
log=/var/log/exim4/mainlog
site=10042

start() {
  site_user "$site" larchweb
  certificate; cp /run/key.pem /run/certificate.pem /etc/exim4/; chown Debian-exim /etc/exim4/*.pem
  local name routes=; for name in "${!sinks[@]}"; do routes+="$name.test ${sinks[$name]} ; "; done
  cat >/etc/exim4/exim4.conf <<END
primary_hostname = $host
daemon_smtp_ports = 25 : 587
local_interfaces = 127.0.0.1 : $server
tls_advertise_hosts = *
tls_certificate = /etc/exim4/certificate.pem
tls_privatekey = /etc/exim4/key.pem
log_selector = +arguments +subject +incoming_port +received_recipients
domainlist local_domains = @ : larch.test
acl_smtp_rcpt = check
rfc1413_query_timeout = 0s
host_lookup = *
host_lookup_order = byaddr
queue_run_max = 5
begin acl
check:
  accept authenticated = *
  accept hosts = 127.0.0.1
  accept domains = +local_domains
    verify = recipient
  deny message = relay not permitted
begin routers
outside:
  driver = manualroute
  domains = !+local_domains
  transport = smtp
  route_list = ${routes% ; }
aliases:
  driver = redirect
  data = \${lookup{\$local_part}lsearch{/etc/exim4/aliases}}
  pipe_transport = pipe
  file_transport = file
begin transports
smtp:
  driver = smtp
  hosts_try_fastopen =
  connect_timeout = 1s
pipe:
  driver = pipe
file:
  driver = appendfile
begin retry
* * F,2h,1s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and {{eq{\$auth2}{$box}}{eq{\$auth3}{$password}}}}
  server_set_id = \$auth2
END
  printf '%s: :blackhole:\n' office shop larchweb >/etc/exim4/aliases
  printf 'sales: anna@accepting.test, bert@deferring.test\n' >>/etc/exim4/aliases
  exim -bdf -q1m >>/run/lab.log 2>&1 &
  wait_for_ports 25 587
}

send_all() {
  local name mail="smtp://$server" submission="smtp://$server:587" login=(--user "$box:$password")
  for name in accepting deferring refusing silent; do
    from_world "$client" "$box" "anna@$name.test" "$submission" "${login[@]}"
    truth authenticated "$box" - "$box" "anna@$name.test" "${status[$name]}"
    from_here shop@larch.test "bert@$name.test"
    truth local-smtp - - shop@larch.test "bert@$name.test" "${status[$name]}"
    by_command "$site" "larchweb@$host" "carl@$name.test"
    truth pickup - - "larchweb@$host" "carl@$name.test" "${status[$name]}"
  done
  for name in "$box" shop@larch.test "larchweb@$host"; do child bounce - - "" "$name" sent; done
  from_world "$client" "$box" emil@accepting.test "$submission" "${login[@]}" --ssl-reqd
  truth authenticated "$box" - "$box" emil@accepting.test sent
  from_world "$neighbour" someone@partner.test "sales@$host" "$mail"
  truth relayed - - someone@partner.test anna@accepting.test sent
  truth relayed - - someone@partner.test bert@deferring.test deferred

  must_fail from_world "$client" "$box" dora@accepting.test "$submission" --user "$box:wrong"
  event auth-failure "$box" "$client"
  must_fail from_world "$client" x@elsewhere.test dora@accepting.test "$mail"
  event reject - "$client"
  must_fail from_world "$client" x@elsewhere.test "nobody-here@$host" "$mail"
  event reject - "$client"
  settle
  exim -qff >>/run/lab.log 2>&1
}

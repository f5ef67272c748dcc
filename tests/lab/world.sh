# SPDX-License-Identifier: GPL-3.0-or-later
# The world around the server: private file trees, two network namespaces (this one is the outside), sinks, and people who send mail.

server_address=192.0.2.10
accept_sink=203.0.113.25 defer_sink=203.0.113.26 refuse_sink=203.0.113.27

# /etc, /var and /root as copies on write; /dev and /run new.
private_tree() {
  mount -t tmpfs tmpfs /run
  local tree
  for tree in etc var root home; do
    mkdir -p "/run/lab/$tree/upper" "/run/lab/$tree/work" "/$tree"
    mount -t overlay overlay -o "lowerdir=/$tree,upperdir=/run/lab/$tree/upper,workdir=/run/lab/$tree/work" "/$tree"
  done
  mkdir -p /run/lab/dev; private_dev /run/lab/dev
  mount --move /run/lab/dev /dev
}

# Draws come from the seed and a counter in a file: bash seeds $RANDOM anew in every subshell.
roll() { # N: one of 0 .. N-1
  local n; n=$(</run/lab/draws); echo $((n + 1)) >/run/lab/draws
  echo $(($(cksum <<<"$seed draw $n" | cut -d' ' -f1) % $1))
}
pick() { local all=("$@"); echo "${all[$(roll ${#all[@]})]}"; }

# Names, uids, styles and roles anew for every seed: nothing in the program can know them.
choose_names() {
  echo 0 >/run/lab/draws
  local words=(amber birch cobalt dahlia ember fjord granite heron indigo juniper kestrel linden marble nettle onyx poppy quartz rowan saffron teal umber)
  local people=(ada boris carla dmitri elena farid greta hamid ingrid jonas kamila leon mira nadia otto petra quentin rosa stefan tilda)
  host=$(pick "${words[@]}")$(roll 90).hosting.example
  domains=(); while [ ${#domains[@]} -lt 4 ]; do
    local name; name=$(pick "${words[@]}")-$(pick "${words[@]}").$(pick test example)
    [[ " ${domains[*]} " == *" $name "* ]] || domains+=("$name")
  done
  boxes=(); while [ ${#boxes[@]} -lt 6 ]; do
    local box; box=$(pick "${people[@]}")@${domains[$(roll 4)]}
    [[ " ${boxes[*]} " == *" $box "* ]] || boxes+=("$box")
  done
  site_uid=$((10000 + $(roll 900))) site_user=u$(pick "${words[@]}")$(roll 100) site=${domains[0]}
  other_uid=$((site_uid + 1 + $(roll 50))) other_user=w$(pick "${words[@]}")$(roll 100) other_site=${domains[1]}
  long_ids=$(pick yes no) stamps=$(pick traditional iso) log=$(pick /var/log/maillog /var/log/mail.log) zone=$(pick UTC Europe/Berlin America/New_York)
  echo "lab: $incident seed $seed: $host, long ids $long_ids, stamps $stamps, $log, $zone" >&2
}

network() {
  hostname "$host"; printf '127.0.0.1 localhost\n::1 localhost\n%s %s\n' "$server_address" "$host" >/etc/hosts
  ip link set lo up; ip netns add server
  ip link add world type veth peer name eth0 netns server
  ip addr add 192.0.2.1/24 dev world; ip -6 addr add 2001:db8::1/64 dev world nodad; ip link set world up
  ip -n server link set lo up; ip -n server link set eth0 up
  ip -n server addr add "$server_address/24" dev eth0; ip -n server -6 addr add 2001:db8::10/64 dev eth0 nodad
  ip -n server route add default via 192.0.2.1; ip -n server -6 route add default via 2001:db8::1
  local last
  for last in $(seq 2 120); do ip addr add "198.51.100.$last/32" dev world; done
  for last in $(seq 2 120); do ip addr add "203.0.113.$last/32" dev world; done
  for last in $(seq 1 24); do ip -6 addr add "2001:db8:$((last * 7)):$last::5/128" dev world nodad; done
}

on_server() { nsenter --net=/run/netns/server "$@"; }

start_sinks() {
  /usr/sbin/smtp-sink -u nobody "$accept_sink:25" 128 & /usr/sbin/smtp-sink -u nobody -r rcpt "$defer_sink:25" 128 &
  /usr/sbin/smtp-sink -u nobody -f rcpt "$refuse_sink:25" 128 &
}

# Recipients: their domain decides whether the sink accepts, defers or refuses.
stranger() { echo "$(pick jo kim lee max pat ray sam tom val)$(roll 10000)@$(pick accepting.test accepting.test accepting.test deferring.test refusing.test)"; }
foreign_address() {
  case $(roll 3) in
    0) echo "198.51.100.$(($(roll 100) + 10))" ;;
    1) echo "203.0.113.$(($(roll 60) + 50))" ;;
    2) local n=$(($(roll 24) + 1)); echo "2001:db8:$((n * 7)):$n::5" ;;
  esac
}
new_id() { cksum <<<"$seed id $(roll 1000000)$(</run/lab/draws)" | awk '{ printf "%08x%d", $1, $2 }'; }

# submit CLIENT HELO LOGIN PASSWORD SENDER RECIPIENT MESSAGE-ID SUBJECT: one message through submission; fails as curl fails.
submit() {
  local target=$server_address; [[ $1 != *:* ]] || target='[2001:db8::10]'
  printf 'From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nMessage-ID: <%s>\r\nDate: %s\r\n\r\nHello.\r\n' "$5" "$6" "$8" "$7" "$(date -R)" |
    curl --silent --max-time 20 --interface "$1" --url "smtp://$target:587/$2" --user "$3:$4" --mail-from "$5" --mail-rcpt "$6" --upload-file -
}
# incoming CLIENT SENDER RECIPIENT MESSAGE-ID: one message from the outside, without a login.
incoming() {
  printf 'From: <%s>\r\nTo: <%s>\r\nSubject: Question\r\nMessage-ID: <%s>\r\n\r\nHello.\r\n' "$2" "$3" "$4" |
    curl --silent --max-time 20 --interface "$1" --url "smtp://$server_address:25/mx.partner.test" --mail-from "$2" --mail-rcpt "$3" --upload-file -
}

spam_ids=() good_ids=() noticed_ids=()

# Everybody's ordinary day: customers who write a few mails, mail that comes in, a newsletter of a web application, root's cron.
honest_traffic() {
  local box n id
  for box in "${boxes[@]}"; do
    for n in 1 2 3; do
      id=$(new_id).$n@${box#*@}; good_ids+=("$id")
      submit "198.51.100.$((3 + ${#box} % 7))" laptop.home.test "$box" "$(password_of "$box")" "$box" "friend$n@$(pick accepting.test accepting.test deferring.test)" "$id" "Meeting on day $n"
    done
    id=$(new_id)@partner.test; incoming 203.0.113.40 "someone@partner.test" "$box" "$id"
  done
  for n in $(seq 8); do id=$(new_id).news@$other_site; good_ids+=("$id"); newsletter "reader$n@accepting.test" "$id"; done
  printf 'Subject: Cron <root@%s> /usr/local/bin/backup\n\ndone\n' "$host" | on_server /usr/sbin/sendmail -t root
}

# The notice as the provider would write it, naming a sample of the spam.
write_notice() {
  noticed_ids=("${spam_ids[@]:2:8}")
  {
    printf 'Subject: Port 25 outgoing has been blocked\n\nPort 25 outgoing has been blocked on this server due to spam as of %s\n' "$(date -u '+%Y-%m-%d %H:%M:%S UTC')"
    printf 'Server: %s (%s)\n\nMessage IDs:\n' "$host" "$server_address"
    printf '<%s>\n' "${noticed_ids[@]}"
  } >"$out/notice.txt"
}

# Until every message had its first delivery attempt: nothing is left in incoming or active.
settle() {
  local n
  for n in $(seq 120); do
    [ -z "$(find /var/spool/postfix/incoming /var/spool/postfix/active /var/spool/postfix/maildrop -type f 2>/dev/null)" ] && break
    sleep 0.25
  done
  sleep 1
}

json_list() { local first=yes item; printf '['; for item in "$@"; do [ $first = yes ] || printf ','; printf '"%s"' "$item"; first=no; done; printf ']'; }

record() {
  write_notice
  cp "$log" "$out/maillog"; cp "$php_log" "$out/php-mail.log" 2>/dev/null || true
  local file
  find /var/spool/postfix/deferred /var/spool/postfix/active -type f -printf '%f\n' | while read -r file; do
    printf '%s\t%s\n' "$file" "$(on_server postcat -qh "$file" 2>/dev/null | sed -n 's/^[Mm]essage-[Ii][Dd]: *<\(.*\)>.*/\1/p' | head -n 1)"
  done >"$out/queue.tsv"
  # How many messages the source sent in all, good ones before the break-in included: counted by grep, independently of the program.
  local messages; messages=$(grep -cE "${true_account:+client=.*sasl_username=$true_account\$}${true_script:+pickup.*uid=$site_uid }" "$log")
  printf '{"cause":"%s","account":"%s","script":"%s","domain":"%s","messages":%d,"noticed":%s,"spam":%s,"good":%s}\n' "$true_cause" "${true_account:-}" "${true_script:-}" \
    "${true_domain:-}" "$messages" "$(json_list "${noticed_ids[@]}")" "$(json_list "${spam_ids[@]}")" "$(json_list "${good_ids[@]}")" >"$out/truth.json"
}

triage() {
  rm -rf "$out/case.sluice"
  HOME=/root "$SLUICEGATE" triage --host "root@$server_address" --identity /run/lab/key --known-hosts /run/lab/known_hosts \
    --notice "$out/notice.txt" --case "$out/case.sluice" --json >"$out/triage.json" 2>"$out/triage.err" </dev/null && echo 0 >"$out/exit" || echo $? >"$out/exit"
}

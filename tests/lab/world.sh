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
draws=/run/lab/draws # what goes on at the same time has a file of its own
roll() { # N: one of 0 .. N-1
  local n sum; n=$(<"$draws"); echo $((n + 1)) >"$draws"
  sum=$(cksum <<<"$seed $draws $n"); echo $((${sum%% *} % $1))
}
pick() { local all=("$@"); echo "${all[$(roll ${#all[@]})]}"; }

declare -A scheme_of=() owner_of=() form_of=()

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
  form_of=([$site]=$(pick contact kontakt message enquiry write-us ask).php [$other_site]=$(pick contact kontakt message enquiry write-us ask).php)
  scheme_of=([$site]=$(pick http https) [$other_site]=$(pick http https))
  owner_of=([$site]=$(pick "${people[@]}")$(roll 9)@accepting.test [$other_site]=$(pick "${people[@]}")$(roll 9)@accepting.test)
  owners_second=office$(roll 99)@deferring.test # of both sites
  culprit=$site culprit_uid=$site_uid culprit_user=$site_user
  [ "$(roll 2)" = 0 ] || culprit=$other_site culprit_uid=$other_uid culprit_user=$other_user
  php_marks=$(pick log header none) rotation=$(pick none processed dated numbered)
  long_ids=$(pick yes no) stamps=$(pick traditional iso) log=$(pick /var/log/maillog /var/log/mail.log) zone=$(pick UTC Europe/Berlin America/New_York)
  ! declare -F incident_needs >/dev/null || incident_needs
  echo "lab: $incident seed $seed: $host, long ids $long_ids, stamps $stamps, $log, $zone, rotation $rotation, PHP's marks $php_marks" >&2
}

network() {
  hostname "$host"; printf '127.0.0.1 localhost\n::1 localhost\n%s %s\n' "$server_address" "$host" >/etc/hosts
  ip link set lo up; ip netns add server
  ip link add world type veth peer name eth0 netns server
  ip addr add 192.0.2.1/24 dev world; ip -6 addr add 2001:db8::1/64 dev world nodad; ip link set world up
  ip -n server link set lo up; ip -n server link set eth0 up
  ip -n server addr add "$server_address/24" dev eth0; ip -n server -6 addr add 2001:db8::10/64 dev eth0 nodad
  ip -n server route add default via 192.0.2.1; ip -n server -6 route add default via 2001:db8::1
  {
    printf 'address add 198.51.100.%d/32 dev world\n' {2..120}; printf 'address add 203.0.113.%d/32 dev world\n' {2..120}
    local n; for n in {1..24}; do echo "address add 2001:db8:$((n * 7)):$n::5/128 dev world nodad"; done
  } | ip -batch -
}

on_server() { nsenter --net=/run/netns/server "$@"; }

# What the accepting sink takes is kept: whose message became which Message-ID is read from there, not from the program.
start_sinks() {
  mkdir -p /run/lab/taken /run/lab/marks; chown nobody /run/lab/taken
  /usr/sbin/smtp-sink -u nobody -d /run/lab/taken/m. "$accept_sink:25" 128 & /usr/sbin/smtp-sink -u nobody -r rcpt "$defer_sink:25" 128 &
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
new_id() { cksum <<<"$seed $draws id $(roll 1000000)$(<"$draws")" | awk '{ printf "%08x%d", $1, $2 }'; }

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

# mark good|1|2... TOKEN: messages with TOKEN in them (a Message-ID, an address used once) are good, or spam of that source.
mark() { printf '%s\n' "$2" >>"/run/lab/marks/$1"; }

visitor() { echo "198.51.100.$((112 + $(roll 8)))"; }
linger() { local tenths; [ "$1" = 0 ] || { tenths=$(roll $(($1 * 10 + 1))); sleep "$((tenths / 10)).$((tenths % 10))"; }; } # SECONDS at most
# One thing out of an ordinary day; up to PAUSE seconds before and after what a visitor sends.
honest_step() { # [PAUSE]
  case $(roll 7) in
    0 | 1) write_from_box ;;
    2) receive ;;
    3) read_pages "$(visitor)" "$(pick "$site" "$other_site")" ;;
    4) ask_honestly "${1:-0}" ;;
    5) comment_honestly "${1:-0}" ;;
    6) send_letter ;;
  esac
}
write_from_box() { # [BOX]
  local box=${1:-$(pick "${boxes[@]}")} id; id=$(new_id).n@${box#*@}; mark good "$id"
  submit "198.51.100.$((3 + ${#box} % 7))" laptop.home.test "$box" "$(password_of "$box")" "$box" "friend$(roll 9)@$(pick accepting.test accepting.test deferring.test)" "$id" "Meeting on day $(roll 30)"
}
receive() { incoming 203.0.113.40 someone@partner.test "$(pick "${boxes[@]}")" "$(new_id)@partner.test"; }
send_letter() { local id; id=$(new_id).news@$other_site; mark good "$id"; newsletter "reader$(roll 99)@accepting.test" "$id"; }
ask_honestly() { # [PAUSE]: somebody reads the site, then its form, and fills it in
  local domain who client; domain=$(pick "$site" "$other_site") who=guest$(roll 100000)@accepting.test client=$(visitor); mark good "$who"
  read_pages "$client" "$domain"; browse "$client" "$domain" "/${form_of[$domain]}" >/dev/null; linger "${1:-0}"
  ask "$client" "$domain" "$who" "Opening hours" "Are you open on day $(roll 30)?"; linger "${1:-0}"
}
comment_honestly() { # [PAUSE]
  local domain who client; domain=$(pick "$site" "$other_site") who=reader$(roll 100000)@accepting.test client=$(visitor); mark good "$who"
  read_pages "$client" "$domain"; linger "${1:-0}"
  comment "$client" "$domain" "$who" "A good read, number $(roll 100000)."; linger "${1:-0}"
}

# Everybody's ordinary day, then the log of the night before is put away.
honest_traffic() {
  local box n
  for box in "${boxes[@]}"; do write_from_box "$box"; write_from_box "$box"; receive; done
  for n in $(seq 6); do send_letter; done
  for n in 1 2; do ask_honestly; comment_honestly; done
  printf 'Subject: Cron <root@%s> /usr/local/bin/backup\n\ndone\n' "$host" | on_server /usr/sbin/sendmail -t root
  rotate_logs
  sleep $((4 + $(roll 4))) # for the hours that lie between
}
# Between the messages of an incident, life goes on. An hour of it is played in a minute: now and then a visitor is alone with his request,
# and now and then right among the bots.
between() { [ "$(roll 5)" -ne 0 ] || honest_step 4; }

# The notice as the provider would write it, naming a sample of the spam that left.
write_notice() {
  mapfile -t noticed_ids < <(sort -u /run/lab/ids.left 2>/dev/null | awk -v seed="$seed" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' | sort -n | cut -f2 | head -n $((8 + $(roll 5))))
  {
    printf 'Subject: Port 25 outgoing has been blocked\n\nPort 25 outgoing has been blocked on this server due to spam as of %s\n' "$(date -u '+%Y-%m-%d %H:%M:%S UTC')"
    printf 'Server: %s (%s)\n\nMessage IDs:\n' "$host" "$server_address"
    printf '<%s>\n' "${noticed_ids[@]}"
  } >"$out/notice.txt"
}

# class_of FILE: which mark a message bears; nothing for a notice that returns somebody else's message.
class_of() {
  grep -qim1 '^From:.*MAILER-DAEMON' "$1" && return
  local marks; for marks in /run/lab/marks/*; do ! grep -qFf "$marks" "$1" || { basename "$marks"; return; }; done
}
id_of() { sed -n 's/^[Mm]essage-[Ii][Dd]: *<\(.*\)>.*/\1/p;/^\r\{0,1\}$/q' "$1" | head -n 1; }

# Which Message-IDs were good, which spam of which source: from the messages that left, that wait and that were delivered here.
sort_messages() {
  local file class id; mkdir -p /run/lab/waiting; : >"$out/queue.tsv"; : >/run/lab/ids.left; : >/run/lab/ids
  find /var/spool/postfix/deferred /var/spool/postfix/active -type f -printf '%f\n' | while read -r file; do
    on_server postcat -qhb "$file" >"/run/lab/waiting/$file" 2>/dev/null || true
  done
  for file in /run/lab/waiting/* /run/lab/taken/m.* /var/mail/vhosts/*/new/*; do
    [ -f "$file" ] || continue
    class=$(class_of "$file") id=$(id_of "$file")
    [[ $file != /run/lab/waiting/* ]] || printf '%s\t%s\t%s\n' "${file##*/}" "$id" "$class" >>"$out/queue.tsv"
    [ -n "$class" ] && [ -n "$id" ] || continue
    printf '%s\t%s\n' "$class" "$id" >>/run/lab/ids
    [[ $class == good || $file != /run/lab/taken/* ]] || echo "$id" >>/run/lab/ids.left
  done
  sort -u -o /run/lab/ids /run/lab/ids
}
ids() { awk -F'\t' -v class="$1" '$1 == class { print $2 }' /run/lab/ids; }

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

# source CAUSE DOMAIN ACCOUNT SCRIPT ENDPOINT: what is true of the incident's first, second ... source; "" where it has none.
sources=()
source_is() { sources+=("$(printf '"cause":"%s","domain":"%s","account":"%s","script":"%s","endpoint":"%s"' "$@")"); }

record() {
  sort_messages; write_notice
  cat_logs >"$out/maillog"; cp "$php_log" "$out/php-mail.log" 2>/dev/null || true
  local n=0 source all=() spam good
  for source in "${sources[@]}"; do
    n=$((n + 1)); mapfile -t spam < <(ids "$n")
    all+=("{$source,\"spam\":$(json_list "${spam[@]}")}")
  done
  mapfile -t good < <(ids good)
  printf '{"incident":"%s","sources":[%s],"noticed":%s,"good":%s}\n' "$incident" "$(IFS=,; echo "${all[*]}")" "$(json_list "${noticed_ids[@]}")" \
    "$(json_list "${good[@]}")" >"$out/truth.json"
}

triage() {
  rm -rf "$out/case.sluice"
  HOME=/root "$SLUICEGATE" triage --host "root@$server_address" --identity /run/lab/key --known-hosts /run/lab/known_hosts \
    --notice "$out/notice.txt" --case "$out/case.sluice" --json >"$out/triage.json" 2>"$out/triage.err" </dev/null && echo 0 >"$out/exit" || echo $? >"$out/exit"
}

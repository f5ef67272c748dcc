# SPDX-License-Identifier: GPL-3.0-or-later
# A shop writes to its subscribers, steadily and with a way out; some complain, and the provider blocks all the same.

play_incident() {
  honest_traffic
  local n id to list='' how; how=$(pick shell browser); source_is legitimate-bulk "$other_site" '' '' ''
  for n in $(seq $((40 + $(roll 20)))); do
    id=$(new_id).news@$other_site; mark 1 "$id"; to=reader$(roll 999)@accepting.test
    case $(roll 12) in 0) to=gone$(roll 999)@refusing.test ;; 1 | 2) to=reader$(roll 999)@deferring.test ;; esac
    if [ "$how" = shell ]; then newsletter "$to" "$id"; sleep 0.2; between; else list+="$to;$id;$other_site"$'\n'; fi
  done
  [ "$how" = browser ] || return 0
  browse 198.51.100.9 "$other_site" /newsletter.php --max-time 60 --data-urlencode "list=$list" >/dev/null & id=$!
  for n in $(seq 8); do honest_step; done
  wait "$id"
}

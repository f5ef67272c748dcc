# SPDX-License-Identifier: GPL-3.0-or-later
# A stolen password and a website, both at once: neither may hide behind the other.

play_incident() {
  honest_traffic
  local account web; account=$(pick "${boxes[@]}") web=$(pick drive_mailer ask_for_copies register_strangers)
  option "$culprit" users_can_register 1
  local pid; echo 0 >/run/lab/draws.other
  (draws=/run/lab/draws.other; steal_password 1 "$account" "$((30 + $(roll 20)))" "$(pick forged own)") & pid=$!
  source_is mailbox-password "${account#*@}" "$account" '' ''
  "$web" 2 "$culprit" "$((25 + $(roll 15)))"
  wait "$pid"
}

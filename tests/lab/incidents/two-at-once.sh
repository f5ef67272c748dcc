# SPDX-License-Identifier: GPL-3.0-or-later
# A stolen password and a website, both at once: neither may hide behind the other.

play_incident() {
  honest_traffic
  local account web; account=$(pick "${boxes[@]}") web=$(pick drive_mailer ask_for_copies register_strangers)
  option "$culprit" users_can_register 1
  local pid; echo 0 >/run/lab/draws.other
  # In forged names: where a notice names few of its ids, a log of a minute cannot tell a thief in the owner's name from the owner.
  # Visitors come in the other's pauses only.
  (draws=/run/lab/draws.other; between() { [ "$(roll 5)" -ne 0 ] || write_from_box; }; steal_password 1 "$account" "$((30 + $(roll 20)))" forged) & pid=$!
  source_is mailbox-password "${account#*@}" "$account" '' ''
  "$web" 2 "$culprit" "$((25 + $(roll 15)))"
  wait "$pid"
}

# SPDX-License-Identifier: GPL-3.0-or-later
# WordPress lets anybody register; bots do so in strangers' names, and every stranger gets a mail.

play_incident() {
  option "$culprit" users_can_register 1; honest_traffic
  register_strangers 1 "$culprit" "$((25 + $(roll 20)))"
}

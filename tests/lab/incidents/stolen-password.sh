# SPDX-License-Identifier: GPL-3.0-or-later
# A mailbox's password is guessed, then used from many networks with forged senders.

play_incident() {
  local account; account=$(pick "${boxes[@]}"); honest_traffic
  steal_password 1 "$account" "$((35 + $(roll 25)))" forged
}

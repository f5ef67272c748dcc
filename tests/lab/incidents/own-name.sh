# SPDX-License-Identifier: GPL-3.0-or-later
# A stolen password, used in the mailbox's own name: from a few places or many, with no failure before.

play_incident() {
  local account; account=$(pick "${boxes[@]}"); honest_traffic
  steal_password 1 "$account" "$((35 + $(roll 25)))" own "$(pick 1 2 3 100)"
}

# SPDX-License-Identifier: GPL-3.0-or-later
# A form sends its writer a copy; bots give strangers' addresses, and the copy is the spam.

play_incident() { honest_traffic; ask_for_copies 1 "$culprit" "$((25 + $(roll 20)))"; }

# SPDX-License-Identifier: GPL-3.0-or-later
# A mailer dropped among a site's uploads is driven from the web: one POST writes one message or many.

play_incident() { honest_traffic; drive_mailer 1 "$culprit" "$((35 + $(roll 25)))"; }

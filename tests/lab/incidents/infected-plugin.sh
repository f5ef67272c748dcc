# SPDX-License-Identifier: GPL-3.0-or-later
# A plugin of a site has been changed: it evaluates what visitors post to it.

incident_needs() { php_marks=$(pick log header); } # else nothing tells that the code was evaluated
play_incident() { honest_traffic; drive_plugin 1 "$culprit" "$((35 + $(roll 25)))"; }

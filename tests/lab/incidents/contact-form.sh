# SPDX-License-Identifier: GPL-3.0-or-later
# A site's contact form without a captcha: bots write to its owner, hundreds a day.

play_incident() {
  honest_traffic
  local n who agent; agent=$(pick "${agents[@]}" 'python-requests/2.32.3' 'curl/8.14.1'); choose_places "$(pick 2 5 100)"
  source_is website-form "$culprit" '' '' "/${form_of[$culprit]}"
  for n in $(seq $((35 + $(roll 25)))); do
    who=$(stranger); mark 1 "$who"
    ask "$(place)" "$culprit" "$who" "$(pick 'Your site' 'SEO offer' 'Quick money') $(roll 999)" "Visit http://$(pick cheap best top)$(roll 999).test/"
    between
  done
}

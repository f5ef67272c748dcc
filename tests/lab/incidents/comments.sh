# SPDX-License-Identifier: GPL-3.0-or-later
# Bots comment on a post of WordPress; each comment writes to the site's owner, whose box elsewhere takes it for spam.

play_incident() {
  honest_traffic
  local n who agent; agent=$(pick "${agents[@]}" 'python-requests/2.32.3' 'Mozilla/5.0 (compatible)')
  source_is website-form "$culprit" '' '' /wp-comments-post.php
  for n in $(seq $((35 + $(roll 20)))); do
    who=$(stranger); mark 1 "$who"
    comment "$(foreign_address)" "$culprit" "$who" "Best $(pick watches pills loans bags) $(roll 99999) http://$(pick cheap best top)$(roll 999).test/"
    between
  done
}

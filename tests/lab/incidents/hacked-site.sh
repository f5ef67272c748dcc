# SPDX-License-Identifier: GPL-3.0-or-later
# A mailer was dropped into a site's upload folder; it sends through PHP's mail() as the site's own user.

play_incident() {
  true_cause=website-hacked true_domain=$site
  true_script=/var/www/vhosts/$site/httpdocs/wp-content/uploads/20$(($(roll 9) + 17))/0$(($(roll 9) + 1))/$(pick gallery thumb lib cfg)$(roll 100).php
  mkdir -p "$(dirname "$true_script")"
  cat >"$true_script" <<'END'
<?php
eval('mail($argv[1], $argv[3], "Click here\n", "From: $argv[4]\r\nMessage-ID: <$argv[2]>\r\n");');
END
  honest_traffic
  local n id
  for n in $(seq 60); do
    id=$(new_id).$n@$site; spam_ids+=("$id")
    as_user "$site_uid" php "$true_script" "$(stranger)" "$id" "Account notice $(roll 99999)" "$(pick service support)@$(pick bank.test parcel.test prize.test)"
  done
}

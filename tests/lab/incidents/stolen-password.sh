# SPDX-License-Identifier: GPL-3.0-or-later
# A mailbox's password is guessed, then used from many networks with forged senders.

play_incident() {
  true_cause=mailbox-password true_account=$(pick "${boxes[@]}")
  honest_traffic
  local n id client
  for n in 1 2 3 4; do submit "$(foreign_address)" User "$true_account" "wrong$n" "$true_account" "$(stranger)" "$(new_id)@x.test" "Hi" || true; done
  # Background noise: somebody tries other boxes and never succeeds.
  for n in 1 2 3; do submit "$(foreign_address)" User "${boxes[0]}" "wrong$n" "${boxes[0]}" "$(stranger)" "$(new_id)@x.test" "Hi" || true; done
  for n in $(seq 60); do
    client=$(foreign_address); id=$(new_id).$n@$(pick mail.test post.test send.test); spam_ids+=("$id")
    submit "$client" "$(pick User ylmf-pc %5B127.0.0.1%5D WIN-$(roll 99999))" "$true_account" "$(password_of "$true_account")" "$(pick info sales billing)@$(pick bank.test parcel.test prize.test)" "$(stranger)" "$id" "Your parcel $(roll 99999) is waiting"
  done
}

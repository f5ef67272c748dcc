# SPDX-License-Identifier: GPL-3.0-or-later
# A process of its own talks to other servers' port 25; the mail server knows nothing of it. The block finds it still trying.

play_incident() {
  honest_traffic
  local n id uid list=/run/lab/list name; name=$(pick kworkerd httpd-x syncd update)
  if [ "$(roll 2)" = 0 ]; then
    uid=$culprit_uid; source_is website-hacked "$culprit" '' '' ''
  else
    uid=$((1000 + $(roll 50))); id=$(pick dev tester backupper)$(roll 99); useradd -M -u "$uid" -s /bin/bash "$id"; source_is direct-to-mx '' "$id" '' ''
  fi
  for n in $(seq $((20 + $(roll 20)))); do
    id=$(new_id).$n@$(pick mail.test post.test); mark 1 "$id"; printf '%s;%s;%s\n' "jo$(roll 9999)@accepting.test" "$id" "$(bank)"
  done >"$list"; chmod 644 "$list"
  cat >"/var/tmp/$name" <<'END'
<?php
foreach (file($argv[1], FILE_IGNORE_NEW_LINES) as $line) {
    [$to, $id, $from] = explode(';', $line);
    $s = fsockopen($argv[2], 25); fgets($s);
    $say = function ($line) use ($s) { fwrite($s, "$line\r\n"); do { $answer = fgets($s); } while ($answer[3] === '-'); };
    $say('EHLO mx.parcel.test'); $say("MAIL FROM:<$from>"); $say("RCPT TO:<$to>"); $say('DATA');
    $say("From: <$from>\r\nTo: <$to>\r\nSubject: Your parcel\r\nMessage-ID: <$id>\r\n\r\nClick here\r\n."); $say('QUIT'); fclose($s);
}
touch('/run/lab/sent');
for (;;) { @fsockopen('203.0.113.200', 25, $n, $text, 120); sleep(1); }
END
  as_user "$uid" php "/var/tmp/$name" "$list" "$accept_sink" >/dev/null 2>&1 &
  for n in $(seq 12); do honest_step; done
  for n in $(seq 100); do on_server ss -Htn state syn-sent '( dport = :25 )' | grep -q . && break; sleep 0.2; done
}

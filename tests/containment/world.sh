#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program beside a real Postfix of its own: private /etc and /var, no network, mail that waits for ever and one domain that
# is delivered into maildirs.
#   world.sh PROGRAM [ARGUMENT...]       needs root; exit status 77 where namespaces are refused
set -euo pipefail
if [ -z "${SLUICEGATE_WORLD:-}" ]; then
  [ "$(id -u)" -eq 0 ] || { echo "needs root" >&2; exit 77; }
  unshare --mount --net --uts --ipc --pid --fork true 2>/dev/null || { echo "namespaces are refused here" >&2; exit 77; }
  export SLUICEGATE_WORLD=yes
  exec unshare --mount --net --uts --ipc --pid --fork --kill-child --mount-proc --propagation private "$0" "$@"
fi
mount -t tmpfs tmpfs /run
mkdir -p /run/world
for tree in etc var root; do
  mkdir -p "/run/world/$tree/upper" "/run/world/$tree/work"
  mount -t overlay overlay -o "lowerdir=/$tree,upperdir=/run/world/$tree/upper,workdir=/run/world/$tree/work" "/$tree"
done
hostname mail.hosting.example
printf '127.0.0.1 localhost\n127.0.0.1 mail.hosting.example\n' >/etc/hosts
ip link set lo up
# Written, not added: the machine may have accounts of the same names or numbers.
sed -i -E '/^(popuser|shopuser|otheruser):|^[^:]*:[^:]*:(2100|10003|10004):/d' /etc/passwd
printf '%s\n' popuser:x:2100:2000::/var/mail/vhosts:/usr/sbin/nologin shopuser:x:10003:2000::/:/bin/false otheruser:x:10004:2000::/:/bin/false >>/etc/passwd
mkdir -p /var/mail/vhosts; chown popuser /var/mail/vhosts
find /var/spool/postfix/{incoming,active,deferred,hold,maildrop,defer,bounce} -type f -delete 2>/dev/null || true
cp /usr/share/postfix/master.cf.dist /etc/postfix/master.cf
: >/etc/postfix/main.cf
postconf -e compatibility_level=3.9 myhostname=mail.hosting.example 'mydestination=$myhostname, localhost' inet_interfaces=loopback-only \
  inet_protocols=ipv4 maillog_file=/var/log/maillog alias_maps= alias_database= defer_transports=smtp smtp_dns_support_level=disabled \
  virtual_mailbox_domains=box.example virtual_mailbox_base=/var/mail/vhosts virtual_mailbox_maps=static:all/ \
  virtual_uid_maps=static:2100 virtual_gid_maps=static:2000 virtual_minimum_uid=100 "enable_long_queue_ids=${LONG_IDS:-no}" \
  minimal_backoff_time=4000s hopcount_limit=100
postconf -M postlog/unix-dgram="postlog unix-dgram n - n - 1 postlogd"
postconf -F '*/*/chroot=n'
postfix start >/dev/null 2>&1 || { postfix check; exit 1; }
"$@"

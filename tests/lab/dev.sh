# SPDX-License-Identifier: GPL-3.0-or-later
# A device tree of our own: daemons make sockets in /dev.

private_dev() { # DIRECTORY: what becomes /dev
  local node dev=$1
  mount -t tmpfs -o mode=755 tmpfs "$dev"
  for node in null zero full random urandom tty; do touch "$dev/$node"; mount --bind "/dev/$node" "$dev/$node"; done
  mkdir "$dev/pts" "$dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$dev/pts"; mount -t tmpfs tmpfs "$dev/shm"
  ln -s pts/ptmx "$dev/ptmx"; ln -s /proc/self/fd "$dev/fd"
  ln -s fd/0 "$dev/stdin"; ln -s fd/1 "$dev/stdout"; ln -s fd/2 "$dev/stderr"
}

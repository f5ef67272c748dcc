# SPDX-License-Identifier: GPL-3.0-or-later
# The ground the house is built on: this machine if it is Debian 13 or newer, else a Debian 13 root made by mmdebstrap.
# Sourced by app/run, tests/run and .ci/run; everything here is idempotent and says what it installs.

GROUND_PROJECT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
GROUND_CACHE=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/sluicegate
GROUND_ROOT=${SLUICEGATE_ROOT:-$GROUND_CACHE/debian13}

# What each purpose needs, as Debian package names.
GROUND_BUILD="g++ cmake ninja-build ccache pkgconf file dpkg-dev qt6-base-dev qt6-tools-dev qt6-l10n-tools
  libkf6syntaxhighlighting-dev libkf6widgetsaddons-dev libkf6texttemplate-dev libssh-dev libsimdjson-dev libisal-dev libzstd-dev zlib1g-dev
  libbz2-dev liblzma-dev libssl-dev"
GROUND_RUN="qt6-svg-plugins qt6-translations-l10n fonts-dejavu-core openssh-client tzdata ca-certificates"
GROUND_TEST="xvfb openbox openssh-server sudo dash tcsh fish procps iproute2 postfix dovecot-core php-cli
  rsyslog curl zstd xz-utils bzip2 gzip poppler-utils netcat-openbsd sshpass apache2 php-fpm wordpress mariadb-server-core"
GROUND_CI="git clang clang-format libclang-rt-dev llvm desktop-file-utils appstream lintian"

ground_say() { printf '%s\n' "$*" >&2; }
ground_fail() { ground_say "sluicegate: $*"; exit 1; }

# native: build right here; root: a Debian 13 root has to be made; anything else is refused with a sentence.
ground_kind() {
  local ID='' VERSION_ID='' VERSION_CODENAME=''
  # shellcheck disable=SC1091
  . /etc/os-release 2>/dev/null || ground_fail "cannot tell which system this is: /etc/os-release is missing. Debian 13 or newer is needed."
  [ "$ID" = debian ] || ground_fail "this is ${ID:-an unknown system}; Sluicegate builds on Debian 13 or newer (and, as root, on Debian 12)."
  if [ -z "$VERSION_ID" ] || [ "${VERSION_ID%%.*}" -ge 13 ]; then echo native
  elif [ "${VERSION_ID%%.*}" -eq 12 ] && [ "$(id -u)" -eq 0 ]; then echo root
  elif [ "${VERSION_ID%%.*}" -eq 12 ]; then ground_fail "on Debian 12 a Debian 13 root has to be made, which needs root: run the same command with sudo."
  else ground_fail "Debian $VERSION_ID is too old; Debian 13 or newer is needed (or Debian 12 as root)."; fi
}

# Runs a command as root: directly, or through sudo.
ground_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else ground_fail "packages have to be installed and you are neither root nor is sudo here: run as root, or install sudo."; fi
}

# Installs the packages of the named groups that are missing, on the machine this runs on.
ground_install() {
  local want=() missing=() p
  for p in "$@"; do local -n list=GROUND_$p; read -r -d '' -a more <<<"$list" || true; want+=("${more[@]}"); done
  for p in "${want[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$p" 2>/dev/null)" = 'ii ' ] || missing+=("$p")
  done
  [ ${#missing[@]} -eq 0 ] && return
  ground_say "installing: ${missing[*]}"
  local log; log=$(mktemp)
  ground_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1 \
    && ground_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 \
    || { tail -n 15 "$log" >&2; ground_fail "installing packages failed (full log: $log)"; }
  rm -f "$log"
}

# The machine's own package sources, spelt for another release: no mirror is ever named in this project.
ground_sources() { # CODENAME
  local here; here=$(. /etc/os-release; echo "$VERSION_CODENAME")
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null \
    | awk -v here="$here" -v want="$1" '$3 == "main" && ($2 == here || $2 == here "-security" || $2 == here "-updates") {
        sub("^" here, want, $2); line = "deb " $1 " " $2 " main"; if (!seen[line]++) print line }'
}

# Makes a bare Debian 13 root at DIR (nothing but the base system and ca-certificates).
ground_make_root() { # DIR
  local dir=$1 options sources
  ground_install_here mmdebstrap
  sources=$(ground_sources trixie)
  [ -n "$sources" ] || { ground_root apt-get -q update >/dev/null 2>&1; sources=$(ground_sources trixie); }
  [ -n "$sources" ] || ground_fail "no Debian package source is configured on this machine, so a Debian 13 root cannot be made; see /etc/apt/sources.list.d."
  options=$(mktemp); apt-config dump | grep -E '^Acquire::(http|https|ftp|Check)' >"$options" || true
  ground_say "making a Debian 13 root in $dir"
  rm -rf --one-file-system "$dir.part"; mkdir -p "$(dirname "$dir")"
  mmdebstrap --quiet --variant=minbase --mode=root --include=ca-certificates --aptopt="$options" trixie "$dir.part" - <<<"$sources" \
    || ground_fail "mmdebstrap could not make a Debian 13 root in $dir; are the package sources reachable?"
  rm -f "$options"
  # Packages must not start services in the root.
  printf '#!/bin/sh\nexit 101\n' >"$dir.part/usr/sbin/policy-rc.d"; chmod 755 "$dir.part/usr/sbin/policy-rc.d"
  mkdir -p "$dir.part/.host"
  rm -rf --one-file-system "$dir"; mv "$dir.part" "$dir"
}

ground_install_here() {
  command -v "$1" >/dev/null && return
  ground_say "installing: $1"
  ground_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >/dev/null 2>&1
  ground_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$1" >/dev/null 2>&1 \
    || ground_fail "could not install $1"
}

# Runs a command inside a root, in mount and pid namespaces of its own, with the project and the cache folder at the same path.
# pivot_root rather than chroot: namespaces (the lab needs them) cannot be made inside a chroot.
ground_inside() { # ROOT COMMAND...
  local root=$1; shift
  mkdir -p "$root$GROUND_PROJECT" "$root$GROUND_CACHE/ccache" "$root/.host" "$GROUND_CACHE/ccache"
  cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
  grep -q "$(hostname)" "$root/etc/hosts" 2>/dev/null || printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 %s\n' "$(hostname)" >"$root/etc/hosts"
  # shellcheck disable=SC2016
  unshare --mount --pid --fork --kill-child --propagation private bash -c '
    set -e; root=$1 project=$2 cache=$3; shift 3
    mount --bind "$root" "$root"; mount --bind "$project" "$root$project"; mount --bind "$cache/ccache" "$root$cache/ccache"
    mount -t proc proc "$root/proc"; mount --rbind /sys "$root/sys"; mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/run"; mkdir -p "$root/tmp/.X11-unix"; chmod 1777 "$root/tmp" "$root/tmp/.X11-unix"
    [ ! -d /tmp/.X11-unix ] || mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
    cd "$root"; pivot_root . .host; umount -l /.host; cd "$project"
    exec env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM="${TERM:-dumb}" \
      ${CI:+CI="$CI"} ${DISPLAY:+DISPLAY="$DISPLAY"} ${XDG_CACHE_HOME:+XDG_CACHE_HOME="$XDG_CACHE_HOME"} \
      ${SLUICEGATE_ACCEPT:+SLUICEGATE_ACCEPT="$SLUICEGATE_ACCEPT"} ${SLUICEGATE_SEED:+SLUICEGATE_SEED="$SLUICEGATE_SEED"} \
      CCACHE_DIR="$cache/ccache" CCACHE_BASEDIR="$project" CCACHE_NOHASHDIR=1 SLUICEGATE_INSIDE=1 "$@"
  ' ground "$root" "$GROUND_PROJECT" "$GROUND_CACHE" "$@"
}

# Makes the Debian 13 root of a Debian 12 machine if it is absent, or anew when asked.
ground_root_ready() { # yes|no: fresh
  mkdir -p "$GROUND_CACHE"
  exec 8>"$GROUND_CACHE/root.lock"; flock 8
  [ "$1" = no ] && [ -d "$GROUND_ROOT" ] || ground_make_root "$GROUND_ROOT"
  exec 8>&-
}

# Configures a preset if needed and builds targets; talk goes to stderr, a failure shows its end and where the rest is.
ground_build() { # PRESET TARGET... [-- CMAKE ARGUMENT...]
  local preset=$1 targets=() log; shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do targets+=(--target "$1"); shift; done
  [ "${1:-}" != -- ] || shift
  cd "$GROUND_PROJECT"; mkdir -p .build; log=$PWD/.build/$preset.log
  # Ninja configures again by itself when a CMakeLists.txt changed.
  if [ $# -gt 0 ] || [ ! -f ".build/$preset/build.ninja" ]; then
    cmake --preset "$preset" "$@" >"$log" 2>&1 || { tail -n 15 "$log" >&2; ground_fail "configuring failed (full log: $log)"; }
  fi
  if cmake --build --preset "$preset" "${targets[@]}" -- -n 2>/dev/null | grep -q 'no work to do'; then return; fi
  ground_say "building ($preset); the first time takes a few minutes"
  cmake --build --preset "$preset" "${targets[@]}" >"$log" 2>&1 \
    || { grep -E -A6 'error|FAILED' "$log" | head -n 40 >&2; ground_fail "the build failed (full log: $log)"; }
}

# Runs a program built in the root on the caller's own file tree: only /usr (but not /usr/local) is the root's.
ground_on_host() { # COMMAND...
  # shellcheck disable=SC2016
  FONTCONFIG_PATH=$GROUND_ROOT/etc/fonts unshare --mount --propagation private bash -c '
    set -e; root=$1; shift
    mount --bind "$root" "$root"; mount --bind /usr/local "$root/usr/local"; mount --bind "$root/etc/ld.so.cache" /etc/ld.so.cache
    mount --rbind "$root/usr" /usr
    exec "$@"
  ' sluicegate "$GROUND_ROOT" "$@"
}

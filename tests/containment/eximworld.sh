#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program beside a real Exim of its own: see tests/lab/daemon.
#   eximworld.sh PROGRAM       needs root and, for the package, the network; exit status 77 without
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$(dirname "${BASH_SOURCE[0]}")/../lab/daemon" exim "$folder" "$@"

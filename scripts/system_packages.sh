#!/usr/bin/env bash
# Chromium and PostgreSQL, which some tests need: installed where continuous integration runs as root, else only named.
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)

if [ "${#missing[@]}" -eq 0 ]; then
    exit 0
elif [ "${CI:-}" = true ] && [ "$(id -u)" -eq 0 ]; then
    echo "Installing ${missing[*]}"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}" fonts-dejavu-core; } >"$log" 2>&1 ||
        { tail -n 20 "$log" >&2; echo "${missing[*]} could not be installed" >&2; exit 1; }
else
    echo "Not on this machine: ${missing[*]}. The tests that need them are skipped."
fi

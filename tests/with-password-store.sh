#!/bin/sh
# Runs a command with an unlocked password store of its own. Call it under dbus-run-session.
# The store lives in a home of its own, so the person's is neither read nor changed.
set -eu
store_home=$(mktemp -d)
trap 'rm -rf "$store_home"' EXIT
mkdir -p "$store_home/.local/share/keyrings" "$store_home/.cache"
mkdir -m 700 "$store_home/run"
if command -v gnome-keyring-daemon >/dev/null 2>&1; then
    printf 'test-password' |
        HOME="$store_home" XDG_RUNTIME_DIR="$store_home/run" XDG_DATA_HOME="$store_home/.local/share" \
            gnome-keyring-daemon --unlock --components=secrets >/dev/null
    TAUTRAIT_TEST_PASSWORD_STORE=1
    export TAUTRAIT_TEST_PASSWORD_STORE
else
    echo "SKIPPED: tests with a password store (gnome-keyring-daemon is not installed)" >&2
fi
"$@"

#!/bin/sh
# Runs the tests of the desk that need a browser: `in_browser.sh PYTEST`. Without a Chromium it installs Debian's where it may;
# where there is none, it says so in its last lines, and fails if IONM_NOTES_BROWSER_TESTS is `required`.
set -u
found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if ! found >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's Chromium for the tests in a browser"
    { timeout 120 apt-get update -qq && timeout 300 apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
fi
if found >/dev/null; then
    exec "$1" -n 0 -m browser tests/desk
fi
echo "The tests of the desk in a browser DID NOT RUN: there is no Chromium, and it could not be installed."
echo "Install it (Debian: apt-get install chromium) and run: make test-browser"
[ "${IONM_NOTES_BROWSER_TESTS:-}" != required ]

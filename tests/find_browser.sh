#!/bin/sh
# Prints the path of a Chromium: one on this machine, else Debian's package where it may be installed, else
# Playwright's own. The browser is never skipped: without one this fails and says what to install.
set -eu
for name in "${VOUCHSAFE_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        command -v "$name"
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    (apt-get update && apt-get install -y --no-install-recommends chromium) >&2 || true
    if command -v chromium >/dev/null 2>&1; then
        command -v chromium
        exit 0
    fi
fi
if playwright install chromium >&2; then
    python - <<'P'
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)
P
    exit 0
fi
echo "No Chromium was found for the browser tests. Install it (Debian: apt-get install chromium), or name one: VOUCHSAFE_CHROMIUM=/path make test" >&2
exit 1

#!/bin/sh
# What `make test`, `make test-wide` and `make soak` run; the same on every machine and in CI.
set -eu
cd "$(dirname "$0")/.."
# Debian's pytest-base-url warning aside, a run leaves nothing behind: its data folder is temporary.
export PYTHONWARNINGS="${PYTHONWARNINGS:-default::DeprecationWarning:vouchsafe}"

step() { printf '\n== %s\n' "$1"; }

browser() {
    step "A browser for the journeys"
    VOUCHSAFE_CHROMIUM="$(sh tests/find_browser.sh)"
    export VOUCHSAFE_CHROMIUM
    printf '%s\n' "$VOUCHSAFE_CHROMIUM"
}

case "${1:-quick}" in
quick)
    browser
    step "Lint and format"
    ruff check .
    ruff format --check .
    step "Types"
    mypy
    step "Who may import whom"
    lint-imports
    step "Migrations"
    python -m tests.check_migrations
    step "Tests"
    pytest -n 2 --dist loadfile -m "not wide and not soak and not journey" --durations 15
    step "Journeys in a real browser"
    pytest -n 2 --dist worksteal -m "journey and not wide and not soak" --durations 10
    ;;
wide)
    browser
    step "PostgreSQL"
    sh tests/with_postgres.sh pytest -n 2 --dist loadfile -m "not wide and not soak and not journey" tests/apps tests/doors tests/house --durations 10
    step "What needs real services"
    sh tests/with_postgres.sh pytest -n 2 --dist loadfile -m "wide and not soak" --ignore tests/house --durations 10
    step "What kills, cuts and moves whole instances"
    sh tests/with_postgres.sh pytest -m "wide and not soak" tests/house --durations 10
    ;;
soak)
    browser
    pytest -m soak --durations 20
    ;;
*)
    echo "usage: tests/run.sh quick|wide|soak" >&2
    exit 2
    ;;
esac

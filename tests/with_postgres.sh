#!/bin/sh
# Runs a command against a PostgreSQL of its own, started in a temporary folder and stopped afterwards.
# PostgreSQL refuses to run as root, so root starts it as the user `postgres` (or `nobody`).
set -eu
bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)"
[ -n "$bin" ] || bin="$(dirname "$(command -v initdb 2>/dev/null || echo /missing/initdb)")"
if [ ! -x "$bin/initdb" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        (apt-get update && apt-get install -y --no-install-recommends postgresql) >&2
        bin="$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)"
    else
        echo "PostgreSQL is needed for this: install it (Debian: apt-get install postgresql)." >&2
        exit 1
    fi
fi
folder="$(mktemp -d)"
port="$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
if [ "$(id -u)" = 0 ]; then
    owner=postgres
    id "$owner" >/dev/null 2>&1 || owner=nobody
    chown "$owner" "$folder"
    as() { setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups env HOME="$folder" "$@"; }
else
    as() { "$@"; }
fi
stop() { as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT INT TERM
as "$bin/initdb" -D "$folder/data" -U vouchsafe --auth=trust -E UTF8 >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null
as "$bin/createdb" -h 127.0.0.1 -p "$port" -U vouchsafe vouchsafe
DATABASE_URL="postgres://vouchsafe@127.0.0.1:$port/vouchsafe" "$@"

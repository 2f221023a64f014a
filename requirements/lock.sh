#!/bin/sh
# Writes the lock files anew from pyproject.toml. One format serves uv and plain pip: hashed requirements.
set -eu
cd "$(dirname "$0")/.."
uv="${UV:-.venv/bin/uv} pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header ${LOCK_FLAGS:-}"
$uv pyproject.toml -o requirements/run.txt
$uv --group dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt
$uv requirements/uv.in -o requirements/uv.txt
$uv requirements/providers.in -o requirements/providers.txt

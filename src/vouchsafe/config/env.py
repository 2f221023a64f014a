"""Settings from the environment, typed, and loud when they are wrong."""

from __future__ import annotations

import secrets
from pathlib import Path

from environs import Env

env = Env()


def data_folder() -> Path:
    """Where this instance keeps everything: `VOUCHSAFE_DATA`, by default `./data`."""
    return Path(env.str("VOUCHSAFE_DATA", "data")).expanduser().resolve()


def secret_key(folder: Path) -> str:
    """Django's secret: from the environment, else made once and kept beside the other keys."""
    given = env.str("VOUCHSAFE_SECRET_KEY", "")
    if given:
        return str(given)
    kept = folder / "keys" / "django-secret"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            kept.hardlink_to(fresh)  # the first of several starting processes wins; the others read its value
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text(encoding="ascii").strip()

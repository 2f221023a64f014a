"""The instance's keys: made on first run, kept in a folder, never in the database."""

from vouchsafe.adapters.keys.ring import Keys, KeysUnreadable, Kind, open_keys

__all__ = ["Keys", "KeysUnreadable", "Kind", "open_keys"]

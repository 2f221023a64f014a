"""The vault: files kept encrypted, each under a key of its own, opened only to a named viewer."""

from vouchsafe.adapters.vault.safe import (
    FileInConfidence,
    Role,
    Stored,
    Vault,
    VaultDamagedError,
    VaultFileMissingError,
    Viewer,
)
from vouchsafe.adapters.vault.storage import FolderStorage, Storage

__all__ = [
    "FileInConfidence",
    "FolderStorage",
    "Role",
    "Storage",
    "Stored",
    "Vault",
    "VaultDamagedError",
    "VaultFileMissingError",
    "Viewer",
]

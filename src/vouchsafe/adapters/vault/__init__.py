"""The vault: files kept encrypted, each under a key of its own, opened only to a named viewer."""

from vouchsafe.adapters.vault.objects import Bucket, KeepsVersionsError, ObjectStorage
from vouchsafe.adapters.vault.safe import (
    FileInConfidence,
    Role,
    Stored,
    Vault,
    VaultDamagedError,
    VaultFileMissingError,
    Viewer,
)
from vouchsafe.adapters.vault.storage import FolderStorage, Storage, StorageUnavailableError

__all__ = [
    "Bucket",
    "FileInConfidence",
    "FolderStorage",
    "KeepsVersionsError",
    "ObjectStorage",
    "Role",
    "Storage",
    "StorageUnavailableError",
    "Stored",
    "Vault",
    "VaultDamagedError",
    "VaultFileMissingError",
    "Viewer",
]

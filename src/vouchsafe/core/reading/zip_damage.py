"""What reading a stranger's archive raises when it is damaged, locked or packed in a way nobody knows."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import Final

ZIP_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,  # a part does not unpack, by whichever way it is packed
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # a part is locked, or packed in a way that `zipfile` cannot read: it has a subclass of this for that
)

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
    RuntimeError,  # it is locked; and, as NotImplementedError, packed in a way or a version that `zipfile` does not know
)

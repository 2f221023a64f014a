"""A store that speaks S3, on loopback: rclone's server over a folder, started as a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.leash import leashed
from tests.serving import free_port

from vouchsafe.adapters.vault import Bucket

KEY_ID, SECRET = "vouchsafe", "a secret of the tests"


@contextmanager
def object_store(folder: Path, *, port: int = 0) -> Iterator[Bucket]:
    """A running store whose buckets are the folders below `folder`; there is one, `letters`."""
    (folder / "letters").mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    command = [
        str(Path(sys.executable).with_name("rclone")), "serve", "s3", str(folder), "--config", "/dev/null",
        "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY_ID},{SECRET}", "--vfs-cache-mode", "off",
        "--dir-cache-time", "1ms",  # tests change files beside it; never looking twice (0) makes it crawl
    ]  # fmt: skip
    with leashed(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        _wait_for(port, server.process)
        yield Bucket("letters", "kept", f"http://127.0.0.1:{port}", "us-east-1", KEY_ID, SECRET)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        if server.poll() is not None:
            raise RuntimeError("the object store ended at once")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the object store did not answer")

"""Encrypted bytes in a bucket of any store that speaks S3, for instances of more than one machine.

boto3 signs, retries and times out; what is ours is the mapping onto the vault's calls, and two things a folder
does not need: a bucket that keeps older versions is refused, because an erased letter would still be there,
and "alone" is somebody else's lock, since a bucket has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vouchsafe.adapters.vault.storage import StorageUnavailableError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_GONE = frozenset({"404", "NoSuchKey", "NotFound"})
_HAS_NO_VERSIONS = frozenset({"NotImplemented", "MethodNotAllowed", "405", "501"})
CONNECT_SECONDS, READ_SECONDS, TRIES = 5, 30, 3


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the store is and what we are there. Without keys, boto3 looks where it always does (role, profile)."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key_id: str = ""
    secret: str = ""


class KeepsVersionsError(StorageUnavailableError):
    """The bucket keeps older versions of what is overwritten or deleted, so that erasing would not erase."""


class ObjectStorage:
    """`alone` is one lock over all machines of the instance; the bucket must exist and be private."""

    def __init__(self, bucket: Bucket, *, alone: Callable[[], AbstractContextManager[None]]) -> None:
        self.bucket = bucket
        self._alone = alone

    @cached_property
    def _client(self) -> S3Client:
        """Connected at the first use: boto3 takes a third of a second to import. Refuses a bucket with versions."""
        import boto3
        from botocore.config import Config
        from botocore.exceptions import ClientError

        told = self.bucket
        client = boto3.client(
            "s3",
            endpoint_url=told.endpoint or None,
            region_name=told.region or None,
            aws_access_key_id=told.key_id or None,
            aws_secret_access_key=told.secret or None,
            config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": TRIES},
                s3={"addressing_style": "path" if told.endpoint else "auto"},
                # The bytes prove themselves when they are opened; other makers' stores know no checksum trailers.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )
        with _said_plainly(told.name):
            try:
                kept = client.get_bucket_versioning(Bucket=told.name).get("Status")
            except ClientError as answer:
                if _code(answer) not in _HAS_NO_VERSIONS:
                    raise
                kept = None
        if kept is not None:  # "Suspended" keeps those it had
            raise KeepsVersionsError(f"the bucket {told.name} keeps older versions")
        client.meta.events.register("before-send.s3", _without_asking_first)
        return client

    def put(self, name: str, data: bytes) -> None:
        """A store answers once the object is kept whole; before that nobody sees any of it."""
        with _said_plainly(name):
            self._client.put_object(Bucket=self.bucket.name, Key=self._key(name), Body=data)

    def get(self, name: str) -> bytes:
        from botocore.exceptions import ClientError

        with _said_plainly(name):
            try:
                answer = self._client.get_object(Bucket=self.bucket.name, Key=self._key(name))
                return answer["Body"].read()
            except ClientError as problem:
                if _code(problem) in _GONE:
                    raise KeyError(name) from None
                raise

    def delete(self, name: str) -> bool:
        if not self.exists(name):  # S3 answers the same for what was there and what was not
            return False
        with _said_plainly(name):
            self._client.delete_object(Bucket=self.bucket.name, Key=self._key(name))
        return True

    def exists(self, name: str) -> bool:
        from botocore.exceptions import ClientError

        with _said_plainly(name):
            try:
                self._client.head_object(Bucket=self.bucket.name, Key=self._key(name))
            except ClientError as problem:
                if _code(problem) in _GONE:
                    return False
                raise
        return True

    def alone(self) -> AbstractContextManager[None]:
        return self._alone()

    def names(self, folder: str) -> Iterator[tuple[str, datetime]]:
        start = len(self._key(""))
        with _said_plainly(folder):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket.name, Prefix=self._key(f"{folder}/")
            )
            for page in pages:
                for entry in page.get("Contents", ()):
                    yield entry["Key"][start:], entry["LastModified"]

    def _key(self, name: str) -> str:
        return f"{self.bucket.prefix}/{name}" if self.bucket.prefix else name


def _without_asking_first(request: Any, **_: Any) -> None:
    """Send a file with its request and not after a "100 Continue".

    The library reads on for ever, at full speed, where a connection ends inside that line (tests/adapters/vault/test_store_faults.py).
    It spares nothing either: whatever is kept here has few megabytes. The header is no part of what is signed.
    """
    request.headers.pop("Expect", None)


def _code(problem: Exception) -> str:
    """What the store said was wrong; nothing where it said nothing. A cut connection has an answer, and it is None."""
    answer = getattr(problem, "response", None) or {}
    return str(answer.get("Error", {}).get("Code", ""))


@contextmanager
def _said_plainly(what: str) -> Iterator[None]:
    """Whatever the library raises, callers see one error; what it quotes of the request stays out of it."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as problem:
        reason = _code(problem) or type(problem).__name__
        raise StorageUnavailableError(f"the object store could not serve {what}: {reason}") from problem

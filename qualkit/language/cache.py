"""The cache as the lower floors see it: bytes by key. Who owns the file passes it in."""

from typing import Protocol


class Cache(Protocol):
    """What was computed from a content is found again by the content's hash; losing it costs time only."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, value: bytes) -> None: ...


class NoCache:
    """Remembers nothing."""

    def get(self, key: str) -> bytes | None:
        return None

    def put(self, key: str, value: bytes) -> None:
        return None

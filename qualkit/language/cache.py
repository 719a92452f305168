"""The cache as the lower floors see it: bytes by key. Who owns the file passes it in."""

from collections.abc import Iterable, Mapping
from typing import Protocol


class Cache(Protocol):
    """What was computed from a content is found again by the content's hash; losing it costs time only."""

    def get(self, key: str) -> bytes | None: ...

    def get_all(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        """Those of `keys` that are known, with their values."""
        ...

    def put(self, key: str, value: bytes) -> None: ...


class NoCache:
    """Remembers nothing."""

    def get(self, key: str) -> bytes | None:
        return None

    def get_all(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        return {}

    def put(self, key: str, value: bytes) -> None:
        return None

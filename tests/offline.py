"""No test and nothing it runs in this process may speak to a network: "offline" is proved."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

_EVENTS = {"socket.connect", "socket.sendto", "socket.bind", "socket.getaddrinfo"}
_tried: list[str] = []


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _EVENTS:
        return
    address = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
    if event != "socket.getaddrinfo" and not isinstance(address, tuple):
        return  # a socket of this machine's own, by a path
    _tried.append(f"{event} {address}")
    raise PermissionError(f"a test reached for the network: {event} {address}")


sys.addaudithook(_refuse)


@pytest.fixture(autouse=True)
def offline() -> Iterator[list[str]]:
    """Fail a test that reached for the network, whatever became of the refusal."""
    _tried.clear()
    yield _tried
    tried = list(_tried)
    _tried.clear()
    assert tried == [], tried

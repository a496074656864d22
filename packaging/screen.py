"""A virtual screen for what is built, and what it shows; seen without a library of the X server."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

SIZE = (1366, 768)
# The window is drawn in more colours than a plain area or a message box has.
COLOURS = 200
_CALM = 6


class Screen:
    """A screen that runs: its number, and its picture."""

    def __init__(self, number: int, frames: Path) -> None:
        self.number = number
        self._frames = frames

    def seen(self) -> Image.Image:
        """Return what the screen shows: Xvfb keeps it as an XWD file."""
        content = (self._frames / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", content[:100])
        size, width, height, stride, colours = head[0], head[4], head[5], head[12], head[19]
        pixels = content[size + colours * 12 :]
        return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", stride, 1)

    def wait_until_blank(self, seconds: float) -> None:
        """Wait until the window before is gone."""
        until = time.monotonic() + seconds
        while colours(self.seen()) > COLOURS and time.monotonic() < until:
            time.sleep(0.1)

    def picture(
        self, file: Path, *, seconds: float, ended: Callable[[], str | None], calm: int = _CALM
    ) -> Path:
        """Wait until a window stands still, write its picture to ``file`` and return that.

        It does where ``calm`` pictures in a row, half a second apart, are equal.

        ``ended`` returns what the program said where it has ended. Everything stops where it has,
        or where no window comes.
        """
        until = time.monotonic() + seconds
        before: bytes = b""
        equal = 0
        while equal < calm:
            said = ended()
            if said is not None:
                sys.exit(f"The program ended: {said[-3000:]}")
            time.sleep(0.5)
            picture = self.seen()
            if time.monotonic() > until:
                picture.save(file)
                sys.exit(f"The window is blank or never stands still: {file}")
            now = picture.tobytes()
            equal = equal + 1 if now == before and colours(picture) > COLOURS else 0
            before = now
        picture.save(file)
        return file


@contextmanager
def screen(frames: Path, size: tuple[int, int] = SIZE) -> Iterator[Screen]:
    """Run a virtual screen of ``size`` pixels; its picture lies in the folder ``frames``."""
    shutil.rmtree(frames, ignore_errors=True)
    frames.mkdir(parents=True)
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size[0]}x{size[1]}x24",
         "-nolisten", "tcp", "-ac", "-noreset", "-fbdir", str(frames)],
        pass_fds=(writing,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            sys.exit("The virtual screen does not start.")
        yield Screen(int(number), frames)
    finally:
        server.terminate()
        server.wait()


def colours(picture: Image.Image) -> int:
    """Return how many different colours a picture has."""
    return len(picture.getcolors(picture.width * picture.height) or ())

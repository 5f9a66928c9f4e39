"""Advisory locks on files: given back by the system when a process dies, however it dies."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl


class Locked(Exception):
    """Somebody else holds the lock."""


def hold(path: Path, *, shared: bool = False) -> IO[bytes]:
    """The lock on a file, held until the answer is closed; `Locked` at once if it cannot be had.

    On Windows nothing is locked: there an open file cannot be deleted, and the engine refuses a second writer itself.
    """
    handle = path.open("rb" if shared else "ab")  # a reader may not be allowed to write
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            handle.close()
            raise Locked(str(path)) from error
    return handle


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody holds the lock; true for as long as the block lasts."""
    try:
        handle = hold(path)
    except Locked:
        yield False
        return
    with handle:
        yield True

"""Advisory locks on files: given back by the system when a process dies, however it dies."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
    import random
else:
    import fcntl

_BYTES = 1 << 20  # on Windows, where a lock is on bytes and never shared: a reader has one of them, a writer all


class Locked(Exception):
    """Somebody else holds the lock."""


def hold(path: Path, *, shared: bool = False) -> IO[bytes]:
    """The lock on a file, held until the answer is closed; `Locked` at once if it cannot be had."""
    handle = path.open("rb" if shared else "ab")  # a reader may not be allowed to write
    try:
        if sys.platform == "win32":
            handle.seek(random.randrange(_BYTES) if shared else 0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1 if shared else _BYTES)
        else:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise Locked(str(path)) from error
    return handle


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody holds the lock; true for as long as the block lasts, in which the file must not be deleted."""
    try:
        handle = hold(path)
    except Locked:
        yield False
        return
    with handle:
        yield True

"""Named places inside a write where a test can stop the process dead.

`THIDUA_FAIL_AT=bulk-between` kills the process with SIGKILL when it gets there: no handler, no clean-up, as when the
power goes. Nothing happens while the variable is not set.
"""

import os
import signal
import sys

# Where each lies, in the order a load passes them.
NAMES = (
    "base-written",  # law and units are as this release has them, what is derived from them is not yet
    "base-judged",  # what is derived follows another register, units or code; that it does is not recorded
    "bulk-started",  # the marker of an unfinished load is written, no quad is
    "bulk-between",  # one part of the batch is in the store, another is not
    "bulk-written",  # every quad is in the store, the marker still says unfinished
    "bulk-marked",  # the marker is gone, the sources are not yet recorded
    "replace-started",  # before the transaction
    "replace-inside",  # in the transaction: the old graph dropped, the new one inserted, not committed
    "replace-written",  # the transaction is committed, the sources are not yet recorded
    "sources-recorded",  # everything is in live/, no snapshot shows it yet
    "snapshot-taken",  # the snapshot exists, `current` names the one before
)
VARIABLE = "THIDUA_FAIL_AT"


def armed(name: str) -> bool:
    """Whether the process is to die here."""
    return os.environ.get(VARIABLE) == name


def reached(name: str) -> None:
    """Die here if asked to; the name goes to stderr first, so that a test sees where."""
    if armed(name):
        sys.stderr.write(f"fail point {name}\n")
        sys.stderr.flush()
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

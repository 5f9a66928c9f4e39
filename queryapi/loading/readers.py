"""Files read by several processes at once, in order: one that dies over a file takes only that file with it.

Each reader is spawned, never forked: the store beside it has threads of its own. It reads one file at a time, so memory
is bounded by the largest documents, one for each reader, and by the few readings that wait for an earlier file.
"""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from traceback import extract_tb

from loaders.errors import LoadError, NoOcr, ThiduaError
from loaders.findings import Findings
from loaders.formats import Progress
from loaders.formats.ocr import PAGES_AT_ONCE
from loaders.text import Text
from queryapi.store import failpoints

__all__ = ["ReaderDied", "Reading", "processes", "read_all"]

Reading = tuple[Text, Findings] | ThiduaError
_WAITING = 32  # readings kept for each reader while an earlier file is still being read
_SILENCE = 1800  # seconds without a word, not even of a page, after which a reader is given up
_WORTH = 400_000  # bytes of text below which starting processes takes longer than reading
_OURS = ("loaders", "ontology", "queryapi")
_HEAVY = {".pdf": 10, ".png": 100, ".jpg": 100, ".jpeg": 100, ".tif": 100, ".tiff": 100}  # times what text takes


class ReaderDied(LoadError):
    """The process that read a file ended, or fell silent, before it was done; or `fault` stopped the reading.

    A fault is the kind of an exception and the place in our code, never its words: those may hold the document's.
    """

    code = "reader-died"

    def __init__(self, name: str, fault: str = "") -> None:
        why, why_en = (f"lỗi của bộ đọc: {fault}",) * 2 if fault else ("tệp hỏng hoặc quá lớn", "damaged or too large")
        super().__init__(
            f"{name}: bộ đọc dừng giữa chừng vì tệp này ({why}); các tệp khác vẫn được nạp",
            f"{name}: the reader broke down over this file ({why_en}); other files are still loaded",
        )


def processes(files: Sequence[Path]) -> int:
    """How many readers these files are worth: one per core, or none where reading them here is sooner done."""
    cores = os.cpu_count() or 1
    weight = 0
    for file in files:
        with suppress(OSError):
            weight += file.stat().st_size * _HEAVY.get(file.suffix.lower(), 1)
    return min(cores, len(files)) if cores > 1 and len(files) > 1 and weight >= _WORTH else 0


def read_all(files: Sequence[Path], readers: int, progress: Progress | None = None) -> Iterator[tuple[Path, Reading]]:
    """The reading of each file, or why there is none, in the order given; `progress` is told how many are done."""
    told = _Told(files, progress)
    if not readers:
        for file in files:
            yield file, _read(file, told.page)
            told.done()
        return
    # the processors are shared out: a reader of scans runs so many tesseracts and no more
    pool = [_Reader(max(1, (os.cpu_count() or 1) // readers)) for _ in range(readers)]
    try:
        yield from _shared_out(files, pool, told)
    finally:
        for reader in pool:
            reader.stop()


def _shared_out(files: Sequence[Path], pool: "list[_Reader]", told: "_Told") -> Iterator[tuple[Path, Reading]]:
    ready: dict[int, Reading] = {}
    given = passed = 0
    while passed < len(files):
        for reader in pool:
            if reader.task is None and given < min(len(files), passed + _WAITING * len(pool)):
                reader.give(given, files[given])
                given += 1
        busy = [reader for reader in pool if reader.task is not None]
        for reader in _spoken(busy):
            said = reader.hear()
            if isinstance(said, _Page):
                told.page(said.done, said.total, said.what, reader.name)
            else:
                number = reader.free()
                ready[number] = said
                told.done()
        while passed in ready:
            yield files[passed], ready.pop(passed)
            passed += 1


def _spoken(busy: "list[_Reader]") -> "list[_Reader]":
    """The readers with something to say; all of them, to be given up, when none has spoken for long."""
    spoken = set(map(id, wait([reader.line for reader in busy], timeout=_SILENCE)))
    return [reader for reader in busy if id(reader.line) in spoken] if spoken else [r.kill() for r in busy]


class _Page:
    """A word of progress."""

    def __init__(self, done: int, total: int, what: str) -> None:
        self.done, self.total, self.what = done, total, what


class _Told:
    """Progress in files; while one file of many pages is read, which page."""

    def __init__(self, files: Sequence[Path], progress: Progress | None) -> None:
        self._progress, self._total, self._done = progress, len(files), 0
        self._names = [file.name for file in files]
        self._say("")

    def done(self) -> None:
        self._done += 1
        self._say("")

    def page(self, done: int, total: int, what: str, name: str = "") -> None:
        if self._progress and self._total == 1:
            self._progress(done, total, what)
        else:
            self._say(f"{name or self._names[min(self._done, self._total - 1)]} · {what} {done}/{total}")

    def _say(self, words: str) -> None:
        if self._progress:
            name = self._names[self._done] if self._done < self._total else ""
            self._progress(self._done, self._total, words or name)


class _Reader:
    """A process that reads, and the line to it."""

    def __init__(self, pages: int) -> None:
        self._pages = pages
        self.task: int | None = None
        self.name = ""
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, other = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(other, self._pages), daemon=True)
        self._process.start()
        other.close()

    def give(self, task: int, file: Path) -> None:
        self.task, self.name = task, file.name
        with suppress(OSError):  # dead already: `hear` says so
            self.line.send(file)

    def hear(self) -> "_Page | Reading":
        """What it says; that it died, and another in its place."""
        try:
            said: _Page | Reading = self.line.recv()
        except (EOFError, OSError):
            self.stop()
            self._start()
            return ReaderDied(self.name)
        return said

    def free(self) -> int:
        task, self.task = self.task, None
        assert task is not None
        return task

    def kill(self) -> "_Reader":
        self._process.kill()
        self._process.join()
        return self

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self.line.close()


def _serve(line: Connection, pages: int) -> None:
    """What a reader does: a path comes, pages and the reading go; `pages` is how many it recognises side by side."""
    os.environ[PAGES_AT_ONCE] = str(pages)

    def told(done: int, total: int, what: str) -> None:
        line.send(_Page(done, total, what))

    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            file = line.recv()
            failpoints.reached(f"reading {file.name}")
            line.send(_read(file, told))


def _read(file: Path, progress: Progress | None) -> Reading:
    from loaders.read import read

    try:
        return read(file, progress=progress)
    except ThiduaError as error:
        return of_file(error, file)
    except Exception as error:  # a mistake of ours over one file: the same here as in a process of its own
        return ReaderDied(file.name, _fault(error))


def _fault(error: Exception) -> str:
    """The kind of an exception and where our code raised it: "KeyError, loaders/plan/quotas.py:123"."""
    here = Path(__file__).parents[2]
    trace = extract_tb(error.__traceback__)
    frames = [Path(frame.filename) for frame in trace]
    own = [i for i, path in enumerate(frames) if path.is_relative_to(here) and path.relative_to(here).parts[0] in _OURS]
    if not own:
        return type(error).__name__
    last = own[-1]
    return f"{type(error).__name__}, {frames[last].relative_to(here).as_posix()}:{trace[last].lineno}"


def of_file(error: ThiduaError, file: Path) -> ThiduaError:
    """The error with the name of the file it is of; that tesseract is wanting is found where no name is known."""
    return NoOcr(file.name) if isinstance(error, NoOcr) else error

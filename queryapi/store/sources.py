"""Which file gave which document: what lets a second load skip what has not changed.

Kept out of the graph: a path says where somebody's files lie, and the data must not depend on that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection, connect
from typing import Any, Protocol

CORRECTED = "~"  # in a record's reader, before the digest of the corrections its reading was given


@dataclass(frozen=True)
class Record:
    """A file as it was last read. `graphs` is a document's IRI, or the graph names of an RDF file."""

    path: str
    name: str
    sha256: str
    reader: str
    quality: float
    graphs: tuple[str, ...]
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    citations: int = 0
    doubts: int = 0
    ocr: bool = False

    @property
    def order(self) -> tuple[bool, bool, int, float, str, str, str]:
        """The better reading of one document first.

        One a person corrected; what was not read optically before a scan; fewer doubts; more of its letters Vietnamese.
        """
        corrected = CORRECTED in self.reader
        return not corrected, self.ocr, self.doubts, -self.quality, self.name, self.sha256, self.path


class Sources(Protocol):
    """The records by path, and the content hash of each base graph."""

    def get(self, path: str) -> Record | None: ...

    def of(self, graph: str) -> list[Record]:
        """Every file that gave this document or graph, in order of path."""

    def begin(self, paths: Iterable[str], documents: Iterable[str]) -> None:
        """Before writing: until `put`, these files count as changed and these documents as unfinished."""

    def unfinished(self) -> list[str]:
        """The documents a load that died had begun to write, or to drop."""

    def put(self, records: Iterable[Record], forget: Iterable[str] = ()) -> None:
        """Write and remove records, all or none; what was begun is finished."""

    def all(self) -> list[Record]: ...

    def base(self, graph: str) -> str | None:
        """The content hash a base graph was loaded with."""

    def put_base(self, graph: str, digest: str) -> None: ...

    def judged_by(self) -> str:
        """The law register, as sorted N-Triples, under which every derived graph was computed when last all were."""

    def put_judged_by(self, law: str, graph: str, digest: str) -> None:
        """Write the register that all was judged by, and with it the content hash of what was derived."""


_COLUMNS = "s.path, name, sha256, reader, quality, type, number, date, issuer, citations, doubts, ocr"


class SourceFile:
    """The records in an SQLite file."""

    def __init__(self, path: Path) -> None:
        self._db: Connection = connect(path)
        self._db.executescript(
            "CREATE TABLE IF NOT EXISTS source (path TEXT PRIMARY KEY, name TEXT, sha256 TEXT, reader TEXT,"
            " quality REAL, type TEXT, number TEXT, date TEXT, issuer TEXT, citations INTEGER, doubts INTEGER,"
            " ocr INTEGER);"
            "CREATE TABLE IF NOT EXISTS gave (path TEXT, graph TEXT, PRIMARY KEY (path, graph));"
            "CREATE INDEX IF NOT EXISTS gave_by_graph ON gave (graph);"
            "CREATE TABLE IF NOT EXISTS base (graph TEXT PRIMARY KEY, digest TEXT);"
            "CREATE TABLE IF NOT EXISTS unfinished (document TEXT PRIMARY KEY);"
            "CREATE TABLE IF NOT EXISTS judged_by (law TEXT);"
        )
        if "ocr" not in {column for _, column, *_ in self._db.execute("PRAGMA table_info(source)")}:
            self._db.execute("ALTER TABLE source ADD COLUMN ocr INTEGER")  # of a store made before it was kept

    def get(self, path: str) -> Record | None:
        row = self._db.execute(f"SELECT {_COLUMNS} FROM source s WHERE path = ?", (path,)).fetchone()
        return self._record(row) if row else None

    def of(self, graph: str) -> list[Record]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM source s JOIN gave g ON g.path = s.path WHERE graph = ? ORDER BY s.path",
            (graph,),
        ).fetchall()
        return [self._record(row) for row in rows]

    def all(self) -> list[Record]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM source s ORDER BY path").fetchall()
        return [self._record(row) for row in rows]

    def begin(self, paths: Iterable[str], documents: Iterable[str]) -> None:
        with self._db:
            self._db.executemany("UPDATE source SET sha256 = '' WHERE path = ?", [(path,) for path in paths])
            self._db.executemany("INSERT OR IGNORE INTO unfinished VALUES (?)", [(d,) for d in documents])

    def unfinished(self) -> list[str]:
        return [d for (d,) in self._db.execute("SELECT document FROM unfinished ORDER BY document")]

    def put(self, records: Iterable[Record], forget: Iterable[str] = ()) -> None:
        with self._db:
            self._db.execute("DELETE FROM unfinished")
            for path in forget:
                self._db.execute("DELETE FROM source WHERE path = ?", (path,))
                self._db.execute("DELETE FROM gave WHERE path = ?", (path,))
            for r in records:
                self._db.execute(
                    f"INSERT OR REPLACE INTO source VALUES ({', '.join('?' * 12)})",
                    (
                        *(r.path, r.name, r.sha256, r.reader, r.quality),
                        *(r.type, r.number, r.date, r.issuer, r.citations, r.doubts, r.ocr),
                    ),
                )
                self._db.execute("DELETE FROM gave WHERE path = ?", (r.path,))
                self._db.executemany("INSERT INTO gave VALUES (?, ?)", [(r.path, g) for g in r.graphs])

    def base(self, graph: str) -> str | None:
        row = self._db.execute("SELECT digest FROM base WHERE graph = ?", (graph,)).fetchone()
        return str(row[0]) if row else None

    def put_base(self, graph: str, digest: str) -> None:
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO base VALUES (?, ?)", (graph, digest))

    def judged_by(self) -> str:
        row = self._db.execute("SELECT law FROM judged_by").fetchone()
        return str(row[0]) if row else ""

    def put_judged_by(self, law: str, graph: str, digest: str) -> None:
        with self._db:
            self._db.execute("DELETE FROM judged_by")
            self._db.execute("INSERT INTO judged_by VALUES (?)", (law,))
            self._db.execute("INSERT OR REPLACE INTO base VALUES (?, ?)", (graph, digest))

    def close(self) -> None:
        self._db.close()

    def _record(self, row: tuple[Any, ...]) -> Record:
        path, name, sha256, reader, quality, *told, ocr = row
        graphs = [g for (g,) in self._db.execute("SELECT graph FROM gave WHERE path = ? ORDER BY rowid", (path,))]
        return replace(Record(path, name, sha256, reader, quality, tuple(graphs), *told), ocr=bool(ocr))

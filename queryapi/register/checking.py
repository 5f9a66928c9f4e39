"""The register against the shapes of its timelines, without a store."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from loaders.days import shown_day
from loaders.law.build import records
from loaders.law.graph import Snapshot, as_shipped
from loaders.law.register import Register
from ontology import BASE, TD

_ORDER = ("Violation", "Warning", "Info")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One entry that breaks one rule; `entry` is its short name, `file` the user's own file that speaks of it."""

    severity: str
    entry: str
    message_vi: str
    message_en: str
    remedy_vi: str = ""
    remedy_en: str = ""
    rule: str = ""
    file: str | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Every fault, the gravest first, and how many entries the rules tested."""

    faults: tuple[Fault, ...]
    tested: int

    @property
    def holds(self) -> bool:
        return all(fault.severity != "Violation" for fault in self.faults)


def check_register(known: Snapshot, about: Collection[str] | None = None) -> Checked:
    """All of it, what is shipped and what the user added; or only some instruments and what replaced them."""
    from rdflib import Graph

    from shapes import REGISTERED
    from shapes import graph as shapes_graph
    from shapes.check import check, rules

    data, shapes = Graph(), shapes_graph(*REGISTERED)
    for content in _contents(known, about):
        data.parse(data=content, format="turtle")
    results = check(data, shapes)
    by_shape = rules(shapes)
    faults = [] if about is not None else [*_contradicted(known)]
    for result in results.results:
        rule = by_shape[result.shape]
        value = _short(result.value) if result.value else "…"
        faults.append(
            Fault(
                severity=result.severity,
                entry=_short(str(result.focus)),
                message_vi=rule.messages.get("vi", "").replace("{value}", _in_vietnamese(value)),
                message_en=rule.messages.get("en", "").replace("{value}", value),
                remedy_vi=rule.remedies.get("vi", ""),
                remedy_en=rule.remedies.get("en", ""),
                rule=str(result.shape).rpartition("#")[2],
                file=_file(known, str(result.focus)),
            )
        )
    ordered = sorted(faults, key=lambda fault: (_ORDER.index(fault.severity), fault.entry, fault.rule))
    return Checked(faults=tuple(ordered), tested=sum(results.tested.values()))


def _contents(known: Snapshot, about: Collection[str] | None) -> Iterator[bytes]:
    """The Turtle to test: every file, or the lines on these instruments and on all that a replacement joins to them."""
    if about is None:
        yield from (file.content for file in known.files)
        return
    near: dict[str, set[str]] = defaultdict(set)
    for entry in known.entries.values():
        for other in entry.all(TD.replacedBy):
            near[entry.iri].add(other)
            near[other].add(entry.iri)
    joined, reached = set(about), list(about)
    while reached:
        reached = [iri for one in reached for iri in near[one] if iri not in joined]
        joined |= set(reached)
    joined |= {other for iri in joined if iri in known.entries for other in known.entries[iri].all(TD.amendedBy)}
    kept = {entry.iri for entry in known.entries.values() if entry.iri in joined or entry.one(TD.about) in joined}
    for file in known.files:
        triples = ox.parse(file.content, format=ox.RdfFormat.TURTLE)
        said = [one for one in triples if isinstance(one.subject, ox.NamedNode) and one.subject.value in kept]
        yield ox.serialize(said, format=ox.RdfFormat.N_TRIPLES) or b""


def register_of(known: Snapshot) -> Register:
    """The records of a register that is not (yet) the one on the disk."""
    return Register(*records(known))


def _contradicted(known: Snapshot) -> Iterator[Fault]:
    """Days that the shipped register has verified and a file of the user's gives otherwise."""
    ours, theirs = register_of(as_shipped()), register_of(known)
    for iri, shipped in ours.instruments.items():
        now = theirs.instruments.get(iri)
        for name, vi in (("issue", "ngày ban hành"), ("valid_from", "ngày có hiệu lực"), ("valid_before", "ngày hết")):
            was = getattr(shipped, name)
            new = getattr(now, name) if now else None
            if was and was.confidence == "V" and was.date and new and new.date != was.date:
                yield Fault(
                    severity="Warning",
                    entry=_short(iri),
                    message_vi=f"sổ riêng: {vi} {shown_day(new.date)}; sổ gốc đã kiểm chứng: {shown_day(was.date)}",
                    message_en=f"your register says {new.date}, the shipped one has verified {was.date} ({name})",
                    remedy_vi="đối chiếu nguồn của hai ngày; sổ riêng đang được dùng",
                    remedy_en="compare the sources of both days; your register is the one in use",
                    rule="own-contradicts-shipped",
                    file=_file(known, iri),
                )


def _file(known: Snapshot, iri: str) -> str | None:
    words = f"<{_short(iri)}".encode()
    return next((str(file.path) for file in known.files if file.path and words in file.content), None)


def _in_vietnamese(value: str) -> str:
    return shown_day(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


def _short(words: str) -> str:
    return words.removeprefix(f"{BASE}id/doc/").removeprefix(f"{BASE}id/")

"""Sums in base salaries, days from an event, recurrences and points are shown beside the words they stand in."""

import pyoxigraph as ox

from ontology import TD, VOCAB
from queryapi.compare import ASPECTS
from queryapi.pages.document import _said
from queryapi.pages.facts import Thing
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import Iri, Literal


def told(**values: object) -> dict[str, str]:
    terms = {name: [value if isinstance(value, Iri) else Literal(str(value))] for name, value in values.items()}
    return {label: value for label, value in _said(Thing(f"{TD}x", terms)) if value}


def test_an_award_in_base_salaries() -> None:
    assert told(multiple="1.5", per="nguoi")["Mức tiền"].startswith("1,5 lần mức lương cơ sở")
    assert told(amount="300000", currency="VND")["Mức tiền"] == "300.000 VND"


def test_days_from_an_event_and_what_comes_round() -> None:
    within, quarterly = Iri(f"{VOCAB}boundary/within"), Iri(f"{VOCAB}recurrence/quarterly")
    assert told(boundary=within, days="10", relativeTo="kể từ ngày nhận đủ hồ sơ")["Hạn"].endswith(
        "10 ngày kể từ ngày nhận đủ hồ sơ"
    )
    assert "quý" in told(recurrence=quarterly, day="25")["Hạn"] and "25" in told(recurrence=quarterly, day="25")["Hạn"]


def test_the_points_of_a_criterion() -> None:
    assert told(points="2.5")["Điểm"] == "2,5"


def test_a_comparison_tells_them_too() -> None:
    plan = "https://w3id.org/thidua/id/doc/a/ke-hoach/2025/1"
    movement = f"{plan}#movement"
    said = [
        f"<{plan}> <{TD.launches}> <{movement}> .",
        f"<{movement}> <{TD.offersAward}> <{plan}#award-1> .",
        f'<{plan}#award-1> <{TD.multiple}> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> ; <{TD.start}> 1 .',
        f"<{movement}> <{TD.setsDeadline}> <{plan}#deadline-2>, <{plan}#deadline-3> .",
        f'<{plan}#deadline-2> <{TD.days}> 10 ; <{TD.relativeTo}> "kể từ ngày nhận đủ hồ sơ" ; <{TD.start}> 2 .',
        f"<{plan}#deadline-3> <{TD.recurrence}> <{VOCAB}recurrence/quarterly> ; <{TD.start}> 3 .",
    ]
    triples = "".join(f"{q.triple} .\n" for q in ox.parse("\n".join(said).encode(), format=ox.RdfFormat.TURTLE))
    graph = GraphDocument(plan, triples)
    prizes, deadlines = ([piece.value for piece in ASPECTS[name][1](graph)] for name in ("tien-thuong", "thoi-han"))
    assert prizes == ["1,5 lần mức lương cơ sở"]
    assert deadlines[0].endswith("10 ngày kể từ ngày nhận đủ hồ sơ") and "quý" in deadlines[1].lower()

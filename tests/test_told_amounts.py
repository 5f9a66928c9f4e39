"""Sums in base salaries, days from an event, recurrences and points are shown beside the words they stand in."""

from ontology import TD, VOCAB
from queryapi.pages.document import _said
from queryapi.pages.facts import Thing
from queryapi.store.terms import Iri, Literal


def told(**values: object) -> dict[str, str]:
    terms = {name: [value if isinstance(value, Iri) else Literal(str(value))] for name, value in values.items()}
    return {label: value for label, value in _said(Thing(f"{TD}x", terms)) if value}  # type: ignore[arg-type]


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

"""Real wording all the way: a plan rests on a provincial decision that a later one, read after it, has replaced."""

from pathlib import Path

from ontology import BASE
from queryapi.loading.load import drop, load
from queryapi.store import Store, open_store
from queryapi.store.terms import Rows

CLAIMS = Path(__file__).parent / "claims"
ASKED = """PREFIX td: <https://w3id.org/thidua/ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?verdict ?expired ?sentence {
  ?citation td:citedNumber "15/2020/QĐ-UBND" ; td:inDocument ?plan ; td:verdict ?verdict .
  ?plan td:sourceName "ke-hoach-2024.txt" .
  OPTIONAL { ?citation td:expiredOn ?expired } OPTIONAL { ?citation td:decidedByClaim/oa:exact ?sentence } }"""


def verdict(store: Store) -> tuple[str, str, str]:
    found = store.query(ASKED)
    assert isinstance(found, Rows) and len(found.rows) == 1
    verdict, expired, sentence = ("" if term is None else str(term) for term in found.rows[0])
    return verdict.rpartition("/")[2], expired, sentence


def test_a_decision_read_later_ends_the_basis_and_its_sentence_says_so(tmp_path: Path) -> None:
    """Signed on 1 June, in force ten days later: the plan of 5 August rests on a decision that was dead."""
    with open_store(tmp_path / "store", write=True) as store:
        load([CLAIMS / "ke-hoach-2024.txt"], store)
        assert verdict(store) == ("unknown", "", "")
        load([CLAIMS / "quy-dinh-2020.txt"], store)
        assert verdict(store)[0] == "unknown", "that it is there does not tell that nobody ended it"
        load([CLAIMS / "quy-dinh-2024.txt"], store)
        found, expired, sentence = verdict(store)
        assert (found, expired) == ("expired", "2024-06-11")
        assert "thay thế Quyết định số 15/2020/QĐ-UBND" in sentence
        drop([f"{BASE}id/doc/ubnd-tinh-quang-ninh/quyet-dinh/2024/22"], store)
        assert verdict(store)[:2] == ("unknown", "")

"""What must not be true of the ontology, the lists and the law register: one rule a file, each seen failing."""

import re
import shutil
from functools import cache
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest

from loaders.law.graph import RDF_TYPE
from loaders.names import document_path, number_slug
from loaders.vocabulary import scheme
from ontology import BASE, PARTS, sources

ROOT = Path(__file__).parent.parent
RULES = sorted((ROOT / "tests" / "rules").glob("*.rq"))
NAMES = [rule.stem for rule in RULES]
SCHEMES = [file.name.removesuffix(".ttl") for file in sources("vocab")]


@cache
def ours() -> ox.Store:
    store = ox.Store()
    for part in PARTS:
        for file in sources(part):
            store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    return store


def faults(store: ox.Store, rule: Path) -> list[tuple[str, str]]:
    found = store.query(rule.read_text("utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    return sorted({(row["fault"].value, row["detail"].value if row["detail"] else "") for row in found})


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_nothing_of_ours_breaks_the_rule(rule: Path) -> None:
    assert faults(ours(), rule) == []


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_rule_was_seen_failing_and_spares_the_good(rule: Path) -> None:
    """In the bad graph the faulty subjects, and only they, have "bad" in their names."""
    store = ox.Store()
    store.load(rule.with_suffix(".bad.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    subjects = {quad.subject.value for quad in store} | {quad.predicate.value for quad in store}
    objects = {quad.object.value for quad in store if isinstance(quad.object, ox.NamedNode)}
    faulty = {iri for iri in subjects | objects if re.search(r"[/#]bad[^/]*$", iri)}
    by_name = {iri for iri in faulty if not ("#" in iri and iri.split("#")[0] in faulty)}
    assert by_name
    assert {fault for fault, _ in faults(store, rule)} == by_name


def test_every_rule_has_its_bad_graph_and_every_bad_graph_its_rule() -> None:
    assert {file.name.removesuffix(".bad.ttl") for file in RULES[0].parent.glob("*.bad.ttl")} == set(NAMES)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_rule_says_problem_why_and_remedy(rule: Path) -> None:
    lines = rule.read_text("utf-8").splitlines()
    for line, head in zip(lines, ("# Problem: ", "# Why: ", "# Remedy: "), strict=False):
        assert line.startswith(head) and len(line) > len(head) + 10, f"{rule.name}: {head}"


@pytest.mark.parametrize("name", SCHEMES)
def test_a_list_reads_as_records(name: str) -> None:
    concepts = scheme(name)
    assert concepts
    assert all(slug == concept.slug and concept.labels for slug, concept in concepts.items())


def test_ladders_with_the_same_words_stay_apart() -> None:
    """Hoàn thành xuất sắc of a person and of a unit's reform work are two levels of two scales."""
    person = scheme("assessment")["hoan-thanh-xuat-sac-nhiem-vu"]
    unit = scheme("index-completion")["hoan-thanh-xuat-sac"]
    assert person.iri != unit.iri
    assert person.rank == 4 and scheme("index-class")["xuat-sac"].rank == 5
    assert set(scheme("scale")) >= {"assessment", "index-class", "index-completion", "discipline", "position"}
    assert all(name in SCHEMES for name in scheme("scale"))


def test_the_local_index_is_none_of_the_national_ones() -> None:
    """Thác Mơ's "chỉ số CCHC từ 90% trở lên" is a district's own score; PAR INDEX never scores a ward."""
    national = {
        label.lower() for slug in ("par-index", "sipas", "papi", "pci") for label in scheme("index")[slug].labels
    }
    local = scheme("index")["chi-so-cchc-dia-phuong"]
    assert not national & {label.lower() for label in local.labels}
    assert "chỉ số cchc" in {label.lower() for label in local.labels}


OFFICIAL = """NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB SY TrS SL"""


@pytest.mark.parametrize("code", OFFICIAL.split())
def test_every_code_of_decree_30_2020_annex_iii_names_a_type(code: str) -> None:
    assert any(code in concept.codes for concept in scheme("document-type").values())


def test_letters_have_no_official_code() -> None:
    """Nghị định 30/2020: công văn and thư công carry no type code; "CV" in a number is usage, not the norm."""
    assert scheme("document-type")["thu-cong"].codes == ()
    assert set(scheme("document-type")["cong-van"].codes) <= {"CV"}


def test_an_instruments_iri_follows_from_its_number_and_date() -> None:
    query = f"""PREFIX td: <{BASE}ns#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
    SELECT ?i ?number ?type ?day {{ ?i a td:LegalInstrument ; eli:number ?number ; eli:type_document ?type
      OPTIONAL {{ ?i eli:date_document ?day }} }}"""
    rows = list(ours().query(query))
    assert len(rows) >= 34
    for row in rows:
        path = row["i"].value.removeprefix(f"{BASE}id/doc/")
        authority = path.split("/")[0]
        number = row["number"].value
        of_number = re.search(r"/((?:19|20)\d\d)/", number)
        year = of_number[1] if of_number else row["day"].value[:4]
        assert path == document_path(authority, row["type"].value.rsplit("/", 1)[1], year, number_slug(number))


def test_every_term_of_ours_that_code_queries_and_shapes_use_is_declared() -> None:
    """A misspelt predicate is not an error in RDF, it is silence."""
    query = f'SELECT DISTINCT ?term {{ ?term ?p ?o FILTER(STRSTARTS(STR(?term), "{BASE}ns#")) }}'
    declared = {row["term"].value.removeprefix(f"{BASE}ns#") for row in ours().query(query)}
    used = {
        (term, file.name)
        for package in ("loaders", "queryapi", "shapes", "ontology")
        for file in (ROOT / package).rglob("*")
        if file.suffix in (".py", ".rq", ".ttl", ".html")
        for term in re.findall(r"\b(?:td:|TD\.)([A-Za-z]\w*)", file.read_text("utf-8"))
    }
    assert used
    assert {(term, file) for term, file in used if term not in declared} == set()


def deprecated_used(deprecated: set[str], folders: tuple[Path, ...]) -> set[tuple[str, str]]:
    """Deprecated terms and concepts that code, queries, shapes or pages still name, with the file."""
    return {
        (name, file.name)
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix in (".py", ".rq", ".ttl", ".html") and "ontology" not in file.parts
        for name in deprecated
        if re.search(rf"(?:td:|TD\.|ns#){name}\b|vocab/{name}\b", file.read_text("utf-8"))
    }


def test_no_deprecated_term_is_in_use(tmp_path: Path) -> None:
    """In data the rule deprecated-in-use looks; here in what reads and writes the data."""
    rows = ours().query("SELECT ?t { ?t <http://www.w3.org/2002/07/owl#deprecated> true }")
    names = {re.sub(r"^.*(?:ns#|vocab/)", "", row["t"].value) for row in rows}
    folders = tuple(ROOT / package for package in ("loaders", "queryapi", "shapes"))
    assert deprecated_used(names, folders) == set()
    (tmp_path / "old.rq").write_text("SELECT * { ?s td:gone ?o ; a td:goneWell }", "utf-8")
    assert deprecated_used({"gone", "kept"}, (tmp_path,)) == {("gone", "old.rq")}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::Warning")
def test_a_reasoner_finds_no_contradiction(tmp_path: Path) -> None:
    """HermiT takes ontology, lists and register together; a decree that is also a Party document it refuses."""
    if not shutil.which("java"):
        pytest.skip("no Java here, and HermiT needs it")
    party = f"<{BASE}id/doc/trung-uong-dang/ket-luan/2021/14>"
    wrong = f"{party} <{RDF_TYPE}> <{BASE}ns#StateInstrument> .\n".encode()
    assert consistent(tmp_path / "ours.nt", b"")
    assert not consistent(tmp_path / "wrong.nt", wrong)


def consistent(file: Path, more: bytes) -> bool:
    triples = ours().query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    file.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) + more)
    world = owlready2.World()
    ontology = world.get_ontology(f"file://{file}").load()
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())

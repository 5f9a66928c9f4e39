"""A small store behind the service: a plan of every kind of finding, one that rests on it, and a hostile one."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graphs import vocabulary

from loaders.findings import (
    Award,
    Citation,
    Content,
    Criterion,
    Deadline,
    Document,
    DossierComponent,
    Doubt,
    Findings,
    Issuer,
    Movement,
    Quota,
    Source,
    Span,
    Target,
    Threshold,
)
from loaders.names import document_iri
from loaders.text import Text
from ontology import BASE, sources
from queryapi.loading.load import load
from queryapi.store import Store, open_store

PLAN = document_iri("ubnd-huyen-long-thanh-dong-nai", "ke-hoach", "2024", "8")
HEIR = document_iri("ubnd-xa-bau-can", "ke-hoach", "2024", "12")
HOSTILE = document_iri("ubnd-tinh-quang-ninh", "ke-hoach", "2024", "40")
PATHS = {iri: iri.removeprefix(f"{BASE}id/doc/") for iri in (PLAN, HEIR, HOSTILE)}

PLAN_TEXT = """Số: 8/KH-UBND

# KẾ HOẠCH

Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;

1. Đối tượng: tập thể các phòng, ban.

a) Đạt từ 90% trở lên theo Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ trước ngày 10/01/2025;

- Không bị kỷ luật.

Hồ sơ gồm báo cáo theo mẫu số 07. Chọn 05 tập thể.

Nơi nhận:
- Sở Nội vụ;
- Lưu: VT.
"""
HEIR_TEXT = "Số: 12/KH-UBND\n\nThực hiện Kế hoạch số 8/KH-UBND của huyện Long Thành; Ủy ban nhân dân xã phát động.\n"
HOSTILE_TEXT = (
    "Số: 40/KH-UBND\n\n</p><script>alert(1)</script> & \"><img src=x onerror=alert(2)> Căn cứ 'javascript:alert(3)'.\n"
)
ATTACK = '"><script>alert(4)</script>'
TEXTS = {"plan": PLAN_TEXT, "heir": HEIR_TEXT, "hostile": HOSTILE_TEXT}


def at(text: str, words: str) -> dict[str, object]:
    """The words with their place."""
    start = text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def _plan(source: Source) -> Findings:
    text = PLAN_TEXT
    decree = "Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ"
    clause = "a) Đạt từ 90% trở lên theo " + decree + " trước ngày 10/01/2025"
    return Findings(
        source=source,
        document=Document(
            iri=PLAN,
            type="ke-hoach",
            number="8/KH-UBND",
            date="2024-01-15",
            issuer=Issuer(label="Ủy ban nhân dân huyện Long Thành", level="huyen"),
            title="Phát động thi đua cải cách hành chính huyện Long Thành năm 2024",
            signer="Lê Văn Tiếp",
            signer_role="CHỦ TỊCH",
        ),
        movement=Movement(name="Thi đua", from_="2024-01-15", until="2024-12-31", year=2024, boundary="until"),
        citations=(
            Citation(
                **at(text, decree),
                type="nghi-dinh",
                number="91/2017/NĐ-CP",
                date="2017-07-31",
                pinpoint="Mẫu số 07",
                iri=document_iri("chinh-phu", "nghi-dinh", "2017", "91"),
            ),
            Citation(**at(text, "Luật Thi đua, khen thưởng số 06/2022/QH15"), type="luat", relation="căn cứ"),
        ),
        targets=(Target(**at(text, "tập thể các phòng, ban"), kind="collective"),),
        contents=(Content(**at(text, clause), label="1.a", kind="collective"),),
        criteria=(
            Criterion(
                **at(text, clause),
                label="1.a",
                kind="collective",
                threshold=Threshold(measure="mức độ hoàn thành", operator=">=", value=90, unit="%"),
            ),
            Criterion(**at(text, "Không bị kỷ luật"), kind="collective", polarity="bar"),
        ),
        # Across the clause's end: neither holds the other.
        awards=(Award(**at(text, "trước ngày 10/01/2025;\n\n- Không bị"), form="giay-khen"),),
        quotas=(Quota(**at(text, "05 tập thể"), kind="collective", count=5, rule="exact"),),
        dossier=(
            DossierComponent(
                **at(text, "báo cáo theo mẫu số 07"),
                component="bao-cao-thanh-tich",
                form="Mẫu số 07",
                form_of="91/2017/NĐ-CP",
            ),
        ),
        deadlines=(Deadline(**at(text, "trước ngày 10/01/2025"), what="nộp hồ sơ", date="2025-01-10"),),
        recipients=(Span(**at(text, "Sở Nội vụ")),),
        doubts=(Doubt(code="thu", message="Chỗ này cần xem lại.", start=0, end=13),),
    )


def _heir(source: Source) -> Findings:
    return Findings(
        source=source,
        document=Document(iri=HEIR, type="ke-hoach", number="12/KH-UBND", date="2024-02-01", title="Kế hoạch của xã"),
        movement=Movement(year=2024),
        citations=(
            Citation(
                **at(HEIR_TEXT, "Kế hoạch số 8/KH-UBND của huyện Long Thành"),
                type="ke-hoach",
                number="8/KH-UBND",
                relation="thực hiện",
                iri=PLAN,
            ),
        ),
    )


def _hostile(source: Source) -> Findings:
    return Findings(
        source=source,
        document=Document(
            iri=HOSTILE,
            type="ke-hoach",
            number="40/KH-UBND",
            date="2024-02-19",
            issuer=Issuer(label=f"Ủy ban nhân dân tỉnh Quảng Ninh {ATTACK}", level="tinh"),
            title=f"Phát động {ATTACK}",
        ),
        movement=Movement(year=2024),
        citations=(Citation(**at(HOSTILE_TEXT, "<img src=x onerror=alert(2)>"), name=ATTACK),),
        doubts=(Doubt(code="thu", message=ATTACK, start=0, end=5),),
    )


def read(path: Path) -> tuple[Text, Findings]:
    text = TEXTS[path.stem]
    source = Source(name=path.name, sha256=hashlib.sha256(text.encode()).hexdigest(), quality=0.5)
    return Text.of(text), {"plan": _plan, "heir": _heir, "hostile": _hostile}[path.stem](source)


def fill(folder: Path, names: Iterator[str] | list[str]) -> Path:
    """A store of these plans beside the lists, the law and the vocabulary."""
    files = folder / "files"
    files.mkdir(exist_ok=True)
    for name in names:
        (files / f"{name}.txt").write_text(TEXTS[name], "utf-8")
    with open_store(folder / "store", write=True) as store:
        _base(store)
        load([files], store, read=read, base=False)
        store.commit()
    return folder / "store"


def _base(store: Store) -> None:
    graphs: dict[str, set[str]] = {}
    for quad in vocabulary():
        graphs.setdefault(str(quad.graph_name.value), set()).add(f"{quad.triple} .\n")
    import pyoxigraph as ox

    files = [file.read_bytes() for file in sources("ontology")]
    triples = {f"{q.triple} .\n" for file in files for q in ox.parse(file, format=ox.RdfFormat.TURTLE)}
    graphs[f"{BASE}graph/ontology"] = triples
    missing = {name: "".join(sorted(lines)) for name, lines in graphs.items() if not store.holds(name)}
    if missing:
        store.add([missing])


@contextmanager
def open_writer(path: Path) -> Iterator[Store]:
    with open_store(path, write=True) as store:
        yield store

"""The main classes as a picture, drawn from domains, ranges and superclasses; only the places of the boxes are given.

`docs/make_ontology.py` writes it to queryapi/templates/ontology.svg, which the page /ns and docs/ontology.md show.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from html import escape

from queryapi.reference import Term

# Class: column and row. A class without a place is not drawn.
PLACES = {
    "LegalInstrument": (0, 0.0),
    "OfficialDocument": (0, 2.5),
    "AdministrativeDocument": (0, 4.0),
    "EmulationPlan": (0, 5.2),
    "AdministrativeUnit": (1, 7.6),
    "Citation": (1, 0.5),
    "EffectClause": (1, 1.7),
    "Signature": (1, 2.9),
    "Alert": (1, 4.1),
    "EmulationMovement": (1, 6.0),
    "Target": (2, 2.6),
    "Content": (2, 3.7),
    "Criterion": (2, 4.8),
    "Award": (2, 5.9),
    "Quota": (2, 7.0),
    "DossierComponent": (2, 8.1),
    "Deadline": (2, 9.2),
    "Threshold": (3, 4.2),
}
# The way back from a part to its document, and links that skip over others.
LEFT_OUT = {
    "inDocument",
    "formRequiredOf",
    "resolvedByDate",
    "amendedBy",
    "formOfDocument",
    "onCitation",
    "viaCitation",
}
_WIDE, _HIGH, _COLUMN, _ROW, _EDGE, _LEAD = 240, 46, 414, 62, 16, 132
_INK, _QUIET, _ACCENT, _LINE = "#1c1b1a", "#5f5a55", "#9c1f24", "#948d85"
_SANS, _MONO = "system-ui, 'Noto Sans', Arial, sans-serif", "ui-monospace, 'Noto Sans Mono', monospace"


def picture(terms: dict[str, Term]) -> str:
    """The whole SVG, the same for the same ontology."""
    width = 2 * _EDGE + 3 * _COLUMN + _WIDE
    height = int(2 * _EDGE + max(row for _, row in PLACES.values()) * _ROW + _HIGH)
    body = [*_parents(terms), *_links(terms), *(_box(terms[name]) for name in PLACES)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="group" '
            'aria-label="Các lớp chính">',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *body,
            "</svg>\n",
        ]
    )


def _corner(name: str) -> tuple[float, float]:
    column, row = PLACES[name]
    return _EDGE + column * _COLUMN, _EDGE + row * _ROW


def _box(term: Term) -> str:
    x, y = _corner(term.name)
    return (
        f'<a href="#{term.name}"><rect x="{x:g}" y="{y:g}" width="{_WIDE}" height="{_HIGH}" rx="5" fill="#fbf7f4" '
        f'stroke="{_ACCENT}"/>'
        f'<text x="{x + _WIDE / 2:g}" y="{y + 20:g}" text-anchor="middle" font-family="{_SANS}" font-size="13" '
        f'font-weight="600" fill="{_INK}">{escape(term.labels["vi"])}</text>'
        f'<text x="{x + _WIDE / 2:g}" y="{y + 37:g}" text-anchor="middle" font-family="{_MONO}" font-size="11" '
        f'fill="{_QUIET}">td:{term.name}</text></a>'
    )


def _parents(terms: dict[str, Term]) -> Iterator[str]:
    """A line with a hollow head from a class to the class it is under; both stand in one column."""
    for name in PLACES:
        for above in (iri.rpartition("#")[2] for iri in terms[name].parents):
            if above in PLACES and PLACES[above][0] == PLACES[name][0]:
                (x, y), (_, up) = _corner(name), _corner(above)
                middle, down = x + _WIDE / 2, y > up
                start, end, head = (y, up + _HIGH, 9) if down else (y + _HIGH, up, -9)
                yield (
                    f'<path d="M{middle:g} {start:g}V{end + head:g}M{middle:g} {end:g}l-6 {head:g}h12z" fill="none" '
                    f'stroke="{_LINE}"/>'
                )


def _links(terms: dict[str, Term]) -> Iterator[str]:
    """One line for each pair of boxes in neighbouring columns, with all properties that lead there or back."""
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in terms.values():
        if term.kind == "object" and term.name not in LEFT_OUT:
            for a in (iri.rpartition("#")[2] for iri in term.domain):
                for b in (iri.rpartition("#")[2] for iri in term.range):
                    if a in PLACES and b in PLACES and PLACES[a][0] != PLACES[b][0]:
                        forth = PLACES[a][0] < PLACES[b][0]
                        pairs[(a, b) if forth else (b, a)].append(f"{term.name} →" if forth else f"← {term.name}")
    into = Counter(b for _, b in pairs)
    out = Counter(a for a, _ in pairs)
    for (a, b), names in sorted(pairs.items()):
        (x, y), (to, at) = _corner(a), _corner(b)
        start, end, up, down = x + _WIDE, to, y + _HIGH / 2, at + _HIGH / 2
        # The words stand on the level piece at the end that this line does not share.
        first = into[b] > 1 and out[a] == 1
        level = f"H{start + _LEAD:g}L{end:g} {down:g}" if first else f"L{end - _LEAD:g} {down:g}H{end:g}"
        yield f'<path d="M{start:g} {up:g}{level}" fill="none" stroke="{_LINE}"/>'
        words_at, height = (start + 8, up) if first else (end - _LEAD + 4, down)
        for place, words in enumerate(sorted(names)):
            lower = height - 5 if place == 0 else height + 13 * place
            yield (
                f'<text x="{words_at:g}" y="{lower:g}" font-family="{_MONO}" font-size="11" fill="{_INK}" '
                f'stroke="#fff" stroke-width="3" paint-order="stroke">{words}</text>'
            )

"""What the documents of a chain are called, and whether they are held, only registered, or neither."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loaders.text import fold
from loaders.vocabulary import scheme
from ontology import ELI, TD
from queryapi.documents import Known
from queryapi.said import Said, said
from queryapi.store import Store

NOT_HELD = "chưa có trong kho"
_TITLE = "http://purl.org/dc/terms/title"
_NAMES = (TD.sourceName, ELI.number, TD.issuerLabel, _TITLE, ELI.type_document, TD.knownAs)


@dataclass(frozen=True, kw_only=True)
class Node:
    """A document in the chain. `state` is held (read), registered (known to the law register) or not-held."""

    iri: str
    name: str
    title: str | None
    state: str

    @property
    def note(self) -> str:
        """What to say beside its name: "chưa có trong kho" where the chain ends for want of the document."""
        return NOT_HELD if self.state == "not-held" else ""


def name_nodes(store: Store, iris: Iterable[str], called: Mapping[str, Mapping[str, str]]) -> dict[str, Node]:
    """The documents by IRI; `called` is how others call those nobody holds."""
    wanted = sorted(iris)
    known = said(store, wanted, _NAMES)
    return {iri: _node(iri, known, called.get(iri, {})) for iri in wanted}


def _node(iri: str, known: Said, cited: Mapping[str, str]) -> Node:
    number, title = known.one(iri, ELI.number), known.one(iri, _TITLE)
    source = known.one(iri, TD.sourceName)
    if source is not None:
        issuer = known.one(iri, TD.issuerLabel)
        held = Known(
            iri=iri,
            source=source,
            words="",
            number=number,
            issuer=issuer,
            title=title,
            known_as=known.one(iri, TD.knownAs),
        )
        return Node(iri=iri, name=held.name, title=title, state="held")
    if number or title:
        type_ = scheme("document-type").get(known.slug(iri, ELI.type_document) or "")
        name = " ".join(filter(None, (type_.label if type_ else "", number or title)))
        return Node(iri=iri, name=name[:1].upper() + name[1:], title=title, state="registered")
    words = cited.get("number") or cited.get("name") or ""
    kind = cited.get("type") or ""
    # "Đề án 06" is of the type "đề án" and says so itself.
    parts = ["" if kind and fold(words).startswith(f"{fold(kind)} ") else kind, words, cited.get("issuer")]
    name = " ".join(filter(None, parts)) or iri
    if "date" in cited:
        name += f" ({cited['date']})"
    return Node(iri=iri, name=name[:1].upper() + name[1:], title=None, state="not-held")

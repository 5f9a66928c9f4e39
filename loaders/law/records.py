"""What the law register says, as plain records; `loaders.law.build` makes them, `loaders.law.register` holds them."""

from dataclasses import dataclass, field

from loaders.law.provisions import Provision
from loaders.law.verdict import Alternatives, Bound, Confidence
from loaders.names import authority_of
from loaders.vocabulary import scheme


@dataclass(frozen=True)
class PartialEnd:
    """The end of some provisions of an instrument; without any, the register does not know which ones.

    `words` are the provisions as the register writes them, `by` the instrument that ended them.
    """

    bound: Bound
    provisions: tuple[Provision, ...] = ()
    words: tuple[str, ...] = ()
    by: str | None = None


@dataclass(frozen=True)
class Suspension:
    """Days on which an instrument, or the provisions named of it, was not applied: from `start` until before `end`.

    Without words it is the whole instrument; with words that are no article, `provisions` is empty: any may be meant.
    `by` is the instrument that suspended it.
    """

    start: Bound
    end: Bound | None = None
    provisions: tuple[Provision, ...] = ()
    words: tuple[str, ...] = ()
    by: str | None = None

    @property
    def confidence(self) -> Confidence:
        return self.start.confidence


@dataclass(frozen=True)
class Relation:
    """Another instrument that replaced, amended or is detailed by this one, with how sure that is and from where.

    `words` are the provisions concerned, as the register writes them; none: not known, or all of it.
    """

    iri: str
    confidence: Confidence
    by_article: str | None = None
    source: tuple[str, ...] = ()
    note: str | None = None
    words: tuple[str, ...] = ()
    provisions: tuple[Provision, ...] = ()


Successor = Relation
Amendment = Relation


@dataclass(frozen=True)
class Instrument:
    """A law, decree, circular, regulation or Party document, with what is known of its life.

    `type` is a slug of the document types; `amended_by` and `details` are IRIs, `amendments` and
    `detailed` the same with how sure; `frameworks` slugs of that list.
    What documents say of it is joined by `loaders.law.claims`: `alternatives` are bounds they give otherwise; an
    instrument known from them alone `is_registered` not, and nobody has checked whether it ended.
    """

    iri: str
    number: str
    type: str
    title: str
    issuer_label: str
    also_called: tuple[str, ...] = ()
    issued: str | None = None
    issue: Bound | None = None
    valid_from: Bound | None = None
    valid_before: Bound | None = None
    partly_expired: tuple[PartialEnd, ...] = ()
    suspended: tuple[Suspension, ...] = ()
    successors: tuple[Successor, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    amended_by: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    detailed: tuple[Relation, ...] = ()
    frameworks: tuple[str, ...] = ()
    alternatives: Alternatives = field(default_factory=Alternatives)
    is_registered: bool = True
    is_local: bool = False
    is_party: bool = False
    notes: tuple[str, ...] = ()

    @property
    def disputed(self) -> Alternatives:
        """The other bounds that may be right: none of those that the user settled in a register of their own."""
        others = self.alternatives
        return Alternatives(
            () if self.valid_from and self.valid_from.decides else others.start,
            () if self.valid_before and self.valid_before.decides else others.end,
            () if self.issue and self.issue.decides else others.issued,
        )

    @property
    def authority(self) -> str:
        """The body in whose register the number stands: "chinh-phu"."""
        return authority_of(self.iri) or ""

    @property
    def label(self) -> str:
        """Its type and number, as people call it: "Nghị định 91/2017/NĐ-CP"."""
        kind = scheme("document-type").get(self.type)
        return f"{kind.label} {self.number}" if kind else self.number


@dataclass(frozen=True)
class Form:
    """A form in a decree's annex. `sure` is how sure the number is, `succession` how sure the next form is."""

    iri: str
    number: str
    document: str
    annex: str
    purpose: str
    sure: Confidence
    succeeded_by: str | None = None
    succession: Confidence | None = None


@dataclass(frozen=True)
class FormHint:
    """The form that took over, in words that say how sure this is: a hint, never part of a verdict."""

    form: Form
    document: Instrument
    confidence: Confidence
    text: str
    text_en: str


@dataclass(frozen=True)
class LegalRule:
    """One rule of award law in words, with its article."""

    number: str
    text: str
    reference: str | None
    topic: str | None
    confidence: Confidence
    notes: tuple[str, ...] = ()

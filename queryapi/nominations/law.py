"""What the law register says that a nomination may meet: since when a form's decree is dead, which form took over.

Bounds with a source found (V) are certain; weaker ones may or may not hold. What is only inferred is a hint, never a
verdict.
"""

from collections.abc import Callable

from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS, XSD

from loaders.law.register import register
from loaders.nominations.plan import PlanComponent
from loaders.nominations.rdf import decree_of
from ontology import TD

Hint = Callable[[PlanComponent, str | None], str | None]
"""What is inferred about a component's form on a day, in words; None when its decree is alive or nothing is known."""


def add_law(data: Graph, shapes: Graph) -> None:
    """Puts beside the data what the register knows of every decree a form belongs to, and of every law a rule names."""
    decrees = {*data.objects(None, TD.formUsedOf), *data.objects(None, TD.formRequiredOf)}
    decrees |= set(shapes.objects(None, DCTERMS.references))
    for decree in sorted(decrees, key=str):
        instrument = register().by_iri(str(decree))
        data.add((decree, TD.held, Literal(instrument is not None)))
        if instrument is None:
            continue
        began, ended = instrument.valid_from, instrument.valid_before
        if began and began.date and began.confidence == "V":
            data.add((decree, TD.certainlyBeganOn, Literal(began.date, datatype=XSD.date)))
        if ended and ended.date:
            bound = TD.certainlyEndedOn if ended.confidence == "V" else TD.possiblyEndedOn
            data.add((decree, bound, Literal(ended.date, datatype=XSD.date)))


def hinter(lang: str) -> Hint:
    """Asks the register which form took over, and says how sure that is."""

    def hint(component: PlanComponent, day: str | None) -> str | None:
        decree = decree_of(component)
        found = register().form_successor(component.form or "", str(decree), day) if decree is not None else None
        if found is None:
            return None
        return f"Gợi ý: {found.text}." if lang == "vi" else f"Hint: {found.text_en}."

    return hint

"""What the law register says that a nomination may meet: since when a form's decree is dead, which form took over.

Bounds with a source found (V) are certain; weaker ones may or may not hold. What is only inferred is a hint, never a
verdict.
"""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from loaders.nomination_plan import Plan
from loaders.nomination_rdf import decree_of
from ontology import ELI, TD, VOCAB, graph

_CERTAIN = VOCAB["confidence/v"]


def add_law(data: Graph) -> None:
    """Puts beside the data what the register knows of every decree a form belongs to."""
    law = graph("law")
    decrees = {*data.objects(None, TD.formUsedOf), *data.objects(None, TD.formRequiredOf)}
    for decree in sorted(decrees, key=str):
        began, ended = law.value(decree, TD.validFrom), law.value(decree, TD.validBefore)
        if began is not None and _certain(law, decree, "valid-from"):
            data.add((decree, TD.certainlyBeganOn, _date(began)))
        if ended is not None:
            certain = _certain(law, decree, "valid-before")
            data.add((decree, TD.certainlyEndedOn if certain else TD.possiblyEndedOn, _date(ended)))


def _certain(law: Graph, instrument: Node, fact: str) -> bool:
    return law.value(URIRef(f"{instrument}#{fact}"), TD.confidence) == _CERTAIN


def _date(value: Node) -> Literal:
    return Literal(str(value), datatype=XSD.date)


def checked_on() -> str:
    """The day the register was checked."""
    return str(graph("law").value(None, TD.checkedOn) or next(iter(graph("law").objects(None, TD.checkedOn)), ""))


def hints(data: Graph, plan: Plan, lang: str) -> dict[str, str]:
    """For each component that names a form of a dead decree: which form is inferred to have taken over."""
    law = graph("law")
    found: dict[str, str] = {}
    for component in plan.stated_components:
        decree = decree_of(component)
        if decree is None or data.value(decree, TD.certainlyEndedOn) is None:
            continue
        digits = "".join(filter(str.isdigit, component.form or "")).lstrip("0")
        form = _form(law, decree, digits)
        successor = form and law.value(form, TD.succeededBy)
        if successor is None:
            continue
        name = law.value(successor, TD.formNumber)
        number = law.value(law.value(successor, TD.formOfDocument), ELI.number)
        same = _form(law, law.value(successor, TD.formOfDocument), digits)
        trap = law.value(same, TD.purpose) if same is not None and same != successor else None
        vi = f"Gợi ý (suy luận, chưa kiểm chứng): mẫu tương ứng là {name} của Nghị định {number}."
        en = f"Hint (inferred, not verified): the corresponding form is {name} of decree {number}."
        if trap is not None:
            vi += f" Cùng số {component.form} ở nghị định mới là mẫu khác ({trap})."
            en += f" The same number in the new decree is another form ({trap})."
        found[component.iri] = vi if lang == "vi" else en
    return found


def _form(law: Graph, decree: Node | None, digits: str) -> Node | None:
    for form in sorted(law.subjects(TD.formOfDocument, decree)) if decree is not None else ():
        name = str(law.value(form, TD.formNumber) or "")
        if "".join(filter(str.isdigit, name)).lstrip("0") == digits:
            return form
    return None

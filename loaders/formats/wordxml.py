"""Elements of WordprocessingML by their local names, whichever of its two namespaces a file uses."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def local(element: "_Element") -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: "_Element", name: str) -> Iterator["_Element"]:
    """The children of a name."""
    return (found for found in element if local(found) == name)


def child(element: "_Element | None", *names: str) -> "_Element | None":
    """What is reached by one name after the other, None where a step is missing."""
    for name in names:
        element = next(children(element, name), None) if element is not None else None
    return element


def attribute(element: "_Element | None", name: str) -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def setting(element: "_Element | None", *names: str) -> str | None:
    """The w:val of what is reached by one name after the other."""
    return attribute(child(element, *names), "val")


def is_on(element: "_Element | None", *names: str) -> bool | None:
    """Whether a switch such as w:vanish is on or off; None where it is not set."""
    found = child(element, *names)
    return None if found is None else attribute(found, "val") not in ("0", "false", "off", "none")


def integer(value: str | None, otherwise: int) -> int:
    """A number of an attribute, `otherwise` where it is none.

    >>> integer("3", 1), integer("x", 1), integer(None, 0)
    (3, 1, 0)
    """
    try:
        return max(-1, min(int(value), 100_000)) if value is not None else otherwise
    except ValueError:
        return otherwise

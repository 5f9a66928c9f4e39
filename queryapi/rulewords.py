"""A rule's own sentence with what was found put into it."""

import re
from collections.abc import Callable

_OPTIONAL = re.compile(r"\[([^\[\]]*\{\w+\}[^\[\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")


def filled(sentence: str, value_of: Callable[[str], str | None]) -> str:
    """The sentence with each `{name}` replaced; what stands in `[…]` goes where its value is not known.

    >>> known = {"cited": "91/2017/NĐ-CP"}
    >>> filled("hết hiệu lực: {cited}[, thay bằng {replaced}].", known.get)
    'hết hiệu lực: 91/2017/NĐ-CP.'
    >>> filled("hết hiệu lực: {cited}[, thay bằng {replaced}].", {**known, "replaced": "98/2023/NĐ-CP"}.get)
    'hết hiệu lực: 91/2017/NĐ-CP, thay bằng 98/2023/NĐ-CP.'
    """

    def keep(match: re.Match[str]) -> str:
        return match[1] if all(value_of(name) for name in _PLACE.findall(match[1])) else ""

    whole = _PLACE.sub(lambda m: value_of(m[1]) or "…", _OPTIONAL.sub(keep, sentence))
    return re.sub(r"([.…])\.+", r"\1", " ".join(whole.split()))

"""Which body may end another's documents, by the names of the registers their numbers stand in.

Luật Ban hành văn bản quy phạm pháp luật: a document is amended, replaced or repealed by the body that issued it, or by
one above it. Where this cannot be told from the names, it is not assumed.
"""

from loaders.authorities.body_kinds import bodies

# Each may set aside what those after it issued (Hiến pháp 2013, Điều 70, 74, 98; Luật 64/2025/QH15).
_CENTRAL = ("quoc-hoi", "uy-ban-thuong-vu-quoc-hoi", "chinh-phu", "thu-tuong")
_STEPS = {"tinh": 1, "huyen": 2, "quan": 2, "thi-xa": 2, "thanh-pho": 2, "xa": 3, "phuong": 3, "thi-tran": 3}
_CITIES = {"ha-noi", "hai-phong", "hue", "da-nang", "ho-chi-minh", "can-tho"}  # under the centre; other cities are not
_ORGANS = {"hdnd": 0, "ubnd": 1}


def may_decide(by: str, of: str) -> bool:
    """Whether documents of `by` can surely end those of `of`.

    >>> may_decide("ubnd-tinh-quang-ninh", "ubnd-tinh-quang-ninh"), may_decide("chinh-phu", "ubnd-tinh-quang-ninh")
    (True, True)
    >>> may_decide("hdnd-tinh-quang-ninh", "ubnd-tinh-quang-ninh"), may_decide("bo-noi-vu", "chinh-phu")
    (True, False)
    >>> may_decide("chinh-phu", "bo-noi-vu"), may_decide("ubnd-thanh-pho-ha-noi", "ubnd-quan-ba-dinh-ha-noi")
    (True, True)
    >>> may_decide("ubnd-tinh-dong-nai", "ubnd-huyen-long-thanh-dong-nai")
    True
    >>> may_decide("ubnd-tinh-quang-ninh", "ubnd-huyen-long-thanh-dong-nai")
    False
    """
    if by == of:
        return True
    if by in _CENTRAL:
        if of in _CENTRAL:
            return _CENTRAL.index(by) < _CENTRAL.index(of)
        return _local(of) is not None or (of in bodies() and bodies()[of].pattern is None)
    above, below = _local(by), _local(of)
    if above is None or below is None:
        return False
    (organ, step, place), (other, further, where) = above, below
    if place == where and step == further:
        return organ < other
    return step < further and where.endswith(f"-{place}")


def _local(authority: str) -> tuple[int, int, str] | None:
    """The organ, how far below the centre, and the place: of "ubnd-huyen-long-thanh-dong-nai", 1, 2 and the rest."""
    organ, _, rest = authority.partition("-")
    kind = next((k for k in _STEPS if rest.startswith(f"{k}-")), None)
    if organ not in _ORGANS or kind is None:
        return None
    place = rest.removeprefix(f"{kind}-")
    return _ORGANS[organ], 1 if kind == "thanh-pho" and place in _CITIES else _STEPS[kind], place

"""A citation before the register: which instrument it means, and how that stood on the day of the document."""

from dataclasses import dataclass

from loaders.law.register import FormHint, Instrument, Register
from loaders.law.register import register as shipped
from loaders.law.verdict import Code, Interval, Verdict
from loaders.names import authority_of, year_of

__all__ = ["Cited", "Judgement", "judge", "standing", "successors_of"]


@dataclass(frozen=True, kw_only=True)
class Cited:
    """What a citation says of the document it means. `type` is a slug, `issued` the day printed beside the number."""

    iri: str | None = None
    type: str | None = None
    number: str | None = None
    name: str | None = None
    issued: str | None = None
    pinpoint: str | None = None


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the register says. Without an `instrument` it does not know the document, and the verdict is unknown.

    `replaced_by` holds only successors with a source found; the rest is nothing to tell people to use. The `hint` is
    inferred and says so.
    """

    cited: Cited
    instrument: Instrument | None
    verdict: Verdict
    replaced_by: tuple[Instrument, ...] = ()
    hint: FormHint | None = None

    @property
    def resolved(self) -> str | None:
        """The instrument where the citation alone does not lead to it: a law cited by name, the one of that day."""
        return self.instrument.iri if self.instrument and self.instrument.iri != self.cited.iri else None

    @property
    def since(self) -> str | None:
        return self.verdict.since if self.verdict.code == "expired" else None

    @property
    def replaced_by_numbers(self) -> str | None:
        return ", ".join(successor.number for successor in self.replaced_by) or None


def judge(
    cited: Cited, day: str | Interval | None, until: str | None = None, register: Register | None = None
) -> Judgement:
    """How the instrument cited (or the article named of it) stood on a day; `until` is the end of the movement.

    `register` may be one joined with what documents say; without it, it is the register as it is on the disk.

    >>> judge(Cited(number="91/2017/NĐ-CP", pinpoint="mẫu số 07"), "2024-04-25").replaced_by_numbers
    '98/2023/NĐ-CP'
    >>> judge(Cited(type="nghi-quyet", number="06/2022/QH15"), "2024-05-01").verdict.code
    'unknown'
    """
    known = register or shipped()
    instrument = _meant(known, cited, day)
    if instrument is None:
        return Judgement(cited=cited, instrument=None, verdict=known.judge(None, day))
    verdict = known.judge(instrument.iri, day, until, cited.pinpoint)
    expired = verdict.code == "expired"
    hint = known.form_successor(cited.pinpoint, instrument.iri, day) if cited.pinpoint and expired else None
    by = until if verdict.expired_later else Interval.of(day).first if expired else None
    return Judgement(
        cited=cited,
        instrument=instrument,
        verdict=verdict,
        replaced_by=successors_of(known, instrument, by) if by else (),
        hint=hint,
    )


def standing(
    cited: Cited, day: str | Interval | None, until: str | None, register: Register
) -> tuple[Code, tuple[Instrument, ...], Instrument | None]:
    """What `judge` says, without its words: the verdict, what took its place, the instrument meant.

    >>> code, then, _ = standing(Cited(number="91/2017/NĐ-CP"), "2024-04-25", None, shipped())
    >>> code, [successor.number for successor in then]
    ('expired', ['98/2023/NĐ-CP'])
    """
    instrument = _meant(register, cited, day)
    if instrument is None:
        return "unknown", (), None
    code, ends = register.code(instrument, day, until, cited.pinpoint)
    by = until if ends else Interval.of(day).first if code == "expired" else None
    return code, successors_of(register, instrument, by) if by else (), instrument


def successors_of(register: Register, instrument: Instrument, by: str) -> tuple[Instrument, ...]:
    """What took its place, surely and by a day; an article that ended alone leaves the instrument where it is."""
    bounds = (instrument.valid_before, *instrument.disputed.end)
    if not all(end and end.confidence == "V" and end.date and end.date <= by for end in bounds):
        return ()
    sure = sorted(successor.iri for successor in instrument.successors if successor.confidence == "V")
    return tuple(known for iri in sure if (known := register.by_iri(iri)))


def _meant(register: Register, cited: Cited, day: str | Interval | None) -> Instrument | None:
    """By its IRI, else by a number whose type and body agree, else by its name and day of issue, or on a day."""
    if cited.iri and (known := register.by_iri(cited.iri)):
        return known
    if cited.number:
        return register.by_number(cited.number, cited.type, authority_of(cited.iri) if cited.iri else None)
    # "Luật Tổ chức chính quyền địa phương năm 2015" is that law, whatever holds on the day
    issued = cited.issued or (year_of(cited.iri) if cited.iri else None)
    return register.by_name(cited.name, day, issued) if cited.name else None

"""The questions of `thidua register add` at a terminal: one at a time, an empty answer leaves a thing out.

An answer that cannot stand is told why at once and asked again, so that nothing that was said before is lost.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from loaders.errors import RegisterError, RegisterRefused, UnknownInstrument
from loaders.law.records import Instrument
from loaders.law.register import register
from queryapi.language import say, spoken
from queryapi.register.entry import LOCAL, Entry, identified, look_up, province_of, type_slug
from queryapi.register.plausible import must_be_provisions, must_be_the_year_of_its_number, must_have_a_source

_GRADES = ("V", "V-weak", "I", "K")


def asked(given: dict[str, Any], ask: Callable[..., Any] = click.prompt) -> dict[str, Any]:
    """What was given by options, and what a person answers to the rest."""
    form = _Form(dict(given), ask)
    form.words("number", "Số, ký hiệu", "Number", _must_be_a_number)
    known = _known(form.said["number"]) if form.said["number"] else None
    if known:
        form.said["number"] = known.iri.rpartition("/id/doc/")[2]
        click.echo(say(f"  {known.label} đã có trong sổ: {known.title}", f"  {known.label} is known: {known.title}"))
    elif form.said["number"]:
        _new(form)
    form.day("ends", "Hết hiệu lực từ ngày (ngày đầu tiên không còn; trống: chưa biết)", "First day no longer in force")
    form.several("replaces", "Thay thế văn bản nào (cách nhau bằng ;)", "Replaces (separated by ;)", _must_be_known)
    form.several("replaced_by", "Được thay bằng văn bản nào", "Replaced by", _must_be_known)
    form.several("amends", "Sửa đổi văn bản nào", "Amends", _must_be_known)
    form.day("suspended_from", "Ngưng hiệu lực từ ngày", "Suspended from")
    if form.said.get("suspended_from"):
        form.day("suspended_until", "Áp dụng lại từ ngày", "Applies again from", after="suspended_from")
    if form.said.get("amends") or form.said.get("suspended_from") or form.said.get("ends"):
        what = "Điều khoản nào (trống: toàn bộ; cách nhau bằng ;)"
        form.several("provisions", what, "Which provisions (empty: all)", lambda one: must_be_provisions([one]))
    if form.said.get("provisions") and not form.said.get("amends"):
        form.words("by", "Do văn bản nào (trống: chưa biết)", "By which instrument", _must_be_known)
    form.words("by_article", "Theo điều khoản nào", "By which article")
    form.several("sources", "Nguồn (địa chỉ hoặc lời)", "Source (an address or words)")
    _how_sure(form, ask)
    form.words("note", "Ghi chú", "Note")
    return form.said


def _new(form: "_Form") -> None:
    """The head of an instrument the register does not have."""
    form.words(
        "type",
        "Loại (nghi-dinh, thong-tu, luat, quyet-dinh…; trống: theo số)",
        "Type (empty: by its number)",
        type_slug,
    )
    number = form.said["number"]
    form.day("issued", "Ngày ban hành", "Day of issue", check=lambda day: must_be_the_year_of_its_number(number, day))
    form.words(
        "issuer",
        "Cơ quan ban hành (trống: theo số)",
        "Issuing body (empty: by its number)",
        lambda words: _must_be_somebodys(form, words),
        may_be_empty=False,
    )
    if LOCAL.search(number.upper()) and not province_of(form.said["issuer"] or ""):
        form.words("province", "Tỉnh áp dụng", "The province it is for", _must_be_a_province, may_be_empty=False)
    form.words("title", "Tên văn bản", "Title", _must_be_said, may_be_empty=False)
    form.day("starts", "Có hiệu lực từ ngày", "First day in force", after="issued", same=True)


def _how_sure(form: "_Form", ask: Callable[..., Any]) -> None:
    usual = "V-weak" if form.said.get("sources") else "K"
    while True:
        grade = ask(say("Mức chắc chắn", "How sure"), type=click.Choice(_GRADES), default=usual)
        if grade != "V" or _stands(must_have_a_source, form.said.get("sources") or ()):
            form.said["confidence"] = grade
            return


def _known(number: str) -> Instrument | None:
    try:
        return look_up(register(), number)
    except UnknownInstrument:
        return None


def _must_be_a_number(words: str) -> None:
    if not re.search(r"\d", words):
        raise RegisterRefused(f"“{words}” không phải số, ký hiệu; viết như 12/2027/NĐ-CP", f"“{words}” is no number")
    _known(words)  # several provinces may have it: which one is asked now


def _must_be_known(words: str) -> None:
    look_up(register(), words)


def _must_be_somebodys(form: "_Form", issuer: str) -> None:
    said = form.said
    identified(
        Entry(number=said["number"], type=said.get("type"), issuer=issuer or None, issued=_iso(said.get("issued")))
    )


def _must_be_a_province(words: str) -> None:
    if not words or re.search(r"\d", words):
        raise RegisterRefused("văn bản của địa phương phải nêu tên tỉnh", "a local document needs its province's name")


def _must_be_said(words: str) -> None:
    if not words:
        raise RegisterRefused("văn bản mới phải có tên", "a new instrument needs its title")


def _stands(check: Callable[[Any], object], answer: Any) -> bool:
    """Whether an answer can stand; if not, the reason is told."""
    try:
        check(answer)
    except RegisterError as error:
        why = error.vi if spoken() == "vi" else error.en
        click.echo(f"  {why.partition(': ')[2] if isinstance(error, RegisterRefused) else why}")
        return False
    return True


class _Form:
    """What is said so far; what was given already is not asked."""

    def __init__(self, said: dict[str, Any], ask: Callable[..., Any]) -> None:
        self.said, self.ask = said, ask

    def words(
        self,
        name: str,
        vi: str,
        en: str,
        check: Callable[[str], object] = lambda _: None,
        *,
        may_be_empty: bool = True,
    ) -> None:
        while not self.said.get(name):
            answer = self._answer(vi, en)
            if (not answer and may_be_empty) or _stands(check, answer):
                self.said[name] = answer or None
                return

    def several(self, name: str, vi: str, en: str, check: Callable[[str], object] = lambda _: None) -> None:
        while not self.said.get(name):
            answers = tuple(one.strip() for one in self._answer(vi, en).split(";") if one.strip())
            if all(_stands(check, one) for one in answers):
                self.said[name] = answers
                return

    def day(
        self,
        name: str,
        vi: str,
        en: str,
        *,
        check: Callable[[str], object] = lambda _: None,
        after: str = "",
        same: bool = False,
    ) -> None:
        """Asked again until it is a day that can be, or nothing; `after` names one it follows (`same`: or is)."""
        while not self.said.get(name):
            answer = self._answer(vi, en)
            if not answer:
                return
            day, before = _day(answer), _iso(self.said.get(after))
            if day is None:
                click.echo(say("  viết 2027-03-01 hoặc 01/03/2027", "  write 2027-03-01 or 01/03/2027"))
            elif before and (day < before or (day == before and not same)):
                shown = "/".join(reversed(before.split("-")))
                click.echo(say(f"  phải sau ngày {shown} nêu ở trên", f"  must be after {before}, said above"))
            elif _stands(check, day):
                self.said[name] = day

    def _answer(self, vi: str, en: str) -> str:
        return str(self.ask(say(vi, en), default="", show_default=False)).strip()


def _iso(day: Any) -> str | None:
    """A day as the options give it, or as it was answered."""
    return day.date().isoformat() if isinstance(day, datetime) else day or None


def _day(words: str) -> str | None:
    """
    >>> _day("01/03/2027"), _day("hôm nay")
    ('2027-03-01', None)
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(words, form).date().isoformat()
        except ValueError:
            continue
    return None

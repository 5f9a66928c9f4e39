"""The questions of `thidua register add` at a terminal: one at a time, an empty answer leaves a thing out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from loaders.law.register import register
from queryapi.language import say

_GRADES = ("V", "V-weak", "I", "K")


def asked(given: dict[str, Any], ask: Callable[..., Any] = click.prompt) -> dict[str, Any]:
    """What was given by options, and what a person answers to the rest."""
    form = _Form(dict(given), ask)
    form.words("number", "Số, ký hiệu", "Number")
    known = register().by_number(form.said["number"]) if form.said["number"] else None
    if known:
        click.echo(say(f"  {known.label} đã có trong sổ: {known.title}", f"  {known.label} is known: {known.title}"))
    else:
        _new(form)
    form.day("ends", "Hết hiệu lực từ ngày (ngày đầu tiên không còn; trống: chưa biết)", "First day no longer in force")
    form.several("replaces", "Thay thế văn bản nào (cách nhau bằng ;)", "Replaces (separated by ;)")
    form.several("replaced_by", "Được thay bằng văn bản nào", "Replaced by")
    form.several("amends", "Sửa đổi văn bản nào", "Amends")
    form.day("suspended_from", "Ngưng hiệu lực từ ngày", "Suspended from")
    if form.said.get("suspended_from"):
        form.day("suspended_until", "Áp dụng lại từ ngày", "Applies again from")
    if form.said.get("amends") or form.said.get("suspended_from") or (known and form.said.get("ends")):
        form.several("provisions", "Điều khoản nào (trống: toàn bộ; cách nhau bằng ;)", "Which provisions (empty: all)")
    form.words("by_article", "Theo điều khoản nào", "By which article")
    form.several("sources", "Nguồn (địa chỉ hoặc lời)", "Source (an address or words)")
    usual = "V-weak" if form.said.get("sources") else "K"
    form.said["confidence"] = ask(say("Mức chắc chắn", "How sure"), type=click.Choice(_GRADES), default=usual)
    form.words("note", "Ghi chú", "Note")
    return form.said


def _new(form: "_Form") -> None:
    """The head of an instrument the register does not have."""
    form.words("type", "Loại (nghi-dinh, thong-tu, luat, quyet-dinh…; trống: theo số)", "Type (empty: by its number)")
    form.day("issued", "Ngày ban hành", "Day of issue")
    form.words("issuer", "Cơ quan ban hành (trống: theo số)", "Issuing body (empty: by its number)")
    form.words("title", "Tên văn bản", "Title")
    form.day("starts", "Có hiệu lực từ ngày", "First day in force")


class _Form:
    """What is said so far; what was given already is not asked."""

    def __init__(self, said: dict[str, Any], ask: Callable[..., Any]) -> None:
        self.said, self.ask = said, ask

    def words(self, name: str, vi: str, en: str) -> None:
        if not self.said.get(name):
            self.said[name] = self._answer(vi, en) or None

    def several(self, name: str, vi: str, en: str) -> None:
        if not self.said.get(name):
            self.said[name] = tuple(one.strip() for one in self._answer(vi, en).split(";") if one.strip())

    def day(self, name: str, vi: str, en: str) -> None:
        """Asked again until it is a day, or nothing."""
        while not self.said.get(name):
            answer = self._answer(vi, en)
            if not answer:
                return
            self.said[name] = _day(answer)
            if self.said[name] is None:
                click.echo(say("  viết 2027-03-01 hoặc 01/03/2027", "  write 2027-03-01 or 01/03/2027"))

    def _answer(self, vi: str, en: str) -> str:
        return str(self.ask(say(vi, en), default="", show_default=False)).strip()


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

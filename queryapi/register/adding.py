"""Adding to the user's own register: asked or given, checked before it is written, written whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from loaders.errors import RegisterRefused
from loaders.law.graph import Snapshot, snapshot, with_file
from loaders.law.own import folder
from loaders.law.register import Register
from loaders.law.register import register as known_now
from queryapi.language import say, spoken
from queryapi.register.change import changes, concerned
from queryapi.register.checking import Fault, check_register, register_of
from queryapi.register.entry import Entry, written
from queryapi.register.turtle import page


@dataclass(frozen=True)
class Plan:
    """What would be written where, over what (`held`), and the register as it would be then."""

    path: Path
    held: bytes
    content: bytes
    new: str
    before: Register
    after: Register
    warnings: tuple[Fault, ...]


def plan_of(given: dict[str, Any], file: Path | None) -> Plan:
    """The entry made and checked; RegisterRefused, with the reason, where it would break the register."""
    before = known_now()
    made = written(_entry(given), before)
    path = Path(file or _place(made.iri))
    held = _held(path)
    new = "\n".join(str(block) for block in made.blocks)
    content = page(made.blocks, _text(path, held)).encode()
    would_be = with_file(str(path), content)
    after = register_of(would_be)
    return Plan(path, held, content, new, before, after, _sound(would_be, concerned(before, after)))


def tell(plan: Plan, store: Path | None) -> None:
    """Show what changes: the Turtle, the days, and whom it concerns."""
    click.echo(say(f"Ghi vào {plan.path}:", f"To be written to {plan.path}:"))
    click.echo("")
    click.echo("\n".join(f"    {line}" if line else "" for line in plan.new.rstrip().splitlines()))
    click.echo("")
    click.echo(say("Thay đổi:", "What changes:"))
    for line in changes(plan.before, plan.after):
        click.echo(f"  {line}")
    for fault in plan.warnings:
        said = fault.message_vi if spoken() == "vi" else fault.message_en
        click.echo(f"  {say('lưu ý', 'warning')}: {fault.entry}: {said}")
    _tell_concerned(plan, store)


def write(plan: Plan, store: Path | None) -> None:
    """All of the file or nothing; then what it concerns in the store is judged again."""
    from queryapi.commands.options import write_whole

    if plan.path.parent == folder():
        plan.path.parent.mkdir(parents=True, exist_ok=True)
    if _held(plan.path) != plan.held:
        raise RegisterRefused(
            f"{plan.path.name} đã bị sửa trong lúc hỏi; chưa ghi gì, hãy chạy lại lệnh",
            f"{plan.path.name} was changed meanwhile; nothing was written, run the command again",
        )
    write_whole(plan.path, plan.content)
    click.echo(say(f"Đã ghi {plan.path}.", f"Written: {plan.path}."))
    if plan.path.resolve().parent != folder().resolve() or plan.path.suffix != ".ttl":
        click.echo(
            say(
                f"Tệp này chưa được dùng: chép vào {folder()} để nó thành một phần của sổ.",
                f"This file is not in use yet: copy it to {folder()} to make it part of the register.",
            )
        )
        return
    _judge_again(store)


def _held(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _text(path: Path, held: bytes) -> str:
    """What the file says; one in another encoding is not rewritten, for what was not understood would be lost."""
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegisterRefused(
            f"{path.name} không phải UTF-8; hãy lưu lại tệp ấy bằng UTF-8 rồi chạy lại",
            f"{path.name} is not UTF-8; save it as UTF-8 and run the command again",
        ) from None


def _entry(given: dict[str, Any]) -> Entry:
    said = {name: _plain(value) for name, value in given.items() if value}
    if not said.get("number"):
        raise RegisterRefused("chưa nêu số, ký hiệu", "no number was given")
    return Entry(**said)


def _plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value


def _place(iri: str) -> Path:
    """The own file of one instrument: "nghi-dinh-2027-12.ttl"."""
    authority, *rest = iri.rpartition("/id/doc/")[2].split("/")
    name = "-".join(rest if authority in ("chinh-phu", "quoc-hoi") else [authority, *rest])
    return folder() / f"{name}.ttl"


def _sound(would_be: Snapshot, about: tuple[str, ...]) -> tuple[Fault, ...]:
    """The warnings that are new; RegisterRefused for the faults that are."""
    checked = check_register(would_be, about)
    if not checked.faults:
        return ()
    had = {_bare(fault) for fault in check_register(snapshot(), about).faults}
    new = [fault for fault in checked.faults if _bare(fault) not in had]
    broken = [fault for fault in new if fault.severity == "Violation"]
    if broken:
        vi = "; ".join(dict.fromkeys(f"{f.entry}: {f.message_vi} ({f.remedy_vi})" for f in broken))
        en = "; ".join(dict.fromkeys(f"{f.entry}: {f.message_en} ({f.remedy_en})" for f in broken))
        raise RegisterRefused(vi, en)
    return tuple(new)


def _bare(fault: Fault) -> tuple[str, str, str]:
    return (fault.rule, fault.entry, fault.message_vi)


def _tell_concerned(plan: Plan, store: Path | None) -> None:
    """With a store at hand, how much of it would be judged again."""
    from queryapi.commands.options import default_store
    from queryapi.errors import StoreMissing
    from queryapi.loading.rejudge import concerned as concerned_in
    from queryapi.store import open_store

    try:
        with open_store(store or default_store()) as source:
            found = concerned_in(source, concerned(plan.before, plan.after), register=plan.after)
    except StoreMissing:
        return
    click.echo(
        say(
            f"  trong kho: {found.citations} trích dẫn của {found.documents} văn bản sẽ được xét lại",
            f"  in the store: {found.citations} citations of {found.documents} documents will be judged again",
        )
    )


def _judge_again(store: Path | None) -> None:
    """Bring the store up to date with the register; one that another process writes to is left for `thidua load`."""
    from queryapi.commands.load import said_again
    from queryapi.commands.options import default_store
    from queryapi.errors import StoreBusy, StoreMissing
    from queryapi.loading.rejudge import rejudge
    from queryapi.store import open_store

    place = store or default_store()
    try:
        with open_store(place):
            pass
        with open_store(place, write=True) as target:
            found = rejudge(target)
    except StoreMissing:
        return
    except StoreBusy as busy:
        click.echo(busy.vi if spoken() == "vi" else busy.en, err=True)
        return
    for line in said_again("register", found):
        click.echo(line)

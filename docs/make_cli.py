"""Writes docs/cli.md from the help of every command: `python docs/make_cli.py`. A test says when it is stale."""

from pathlib import Path

import click

from queryapi.cli import COMMANDS, commands

TARGET = Path(__file__).parent / "cli.md"
HEAD = """# Các lệnh

Trang này do `python docs/make_cli.py` viết ra từ phần trợ giúp của từng lệnh. Mã thoát: 0 tốt; 1 câu trả lời là
“không” (có lỗi phải sửa); 2 đầu vào không dùng được, kèm một dòng nói vì sao ([errors.md](errors.md)).
"""


def text() -> str:
    """The whole page."""
    group = commands()
    parts = [HEAD]
    for name in COMMANDS:
        context = click.Context(group, info_name="thidua")
        command = group.get_command(context, name)
        assert command is not None
        parts += _pages(command, name, context)
    return "\n".join(parts)


def _pages(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """The help of a command, then of the commands under it."""
    own = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    pages = [f"## {own.command_path}\n\n```\n{command.get_help(own).rstrip()}\n```\n"]
    for under in command.commands.values() if isinstance(command, click.Group) else ():
        pages += _pages(under, under.name or "", own)
    return pages


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")

"""The command `thidua`: thin, and quick to start. What a command does lives in `queryapi/commands/`.

Nothing heavy (rdflib, pyoxigraph, pyshacl, flask) is imported before a command needs it.
"""

import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from loaders.errors import ThiduaError
from queryapi.language import LANGUAGES, say, speak, spoken

# Command → the module of queryapi/commands that defines it, in the order the help shows them.
COMMANDS = {
    "demo": "demo",
    "load": "load",
    "read": "read",
    "cite": "cite",
    "trace": "trace",
    "radar": "radar",
    "coverage": "coverage",
    "review": "review",
    "compare": "compare",
    "calendar": "calendar",
    "ask": "ask",
    "query": "query",
    "template": "nominate",
    "validate": "nominate",
    "lint": "lint",
    "check": "check",
    "register": "register",
    "export": "export",
    "stats": "stats",
    "serve": "serve",
}


class Command(click.Command):
    """A click command that speaks the language chosen."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("options_metavar", say("[TÙY CHỌN]", "[OPTIONS]"))
        super().__init__(*args, **settings)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("Cách dùng: ", "Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (one for one in self.get_params(ctx) if isinstance(one, click.Option))
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        with formatter.section(say("Tùy chọn", "Options")):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = say("In phần trợ giúp này rồi thoát.", "Show this help and exit.")
        return option


class Commands(Command, click.Group):
    """The group: a command's module is imported when the command is named, or when the help lists them all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"queryapi.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from difflib import get_close_matches

        if args and args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint_vi = f" Có phải là “{near[0]}”?" if near else ""
            hint_en = f" Did you mean “{near[0]}”?" if near else ""
            raise click.UsageError(say(f"không có lệnh “{args[0]}”.{hint_vi}", f"no command “{args[0]}”.{hint_en}"))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        rows = [
            (name, command.get_short_help_str(90))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name))
        ]
        with formatter.section(say("Lệnh", "Commands")):
            formatter.write_dl(rows)


def version_number() -> str:
    """The version in pyproject.toml, as installed."""
    try:
        return version("thidua")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"thidua {version_number()}")
        ctx.exit()


def commands() -> Commands:
    """The whole command, in the language spoken now."""
    return Commands(
        "thidua",
        help=say(
            "Đồ thị tri thức về kế hoạch phát động phong trào thi đua: đọc văn bản, tra căn cứ, so sánh, "
            "kiểm tra hồ sơ đề nghị khen thưởng.",
            "Knowledge graph of Vietnamese emulation plans: read documents, trace their legal basis, compare them, "
            "check award nominations.",
        ),
        params=[
            click.Option(
                ["--lang"], type=click.Choice(LANGUAGES), help=say("Ngôn ngữ hiển thị.", "Language of the messages.")
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_version,
                help=say("In số phiên bản rồi thoát.", "Show the version and exit."),
            ),
        ],
        callback=lambda lang: None,
        no_args_is_help=True,
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command. Exit 0 fine, 1 the answer is "no", 2 unusable input: one line saying what and what to do."""
    arguments = sys.argv[1:] if arguments is None else arguments
    arguments = _take_language(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles and C locales would refuse Vietnamese letters
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(commands().main(arguments, prog_name="thidua", standalone_mode=False) or 0)
    except ThiduaError as error:
        _stop(error.vi if spoken() == "vi" else error.en)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "thidua"
        message = _in_english(error) if spoken() == "en" else _in_vietnamese(error)
        _stop(f"{message} " + say(f"(xem: {path} --help)", f"(see: {path} --help)"))
    except click.Abort:
        _stop(say("đã dừng.", "stopped."), 130)
    except BrokenPipeError:  # `thidua export | head`: the reader has had enough
        sys.stderr.close()
        sys.exit(0)


def _in_english(error: click.UsageError) -> str:
    """As click says it, but for a day: its own words show the codes of formats."""
    if isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.DateTime):
        return f"{_parameter_name(error)} must be a day there is, written 2024-12-31 or 31/12/2024."
    return error.format_message()


def _in_vietnamese(error: click.UsageError) -> str:
    """What click says in English only."""
    match error:
        case click.NoSuchOption():
            near = f"; có phải là {error.possibilities[0]}?" if error.possibilities else "."
            return f"không có tùy chọn {error.option_name}{near}"
        case click.BadOptionUsage():
            return f"tùy chọn {error.option_name} cần một giá trị."
        case click.MissingParameter():
            return f"thiếu {_parameter_name(error)}."
        case click.BadParameter():
            kind = error.param.type if error.param else None
            if isinstance(kind, click.Choice):
                return f"{_parameter_name(error)} phải là một trong: {', '.join(map(str, kind.choices))}."
            if isinstance(kind, click.DateTime):
                return f"{_parameter_name(error)} phải là một ngày có thật, viết 2024-12-31 hoặc 31/12/2024."
            if isinstance(kind, click.IntRange):
                return f"{_parameter_name(error)} phải là một số nguyên từ {kind.min} đến {kind.max}."
            if isinstance(kind, click.types.IntParamType):
                return f"{_parameter_name(error)} phải là một số nguyên."
            if isinstance(kind, click.Path):
                return f"{_parameter_name(error)}: cần một tệp, không phải thư mục (hoặc ngược lại)."
            return f"{_parameter_name(error)} chưa đúng: {error.message}"
        case _ if error.message.startswith("Got unexpected extra argument"):
            return f"thừa tham số {error.message[error.message.index('(') :].rstrip('.')}."
        case _:
            return error.format_message()


def _parameter_name(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "tham số")
    return error.param.opts[0] if error.param.opts[0].startswith("-") else error.param.human_readable_name


def _take_language(arguments: list[str]) -> list[str]:
    """Hear `--lang en` wherever it stands, and take it out."""
    rest = list(arguments)
    for position, word in enumerate(rest):
        language = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        width = 1
        if word == "--lang" and position + 1 < len(rest):
            language, width = rest[position + 1], 2
        if language in LANGUAGES:
            speak(language)
            del rest[position : position + width]
            return rest
    return rest


def _stop(line: str, code: int = 2) -> None:
    click.echo("thidua: " + " ".join(line.split()), err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()

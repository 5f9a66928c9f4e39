"""What a scanner adds to a page that no one printed: a tick before a line, a stop at its end in mid-sentence."""

import re

from loaders.text import Text, once

_LOWER = "[" + "".join(chr(c) for c in range(0x61, 0x1EFA) if chr(c).islower()) + "]"
_TICKS = "'‘’`"
# "'Thực hiện Kế hoạch", "“Trung ương Đảng" at the beginning of a line, never closed
_TICK = re.compile(r"(?P<tick>['‘’`]+)(?=\w)")
# "của Đoàn Chủ tịch Tổng Liên đoàn Lao.⏎động Việt Nam"; "quy định.⏎a) Đối tượng" is the end of a sentence
_STOP = re.compile(rf"\.(?<=\w\.)(?= ?\n{_LOWER}(?![).]))")
# the Ð of another alphabet ("Bộ GD&ÐT"), but not beside a Đ that it may only double ("CĐÐYT")
_OTHER_D = re.compile("(?<![ĐÐ])Ð(?![ĐÐ])")


@once
def without_specks(text: Text) -> Text:
    """The text without such marks, every letter at its place; the text itself where there are none.

    >>> without_specks(Text.of("'Thực hiện Kế hoạch số 310/KH-UBND.\\nngày 30/12/2024")).raw
    ' Thực hiện Kế hoạch số 310/KH-UBND \\nngày 30/12/2024'
    """
    ticks = [
        match.span()
        for match in (_TICK.finditer(text.raw) if any(map(text.raw.__contains__, _TICKS)) else ())
        if text.raw[max(0, match.start() - 1) : match.start()] in ("", "\n")
    ]
    changes = [place for span in ticks for place in range(*span)]
    changes += [match.start() for match in _STOP.finditer(text.raw)]
    barred = [match.start() for match in _OTHER_D.finditer(text.raw)] if "Ð" in text.raw else []
    if not changes and not barred:
        return text
    letters = list(text.raw)
    for place in changes:
        letters[place] = " "
    for place in barred:
        letters[place] = "Đ"
    return Text("".join(letters), text.layout)

"""What a scanner does to the signs between the parts of a number, put right without moving a letter."""

import re
from collections.abc import Iterator

from loaders.citations.document_types import issuer_codes, type_codes, type_word_before
from loaders.text import Text, once

# A slash read as a stroke, before a type code or a year that a number goes on with: "2045 IKH-UBND", "77IKH-THPTA",
# "06I2022IQH15", "03/2025IQĐ-UBND"; in the Party's numbers before the body: "21-CTITU", "112-KHITĐTN-VP".
_STROKE = re.compile(
    r"[0-9](?: ?(?P<year>[il|!])(?=(?:19|20)\d\d[/il|!][a-z])"
    r"| {0,2}(?P<type>[il|!])(?=(?P<code>[a-z]{2,6}) ?-{1,2}\s?[a-z]|(?:qh|ubtvqh)\d))"
)
_PARTY_STROKE = re.compile(r"-[a-z]{2,3}(?P<body>[il|!])(?=(?:tu|tw|hu|du|btctw|ubkttw|tdtn)\b)")
# A dash read as two: "NĐ- -CP", "TT- -BNV", "QĐ- — UBND"
_DASHES = re.compile(r"/[a-z0-9-]{1,20}? ?-(?P<dash> -)(?= ?[a-z])")
# Specks between the word and the number: "số .933/QĐ-TTg", "Số: '26/KH-UBND"
_SPECK = re.compile(r"so[ :]{1,2}(?P<speck>[.,'`])(?=\d{1,5} ?/)")

# S read as 5 where a body's code begins: "88/5TC-NS", "61/TTr-5NV"
_FIVE = re.compile(r"[/-](?P<five>5)(?=(?P<rest>[a-z&]{2,6})(?![a-z0-9]))")
# a blank for the sign after the digits: "Quyết định số 12 QĐ/TWHLHPN", "Kế hoạch số 77 KH-UBND"
_BLANK = re.compile(r"so\s(?P<digits>\d{1,4})(?P<blank>\s)(?=(?P<code>[a-z]{2,5})(?P<sign>[/-])[a-z]{2})")


@once
def mended(text: Text) -> Text:
    """The text with such signs put right, letter for letter at the same places; the text itself where there are none.

    >>> mended(Text.of("Kế hoạch số 2045 IKH-UBND, Luật số 06I2022IQH15, Nghị định số 65/2014/NĐ- -CP")).raw
    'Kế hoạch số 2045 /KH-UBND, Luật số 06/2022/QH15, Nghị định số 65/2014/NĐ-  CP'
    """
    folded = text.folded
    changes = [(match.start("speck"), " ") for match in _SPECK.finditer(folded)]
    for match in _STROKE.finditer(folded):
        if not match["code"] or match["code"] in type_codes().by_fold:
            changes.append((match.end() - 1, "/"))
    for match in _PARTY_STROKE.finditer(folded):
        if folded[match.start() - 1 : match.start()].isdigit():
            changes.append((match.start("body"), "/"))
    changes += [*_fives(text), *_blanks(text)]
    if "- -" in folded:
        for match in _DASHES.finditer(folded):
            changes += [(place, " ") for place in range(*match.span("dash"))]
    if not changes:
        return text
    letters = list(text.raw)
    for place, sign in changes:
        letters[place] = sign
    return Text("".join(letters))


def _fives(text: Text) -> Iterator[tuple[int, str]]:
    for match in _FIVE.finditer(text.folded):
        if f"s{match['rest']}" in issuer_codes() and text.raw[match.end() : match.end("rest")].isupper():
            yield match.start("five"), "S"


def _blanks(text: Text) -> Iterator[tuple[int, str]]:
    for match in _BLANK.finditer(text.folded):
        capital = text.raw[match.start("code")].isupper() and text.raw[match.end("sign")].isupper()
        if capital and match["code"] in type_codes().by_fold:
            word = type_word_before(text, match.start("digits"), ())
            if word and word.adjacent and word.exact:
                yield match.start("blank"), "-" if match["sign"] == "/" else "/"

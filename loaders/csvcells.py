"""Cells of a CSV file that a spreadsheet opens as words: they come from documents and forms of strangers."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four: full-width


def safe_cell(value: object) -> str:
    """A value as a cell; what a spreadsheet would run as a formula is made a text.

    >>> safe_cell("=HYPERLINK(A1)"), safe_cell(-5), safe_cell("- Tập thể"), safe_cell(None)
    ("'=HYPERLINK(A1)", '-5', "'- Tập thể", '')
    """
    words = "" if value is None else str(value)
    return f"'{words}" if isinstance(value, str) and words.startswith(_FORMULA) else words

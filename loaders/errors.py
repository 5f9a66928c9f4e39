"""Bad input, each with a stable code, one line in Vietnamese and one in English.

    ThiduaError
    ├── LoadError                 a file we cannot read
    │   ├── MissingFile           missing-file
    │   ├── IsFolder              is-folder
    │   ├── EmptyFile             empty-file
    │   ├── BinaryFile            binary-file
    │   ├── UnknownFormat         unknown-format
    │   ├── OldFormat             old-format: .doc, .xls, .ppt, .rtf, with what to save it as
    │   ├── DamagedFile           damaged-file
    │   ├── EncryptedFile         encrypted-file
    │   ├── TooLarge              too-large
    │   ├── NoOcr                 no-ocr
    │   ├── NotAdministrative     not-administrative
    │   ├── SecretDocument        secret-document
    │   ├── CorrectionsBroken     corrections-broken: a file of corrections that cannot be applied as it is
    │   ├── NothingReadable       nothing-readable
    │   └── ReaderDied            reader-died (queryapi/loading/readers.py)
    ├── UnwritableFile            unwritable-file: a result that cannot be written where it was wanted
    ├── RegisterError             the law register
    │   ├── BrokenRegister        register-broken: a file of the user's own register that cannot be read
    │   ├── RegisterRefused       register-refused: an entry that would break the register's timelines
    │   └── UnknownInstrument     unknown-instrument
    ├── FormError                 a nomination file we cannot check (loaders/nominations/read.py)
    └── AskError                  a question or a store we cannot use (queryapi/errors.py)

Bad data is never an error: it is a finding, a doubt or a row of a report.
"""

from collections.abc import Callable


class ThiduaError(Exception):
    """Unusable input. `code` is a heading of docs/errors.md; `vi` and `en` say what is wrong and what to do."""

    code = "error"

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en

    def __reduce__(self) -> tuple[Callable[..., "ThiduaError"], tuple[object, ...]]:
        """From one process to another: each kind is made from words of its own, which are not those of the message."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[ThiduaError], args: tuple[object, ...], said: dict[str, object]) -> ThiduaError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(said)
    return error


class LoadError(ThiduaError):
    """A file that cannot be read."""

    code = "load-error"


class MissingFile(LoadError):
    """The path leads to nothing."""

    code = "missing-file"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: không có tệp hay thư mục này", f"{name}: no such file or folder")


class IsFolder(LoadError):
    """A folder where one file was meant."""

    code = "is-folder"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: đây là thư mục, cần một tệp (cả thư mục thì dùng `thidua load`)",
            f"{name}: this is a folder, one file is needed (for a folder use `thidua load`)",
        )


class EmptyFile(LoadError):
    """The file holds no text."""

    code = "empty-file"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: tệp rỗng, không có chữ nào để đọc", f"{name}: the file is empty, there is no text to read"
        )


class BinaryFile(LoadError):
    """The file is not text in an encoding we know."""

    code = "binary-file"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: không phải tệp văn bản (UTF-8 hoặc UTF-16); hãy lưu lại dưới dạng .txt UTF-8",
            f"{name}: not a text file (UTF-8 or UTF-16); save it as .txt in UTF-8",
        )


class UnknownFormat(LoadError):
    """The file is of a format we do not read."""

    code = "unknown-format"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        formats = ", ".join(known)
        super().__init__(
            f"{name}: chưa đọc được định dạng này (đọc được: {formats})",
            f"{name}: not a format we read (these are: {formats})",
        )


class OldFormat(LoadError):
    """A file of an office program's old or own format; `kind` is its name as people know it (".doc (Word 97-2003)")."""

    code = "old-format"

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            f"{name}: chưa đọc được {kind}; hãy mở bằng Word hoặc LibreOffice rồi lưu lại dưới dạng .docx hoặc PDF",
            f"{name}: {kind} is not read; open it in Word or LibreOffice and save it as .docx or PDF",
        )


class DamagedFile(LoadError):
    """The file says it is of a format we read, but cannot be read as one; `kind` is the format's name."""

    code = "damaged-file"

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            f"{name}: tệp {kind} hỏng hoặc tải về chưa trọn; hãy tải hoặc lưu lại tệp",
            f"{name}: the {kind} file is damaged or not whole; download or save it again",
        )


class EncryptedFile(LoadError):
    """The file opens only with a password."""

    code = "encrypted-file"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: tệp đặt mật khẩu; hãy mở bằng mật khẩu rồi lưu một bản không đặt mật khẩu",
            f"{name}: the file has a password; open it and save a copy without one",
        )


class TooLarge(LoadError):
    """The file, or what it unpacks to, is larger than any document; `limit` is in million bytes."""

    code = "too-large"

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"{name}: tệp quá lớn so với một văn bản (giới hạn {limit} MB); hãy tách thành từng văn bản",
            f"{name}: larger than any document (limit {limit} MB); split it into its documents",
        )


class NotAdministrative(LoadError):
    """The text has too little of an administrative document; `vi` and `en` of the call say what speaks against it."""

    code = "not-administrative"

    def __init__(self, name: str, vi: str = "", en: str = "") -> None:
        vi = vi or "không có tên loại, số, ngày, cơ quan ban hành"
        en = en or "no type, number, date or issuing body"
        super().__init__(
            f"{name}: không nhận ra văn bản hành chính ({vi})", f"{name}: not an administrative document ({en})"
        )


class SecretDocument(LoadError):
    """The document bears the stamp of a state secret."""

    code = "secret-document"

    def __init__(self, name: str, stamp: str) -> None:
        super().__init__(
            f"{name}: văn bản đóng dấu “{stamp}”, không đọc và không lưu; "
            "tài liệu bí mật nhà nước chỉ được xử lý trên máy dành riêng",
            f"{name}: stamped “{stamp}” (state secret): it is neither read nor kept; "
            "such papers belong on a machine set aside for them",
        )


class NothingReadable(LoadError):
    """Nothing of what was named could be read; `reasons` are those of its files, none where a folder holds no file."""

    code = "nothing-readable"

    def __init__(self, name: str, known: tuple[str, ...], reasons: "tuple[ThiduaError, ...]" = ()) -> None:
        self.reasons = reasons
        if reasons:
            super().__init__(
                f"{name}: không nạp được tệp nào trong {len(reasons)} tệp, mỗi tệp có lý do riêng",
                f"{name}: none of {len(reasons)} files could be loaded, each for its reason",
            )
            return
        formats = ", ".join(known)
        super().__init__(
            f"{name}: thư mục không có tệp nào đọc được (đọc được: {formats})",
            f"{name}: the folder holds no file we read (these are: {formats})",
        )


class NoOcr(LoadError):
    """A scan, and no OCR engine with a Vietnamese model on this machine."""

    code = "no-ocr"

    def __init__(self, name: str = "") -> None:
        where = f"{name}: " if name else ""
        install = (
            "`sudo apt install tesseract-ocr tesseract-ocr-vie` (Debian, Ubuntu), "
            "`brew install tesseract tesseract-lang` (macOS), Windows: "
        )
        super().__init__(
            f"{where}bản quét (ảnh), cần tesseract với bộ chữ tiếng Việt (vie) để nhận dạng; cài đặt: {install}"
            "bộ cài của UB Mannheim, chọn thêm Vietnamese",
            f"{where}a scan (an image); tesseract with its Vietnamese model (vie) is needed; install: {install}"
            "the installer of UB Mannheim, with Vietnamese ticked",
        )


class CorrectionsBroken(LoadError):
    """A file of corrections that cannot be read; the document is not read without it, lest a person's work be lost."""

    code = "corrections-broken"

    def __init__(self, name: str, vi: str, en: str) -> None:
        super().__init__(
            f"{name}: {vi}; hãy sửa tệp hiệu đính này, hoặc đổi tên nó để đọc văn bản không hiệu đính",
            f"{name}: {en}; mend this file of corrections, or rename it to read the document without them",
        )


class UnwritableFile(ThiduaError):
    """The result cannot be written there: no such folder, no right to, or a folder of that name."""

    code = "unwritable-file"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: không ghi được tệp này (thư mục chưa có, không có quyền ghi, hoặc trùng tên một thư mục)",
            f"{name}: cannot be written (no such folder, no right to write, or the name of a folder)",
        )


class RegisterError(ThiduaError):
    """The law register cannot be used, or cannot take an entry."""

    code = "register-error"


class BrokenRegister(RegisterError):
    """A file of the user's own register that cannot be read; `line` counts from 1."""

    code = "register-broken"

    def __init__(self, name: str, line: int | None, vi: str, en: str) -> None:
        where, where_en = (f", dòng {line}", f", line {line}") if line else ("", "")
        super().__init__(
            f"{name}{where}: {vi}; hãy sửa tệp ấy hoặc tạm đưa nó ra khỏi thư mục sổ riêng",
            f"{name}{where_en}: {en}; mend the file or take it out of your register's folder",
        )
        self.line = line


class RegisterMissing(RegisterError):
    """The variable that names the user's own register names a file, or no folder at all."""

    code = "register-missing"

    def __init__(self, variable: str, named: str, *, is_file: bool) -> None:
        what = "là tệp, không phải thư mục" if is_file else "không có thư mục này"
        what_en = "is a file, not a folder" if is_file else "there is no such folder"
        super().__init__(
            f"{variable}={named}: {what}; sửa biến ấy, hoặc tạo thư mục để làm sổ riêng",
            f"{variable}={named}: {what_en}; mend the variable, or make the folder for your register",
        )


class RegisterRefused(RegisterError):
    """An entry that would break the register; nothing was written."""

    code = "register-refused"

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"không ghi vào sổ: {vi}", f"not written: {en}")


class UnknownInstrument(RegisterError):
    """The register holds no instrument of that number."""

    code = "unknown-instrument"

    def __init__(self, words: str, near: tuple[str, ...] = ()) -> None:
        vi = f"; gần giống: {', '.join(near)}" if near else "; xem `thidua register list`"
        en = f"; near: {', '.join(near)}" if near else "; see `thidua register list`"
        super().__init__(
            f"{words}: không có văn bản này trong sổ pháp luật{vi}",
            f"{words}: no such instrument in the law register{en}",
        )

"""Files that are a zip of XML parts (.docx, .odt): their parts, unpacked in bounds and parsed without entities."""

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from loaders.errors import DamagedFile, EncryptedFile, TooLarge

if TYPE_CHECKING:
    from lxml.etree import _Element

_PART = 64 * 1024 * 1024  # a thousand pages of Word are about 20 MB
_RATIO = 200  # Word's own parts shrink 10 to 60 times
_FREE = 8 * 1024 * 1024  # below this a part may shrink as it likes
_MEMBERS = 20_000
_CHUNK = 1 << 16
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, NotImplementedError, RuntimeError,
    IndexError, AttributeError,
)  # fmt: skip


class Package:
    """A zip file and its parts by name.

    Raises DamagedFile, EncryptedFile or TooLarge; `kind` is what messages call it.
    """

    def __init__(self, content: bytes, name: str, kind: str) -> None:
        self.name, self.kind, self._left = name, kind, 2 * _PART
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _BROKEN as error:
            raise DamagedFile(name, kind) from error
        members = self._zip.infolist()
        if len(members) > _MEMBERS:
            raise TooLarge(name, _PART >> 20)
        self.names = {member.filename for member in members}

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, None where there is no such part."""
        if part not in self.names:
            return None
        info = self._zip.getinfo(part)
        if info.flag_bits & 1:
            raise EncryptedFile(self.name)
        chunks, size = [], 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > min(_PART, self._left) or size > max(_FREE, _RATIO * info.compress_size):
                        raise TooLarge(self.name, _PART >> 20)
                    chunks.append(chunk)
        except _BROKEN as error:
            raise DamagedFile(self.name, self.kind) from error
        self._left -= size
        return b"".join(chunks)

    def parse(self, part: str) -> "_Element | None":
        """The root of an XML part, None where there is no such part. A part that declares a DTD is refused."""
        from lxml import etree

        content = self.read(part)
        if content is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DamagedFile(self.name, self.kind) from error
        if etree.ElementTree(root).docinfo.internalDTD is not None:
            raise DamagedFile(self.name, self.kind)
        return root

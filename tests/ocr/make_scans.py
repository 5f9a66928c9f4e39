"""Makes the scans of this folder out of the clean example plans: `python tests/ocr/make_scans.py` (needs LibreOffice).

Each plan is set as such a document is printed (two columns above, two below), made a PDF, drawn by pdfium at 200 dpi
turned by one degree, sprinkled with specks, and cut down to black and white. `boxes.json` keeps where the numbers that
the plan cites stand on the page so made, in points: what the generator knows and the OCR engine has to find again.
"""

import ctypes
import html
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

HERE = Path(__file__).parent
PLANS = HERE.parents[1] / "examples" / "plans"
DPI, DEGREES, SPECKS = 200, 1.0, 0.0003
SCANS = {  # scan: plan, the two lines of the body above its number
    "ninh-phuoc": ("ninh-phuoc-26-kh-ubnd-2021.txt", ("ỦY BAN NHÂN DÂN", "HUYỆN NINH PHƯỚC")),
    "luong-dien": ("luong-dien-kh-ubnd-2023.txt", ("ỦY BAN NHÂN DÂN", "XÃ LƯƠNG ĐIỀN")),
    "long-thanh": ("long-thanh-kh-bcd-2024.txt", ("BAN CHỈ ĐẠO CCHC", "HUYỆN LONG THÀNH")),
}
STYLE = """@page { size: A4; margin: 2cm 2cm 2cm 3cm }
body { font-family: "Liberation Serif"; font-size: 13.5pt } td { text-align: center; vertical-align: top }
td.head { font-size: 11.5pt } td.end { font-size: 11pt }
p { text-align: justify; margin: 4pt 0 } p.lines { text-align: left } h1 { text-align: center; font-size: 14pt }"""


def page_source(text: str, body: tuple[str, str]) -> str:
    """A plan as a web page that LibreOffice sets on A4, its head and its end in two columns."""
    plain = re.sub(r"\*+|^#+ ", "", text, flags=re.MULTILINE)
    number, dated, *rest = [block.strip() for block in plain.split("\n\n") if block.strip()]
    above = (
        f"<table width='100%'><tr><td class='head' width='36%'><b>{body[0]}<br/>{body[1]}</b><br/><br/>"
        f"{html.escape(number)}</td><td class='head'><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>"
        f"Độc lập - Tự do - Hạnh phúc</b><br/><br/><i>{html.escape(dated)}</i></td></tr></table>"
    )
    end = next(i for i, block in enumerate(rest) if block.startswith("Nơi nhận"))
    blocks = "".join(map(_block, rest[:end]))
    to = "<br/>".join(line for block in rest[end : end + 2] for line in _lines(block))
    signed = "<br/><br/>".join("<br/>".join(_lines(block)) for block in rest[end + 2 :])
    left = f"<td class='end' width='50%' align='left'>{to}</td>"
    below = f"<table width='100%'><tr>{left}<td><b>{signed}</b></td></tr></table>"
    style = f"<head><meta charset='utf-8'/><style>{STYLE}</style></head>"
    return f"<html>{style}<body>{above}{blocks}{below}</body></html>"


def _lines(block: str) -> list[str]:
    return [html.escape(line) for line in block.splitlines()]


def _block(block: str) -> str:
    lines = _lines(block)
    opening = "<h1>" if lines[0] == "KẾ HOẠCH" or lines[0].startswith("Phát động") else "<p class='lines'>"
    return (
        f"{opening if len(lines) > 1 or opening == '<h1>' else '<p>'}{'<br/>'.join(lines)}</{opening[1:3].strip('> ')}>"
    )


def to_pdf(source: str, folder: Path) -> Path:
    page = folder / "plan.html"
    page.write_text(source, encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    target = "pdf:writer_web_pdf_Export"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(page)],
        check=True,
        capture_output=True,
    )
    return folder / "plan.pdf"


def turned(page: pdfium.PdfPage) -> tuple[int, int, bytearray]:
    """A page in grey, turned about its middle."""
    scale = DPI / 72
    width, height = (round(side * scale) for side in page.get_size())
    bitmap = pdfium.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)
    raw.FPDFBitmap_FillRect(bitmap.raw, 0, 0, width, height, 0xFFFFFFFF)
    c, s = math.cos(math.radians(DEGREES)), math.sin(math.radians(DEGREES))
    x, y = width / 2, height / 2
    matrix = raw.FS_MATRIX(scale * c, scale * s, -scale * s, scale * c, x - c * x + s * y, y - s * x - c * y)
    clip = raw.FS_RECTF(0, 0, width, height)
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, ctypes.byref(matrix), ctypes.byref(clip), 0)
    grey = bytes(bitmap.buffer)
    return width, height, bytearray().join(grey[row * bitmap.stride :][:width] for row in range(height))


def black_and_white(width: int, height: int, grey: bytearray, seed: int) -> bytes:
    """One bit a point, rows filled to whole bytes, with specks of black and white strewn in."""
    chance = random.Random(seed)
    for _ in range(int(width * height * SPECKS)):
        grey[chance.randrange(width * height)] = chance.choice((0, 255))
    bits = grey.translate(bytes(point >= 150 for point in range(256)))
    packed = bytearray()
    for row in range(height):
        line = bits[row * width : (row + 1) * width] + b"\1" * (-width % 8)
        packed += int(line.translate(b"01" + b"1" * 254), 2).to_bytes(len(line) // 8, "big")
    return bytes(packed)


def scan(pages: list[tuple[int, int, bytes]]) -> bytes:
    """A PDF that holds nothing but a picture a page."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{3 + 3 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    for i, (width, height, bits) in enumerate(pages):
        size = f"{width * 72 / DPI:.2f} {height * 72 / DPI:.2f}"
        number = 3 + 3 * i
        drawing = f"q {size.split()[0]} 0 0 {size.split()[1]} 0 0 cm /P Do Q".encode()
        picture = zlib.compress(bits, 9)
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]/Contents {number + 1} 0 R"
            f"/Resources<</XObject<</P {number + 2} 0 R>>>>>>".encode(),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1"
            b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (width, height, len(picture), picture),
        ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def number_boxes(document: pdfium.PdfDocument) -> list[dict[str, object]]:
    """Where the numbers after *số* stand once the page is turned: page, number, left, top, right, bottom in points."""
    found: list[dict[str, object]] = []
    for index, page in enumerate(document):
        text = page.get_textpage()
        width, height = page.get_size()
        for match in re.finditer(r"số (\d+/[\w-]+(?:/[\w-]+)?)", text.get_text_range()):
            hit = text.search(match[1], index=match.start()).get_next()
            corners = [
                corner
                for i in range(text.count_rects(*hit))
                for left, bottom, right, top in [text.get_rect(i)]
                for corner in (
                    (left, height - top),
                    (right, height - top),
                    (left, height - bottom),
                    (right, height - bottom),
                )
            ]
            places = [_turn(x, y, width / 2, height / 2) for x, y in corners]
            box = [f([p[i] for p in places]) for f, i in ((min, 0), (min, 1), (max, 0), (max, 1))]
            found.append({"page": index + 1, "number": match[1], "box": [round(side, 1) for side in box]})
    return found


def _turn(x: float, y: float, middle_x: float, middle_y: float) -> tuple[float, float]:
    c, s = math.cos(math.radians(DEGREES)), math.sin(math.radians(DEGREES))
    dx, dy = x - middle_x, y - middle_y
    return middle_x + c * dx - s * dy, middle_y + s * dx + c * dy


def main() -> None:
    boxes = {}
    for name, (plan, body) in SCANS.items():
        with tempfile.TemporaryDirectory() as folder:
            text = (PLANS / plan).read_text(encoding="utf-8")
            document = pdfium.PdfDocument(to_pdf(page_source(text, body), Path(folder)))
            boxes[name] = number_boxes(document)
            pages = []
            for number, page in enumerate(document):
                width, height, grey = turned(page)
                pages.append((width, height, black_and_white(width, height, grey, number)))
            (HERE / f"{name}.pdf").write_bytes(scan(pages))
            print(f"{name}: {len(pages)} pages, {(HERE / f'{name}.pdf').stat().st_size:,} bytes", file=sys.stderr)
    (HERE / "boxes.json").write_text(json.dumps(boxes, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

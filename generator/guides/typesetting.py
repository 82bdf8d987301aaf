"""Sets a guide with Typst: a tagged PDF file (PDF/UA-1), its picture, and what found no room."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import importlib.resources
import io
import json
from typing import Any, cast

import pikepdf
import typst
from PIL import Image

from generator import urls
from generator.font import font_folder
from generator.guides.frame import Guide
from generator.outputs import OutputFile

_PICTURE_COLOURS = 24


class GuideError(Exception):
    """A guide could not be set as it must be; the message says which and why."""


@dataclasses.dataclass(frozen=True)
class LeftOut:
    """Rows for which a guide has no room: `place` is where they would stand."""

    place: str
    rows: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class SetGuide:
    """A guide as it is published: the PDF file, the picture of its first page (PNG), the gaps."""

    guide: Guide
    pdf: bytes
    picture: bytes
    picture_size: tuple[int, int]
    page_count: int
    left_out: tuple[LeftOut, ...]

    @property
    def files(self) -> tuple[OutputFile, OutputFile]:
        """The files that are published."""
        address, title = self.guide.address, self.guide.title
        picture = urls.picture(address)
        return (
            OutputFile(address, self.pdf, "application/pdf", title),
            OutputFile(picture, self.picture, "image/png", f"{title} (PNG)"),
        )

    def describe_left_out(self) -> list[str]:
        """Return a line for each part of the guide that has not all that it could have."""
        return [
            f"{self.guide.address.path}: no room under {one.place} for {', '.join(one.rows)}"
            for one in self.left_out
        ]


def set_guide(guide: Guide) -> SetGuide:
    """Return a guide set. The same guide gives the same bytes.

    Raises `GuideError` where anything doesn't fit, has no letter in the font, or would not be
    accessible (ISO 14289-1), or where it has not as many pages as it must.
    """
    compiler = typst.Compiler(
        str(_templates() / guide.template),
        root=str(_templates()),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"guide": json.dumps(guide.data, ensure_ascii=False)},
    )
    day = datetime.datetime.fromisoformat(guide.data["date"]).replace(tzinfo=datetime.UTC)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards="ua-1", timestamp=day
        )
        left_out = json.loads(compiler.query("<left-out>", field="value"))
        drawn = compiler.compile(format="png", ppi=guide.picture_ppi)
    except typst.TypstError as error:
        raise GuideError(f"{guide.address.path}: {error.message}") from error
    if warnings:
        raise GuideError(f"{guide.address.path}: {'; '.join(one.message for one in warnings)}")
    pages = cast("list[bytes]", drawn if isinstance(drawn, list) else [drawn])
    picture, size = _make_small(pages[0])
    if guide.pages is not None and len(pages) not in guide.pages:
        raise GuideError(f"{guide.address.path} has {len(pages)} pages, more than it may")
    return SetGuide(
        guide,
        _finish(cast("bytes", pdf)),
        picture,
        size,
        len(pages),
        # Ten cards on a sheet tell the same ten times.
        tuple(dict.fromkeys(LeftOut(one["place"], tuple(one["rows"])) for one in left_out)),
    )


def _finish(pdf: bytes) -> bytes:
    """Return the file a third as large, and so that numbers can be copied from it.

    Typst names the reading direction, by which PDFium turns copied numbers around; the tags tell
    the order better.
    """
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        preferences: Any = file.Root.get("/ViewerPreferences", {})
        if "/Direction" in preferences:
            del preferences["/Direction"]
        file.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return written.getvalue()


def _make_small(png: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a picture in few colours, a quarter as large, and its width and height in pixels."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(_PICTURE_COLOURS, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue(), few.size


@functools.cache
def _templates() -> Any:
    """Return the folder of the templates; Typst reads files, not packages."""
    return importlib.resources.files("generator") / "templates"


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
    )

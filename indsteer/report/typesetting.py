"""The caller of the Typst templates: sheets in, PDF, SVG or PNG out.

A PDF is PDF/UA-1 and PDF/A-2a in one pass, carries its own fonts, and is the same byte for byte when the sheets
are. A sheet that does not fit its page is set tighter by itself: lower charts first, then smaller text and less
air; one that does not fit even then gets two roomy pages.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from indsteer.report.errors import MissingTemplateError, PaperNotWrittenError
from indsteer.report.glyphs import cleaner, font_characters
from indsteer.report.sheet import ReviewSheet, to_json

if TYPE_CHECKING:
    import typst

TEMPLATE = "reports/review_sheet.typ"
FONTS = "fonts"
SETTINGS = 3  # how many ways the template can set a sheet, roomy to dense
PPI = 144.0
Format = Literal["pdf", "svg", "png"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet ready for the template: its JSON text, its title and its date."""

    data: str
    title: str
    dated: date


def resources_folder() -> Path:
    """Where the shipped files stand, in a checkout (`resources`) or a wheel (`indsteer_resources`)."""
    root = Path(__file__).resolve().parents[2]
    source = root / "resources"
    return source if source.is_dir() else root / "indsteer_resources"


class Typesetter:
    """A compiler that is kept, so that the second sheet is faster than the first. Use it in one thread.

    Raises `MissingTemplateError` when the installation lacks a template or a font.
    """

    def __init__(self, resources: Path | None = None) -> None:
        self._resources = resources if resources is not None else resources_folder()
        self._compiler: typst.Compiler | None = None
        self._clean: Callable[[str], str] | None = None

    def paper(self, sheet: ReviewSheet) -> Paper:
        """The sheet for the template, without the characters that its font cannot draw."""
        if self._clean is None:
            fonts = [font_characters(font) for font in self._fonts()]
            self._clean = cleaner(frozenset.intersection(*fonts))
        return Paper(to_json(sheet, self._clean), self._clean(sheet.title), sheet.dated)

    def render_pdf(self, sheets: Sequence[Paper], title: str = "") -> bytes:
        """One document with all the sheets; `title` names it when it holds more than one."""
        return self._fitted(sheets, "pdf", title)[0][0]

    def render_pages(self, sheet: Paper, form: Literal["svg", "png"], ppi: float = PPI) -> list[bytes]:
        """The pages of one sheet as pictures."""
        return self._fitted([sheet], form, "", ppi)[0]

    def page_counts(self, sheets: Sequence[Paper]) -> tuple[int, ...]:
        """On how many pages each sheet stands."""
        return tuple(self._fitted(sheets, "svg", "")[1])

    def _fitted(
        self, sheets: Sequence[Paper], form: Format, title: str, ppi: float = PPI
    ) -> tuple[list[bytes], list[int]]:
        """The rendered document and the pages of each sheet, every sheet as roomy as its page allows."""
        dense = [0] * len(sheets)
        document, pages = self._compile(sheets, dense, form, title, ppi)
        roomy = pages
        while any(count > 1 and way + 1 < SETTINGS for count, way in zip(pages, dense, strict=True)):
            dense = [
                way + 1 if count > 1 and way + 1 < SETTINGS else way for count, way in zip(pages, dense, strict=True)
            ]
            document, pages = self._compile(sheets, dense, form, title, ppi)
        # Tight and still on as many pages as roomy: then roomy reads better.
        kept = [
            0 if count > 1 and count == before else way for count, before, way in zip(pages, roomy, dense, strict=True)
        ]
        if kept != dense:
            document, pages = self._compile(sheets, kept, form, title, ppi)
        return document, pages

    def _compile(
        self, sheets: Sequence[Paper], dense: Sequence[int], form: Format, title: str, ppi: float
    ) -> tuple[list[bytes], list[int]]:
        if not sheets:
            raise ValueError("a document needs at least one sheet")
        compiler = self._ready()
        dated = max(sheet.dated for sheet in sheets)
        found = compiler.compile(
            format=form,
            ppi=ppi,
            sys_inputs={
                "sheets": "[" + ",".join(sheet.data for sheet in sheets) + "]",
                "dense": json.dumps(list(dense)),
                "dated": dated.isoformat(),
                "title": title or sheets[0].title,
            },
            pdf_standards=_standards() if form == "pdf" else [],
            timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
        )
        if found is None:
            raise RuntimeError("typst gave no document")
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
        return ([found] if isinstance(found, bytes) else list(found)), [int(count) for count in pages]

    def _ready(self) -> typst.Compiler:
        if self._compiler is None:
            import typst

            template = self._resources / TEMPLATE
            if not template.is_file():
                raise MissingTemplateError(file=template.name)
            self._fonts()
            self._compiler = typst.Compiler(
                template,
                root=template.parent,
                font_paths=[self._resources / FONTS],
                ignore_system_fonts=True,
            )
        return self._compiler

    def _fonts(self) -> list[Path]:
        fonts = sorted((self._resources / FONTS).glob("Inter-*.otf"))
        if not fonts:
            raise MissingTemplateError(file="Inter-Regular.otf")
        return fonts


def render_pdf(
    sheets: ReviewSheet | Sequence[ReviewSheet], *, title: str = "", typesetter: Typesetter | None = None
) -> bytes:
    """A tagged PDF of one sheet or of a set of them; a kept `typesetter` makes the next one faster."""
    setter = typesetter or Typesetter()
    chosen = [sheets] if isinstance(sheets, ReviewSheet) else list(sheets)
    return setter.render_pdf([setter.paper(sheet) for sheet in chosen], title)


def write_pdf(
    sheets: Sequence[ReviewSheet], path: Path, *, title: str = "", typesetter: Typesetter | None = None
) -> None:
    """Write the document whole or not at all.

    Raises:
        PaperNotWrittenError: the place cannot be written. MissingTemplateError: the installation is not whole.
    """
    document = render_pdf(sheets, title=title, typesetter=typesetter)
    try:
        handle, temporary = tempfile.mkstemp(prefix=".indsteer-", suffix=".pdf", dir=path.resolve().parent)
        with os.fdopen(handle, "wb") as file:
            file.write(document)
        Path(temporary).replace(path)
    except OSError as error:
        raise PaperNotWrittenError(file=path.name, reason=error.strerror or "") from error


def render_svg(sheet: ReviewSheet, page: int = 0, *, typesetter: Typesetter | None = None) -> str:
    """One page of a sheet as SVG, for a preview that scales."""
    setter = typesetter or Typesetter()
    return setter.render_pages(setter.paper(sheet), "svg")[page].decode("utf-8")


def render_png(sheet: ReviewSheet, page: int = 0, *, ppi: float = PPI, typesetter: Typesetter | None = None) -> bytes:
    """One page of a sheet as PNG, for a preview or a printer."""
    setter = typesetter or Typesetter()
    return setter.render_pages(setter.paper(sheet), "png", ppi)[page]


def page_count(sheet: ReviewSheet, *, typesetter: Typesetter | None = None) -> int:
    """On how many pages a sheet stands."""
    setter = typesetter or Typesetter()
    return setter.page_counts([setter.paper(sheet)])[0]


def _standards() -> list[typst.PDFStandard]:
    return ["ua-1", "a-2a"]

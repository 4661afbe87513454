"""What a folder's documents say about its bibliography: Typst, Markdown, and what makes books and sites of it.

Read once, by `init`; nothing reads it later. Documents that cannot be read say nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from bibtools import files
from bibtools.errors import BibtoolsError
from bibtools.formats.yamltree import YamlError, read_yaml

_CONFIGURATIONS = ("_quarto.yml", "_quarto.yaml", "myst.yml", "_config.yml", "conf.py")
_MARKDOWN = (".md", ".markdown", ".qmd", ".rmd")
_SUFFIXES = (".bib", ".json", ".yaml", ".yml")
_LONGEST_HEAD = 50_000  # characters of front matter

_TYPST_COMMENT = re.compile(r"/\*.{0,5000}?\*/|(?<!:)//[^\n]*", re.DOTALL)
_TYPST = re.compile(r'\bbibliography(?:-file)?\s{0,9}[(:]\s{0,9}\(?((?:\s{0,99}"[^"\n]{1,300}"\s{0,99},?){1,50})')
_SPHINX = re.compile(r"^bibtex_bibfiles\s*=\s*[\[(]([^\])]{0,2000})", re.MULTILINE)
_QUOTED = re.compile(r"\"([^\"\n]{1,300})\"|'([^'\n]{1,300})'")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_NATBIB = re.compile(r"^[ \t]*(?:cite-method|citation_package)\s*:\s*[\"']?natbib\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingDocument:
    """A document, or the configuration of some, that names its bibliographies.

    `path` and `names` are relative to the folder, `/` between parts. `program` reads them; `csl` is the style that
    is named for it, and `natbib` says that BibTeX typesets the references and not the program.
    """

    path: str
    program: str
    names: tuple[str, ...] = ()
    csl: str = ""
    natbib: bool = False

    def ending(self, *suffixes: str) -> tuple[str, ...]:
        """The names with one of these endings."""
        return tuple(name for name in self.names if name.lower().endswith(suffixes))


def may_cite(name: str) -> bool:
    """Whether a file of this name is one that :func:`read_document` reads."""
    return name in _CONFIGURATIONS or name.lower().endswith((".typ", *_MARKDOWN))


def read_document(root: Path, path: Path) -> CitingDocument | None:
    """What one file below `root` says; None where it names no bibliography and is no Typst."""
    try:
        text = files.read(path, name=path.name).decode("utf-8", "replace")
    except BibtoolsError:
        return None
    name, suffix = path.name, path.suffix.lower()
    place = path.relative_to(root).as_posix()
    if suffix == ".typ":
        return CitingDocument(
            path=place, program="Typst", names=tuple(_inside(root, place, _named_by_typst(text)))
        )
    if name == "conf.py":
        found = _SPHINX.search(text)
        return _document(root, place, "Sphinx", _quoted(found[1]) if found else ())
    if suffix in _MARKDOWN:
        front = _FRONT_MATTER.match(text[:_LONGEST_HEAD])
        return _of_front_matter(root, place, front[1]) if front else None
    return _of_configuration(root, place, name, _mapping(text))


def _of_front_matter(root: Path, place: str, text: str) -> CitingDocument | None:
    program = {".qmd": "Quarto", ".rmd": "R Markdown"}.get(PurePosixPath(place).suffix.lower(), "pandoc")
    values = _mapping(text)
    csl = values.get("csl")
    return _document(
        root,
        place,
        program,
        _texts(values.get("bibliography")),
        csl=PurePosixPath(csl).stem if isinstance(csl, str) else "",
        natbib=_NATBIB.search(text) is not None,
    )


def _of_configuration(root: Path, place: str, name: str, values: Mapping[str, Any]) -> CitingDocument | None:
    if name == "_config.yml":
        return _document(root, place, "Jupyter Book", _texts(values.get("bibtex_bibfiles")))
    if name == "myst.yml":
        project = values.get("project")
        return _document(
            root, place, "MyST", _texts(project.get("bibliography") if isinstance(project, dict) else ())
        )
    csl, method = values.get("csl"), values.get("format")
    return _document(
        root,
        place,
        "Quarto",
        _texts(values.get("bibliography")),
        csl=PurePosixPath(csl).stem if isinstance(csl, str) else "",
        natbib="natbib" in str(method),
    )


def _document(root: Path, place: str, program: str, names: tuple[str, ...], **more: Any) -> CitingDocument | None:
    found = tuple(_inside(root, place, names))
    return CitingDocument(path=place, program=program, names=found, **more) if found else None


def _inside(root: Path, place: str, names: tuple[str, ...]) -> Iterator[str]:
    """The bibliographies among some names, as seen from the folder: beside the document, else from the folder."""
    for name in names:
        if not name.lower().endswith(_SUFFIXES) or "://" in name or "\0" in name or len(name.encode()) > 255:
            continue
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(place), name))
        absolute = name.startswith("/")  # Typst's: from the root of the project
        above = posixpath.normpath(name.lstrip("/") if absolute else name)
        chosen = above if absolute or ((root / above).is_file() and not (root / beside).is_file()) else beside
        if not chosen.startswith("../") and _leads_inside(root, chosen):
            yield chosen


def _leads_inside(root: Path, name: str) -> bool:
    """Whether links lead out of the folder nowhere; one that leads to itself leads nowhere at all."""
    try:
        return (root / name).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _named_by_typst(text: str) -> tuple[str, ...]:
    r"""The files in the calls of `bibliography`.

    >>> _named_by_typst('#bibliography(("a.bib", "b.yml"), style: "ieee") // bibliography("c.bib")')
    ('a.bib', 'b.yml')
    """
    names = [name for found in _TYPST.finditer(_TYPST_COMMENT.sub("", text)) for name in _quoted(found[1])]
    return tuple(dict.fromkeys(names))


def _quoted(text: str) -> tuple[str, ...]:
    return tuple(match[1] or match[2] for match in _QUOTED.finditer(text))


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in values if isinstance(text, str))


def _mapping(text: str) -> Mapping[str, Any]:
    """A mapping in YAML; an empty one for anything else."""
    try:
        tree = next((item for item, _, _ in read_yaml(text, keys=())), None)
    except YamlError:
        return {}
    return tree if isinstance(tree, dict) else {}

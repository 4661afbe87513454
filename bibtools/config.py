"""The project's settings: TOML text → :class:`Settings`, every key checked.

The same keys stand under `[tool.bibtools]` in `pyproject.toml` or, without that prefix, in `bibtools.toml`.
An unknown key is an error that names the nearest known one, so that a typing slip never passes silently.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from bibtools.errors import Place, UsageError
from bibtools.model import EntryFormat, EntryOptions, Month, Page, Profile

Prose = Literal["txt", "all", "none"]
Sort = Literal["auto", "key", "none"]
Prefer = Literal["published", "preprint"]
Encoding = Literal["utf-8", "ascii"]

HAYAGRIVA, ZOTERO = "hayagriva", "zotero"
_NAMED = {HAYAGRIVA: (".yml", ".yaml"), ZOTERO: (".json",)}
"""What `format` may say of a target that is written whole, and the suffixes it is for; else the suffix says it."""
GENERATED = {
    ".json": "csl-json", ".yaml": "csl-yaml", ".yml": "csl-yaml", ".ris": "ris", ".html": "html",
    ".md": "markdown", ".txt": "text", ".jsonl": "jsonl",
}  # fmt: skip
"""The suffixes of targets that are written whole, each with the name of its format."""
POLITE_DELAY = 3.0  # seconds; arXiv's terms of use, "Rate limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArxivSettings:
    """Where and how arXiv is asked; times in seconds."""

    url: str = "https://export.arxiv.org/api/query"
    delay: float = POLITE_DELAY
    timeout: float = 60.0
    patience: float = 120.0
    contact: str = ""


def _suffix(path: str) -> str:
    _, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return dot + suffix.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file kept current, with all that changes what is written into it.

    `format` is the dialect of its entries, also where they are `written_as` something else (Hayagriva).
    """

    path: str = "refs.bib"
    format: EntryFormat = "bibtex"
    written_as: str = ""
    profile: Profile = "classic"
    abstract: bool = False
    exclude_fields: tuple[str, ...] = ()
    max_authors: int = 0
    sort: Sort = "auto"
    fill: tuple[str, ...] = ()
    only_cited: tuple[str, ...] = ()
    encoding: Encoding = "utf-8"
    prefer: Prefer = "published"
    month: Month = "macro"
    field_order: tuple[str, ...] = ()

    @property
    def generated(self) -> str | None:
        """The format of a target that is written whole, told by its suffix or `written_as`; None for a `.bib`."""
        return self.written_as or GENERATED.get(_suffix(self.path))

    @property
    def printed_as(self) -> str:
        """The format of an export that asks for none."""
        return self.written_as or self.format

    @property
    def options(self) -> EntryOptions:
        """What of it decides how a record becomes an entry."""
        return EntryOptions(**{f.name: getattr(self, f.name) for f in fields(EntryOptions)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A project's settings, complete with defaults; paths relative to the project, `/` between parts.

    `page` is None where the settings say nothing of pages.
    """

    sources: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    prose: Prose = "txt"
    add_to: str = "papers.txt"
    lock: str = "bibtools.lock"
    citation_key: str = "{family}{year}{word}"
    targets: tuple[Target, ...] = (Target(),)
    page: Page | None = None
    arxiv: ArxivSettings = field(default_factory=ArxivSettings)

    @property
    def first_bib(self) -> Target | None:
        """The first target that is a `.bib`: its keys and hand edits are the library's."""
        return next((target for target in self.targets if target.generated is None), None)


_Check = Callable[[Any], Any]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text in quotes is needed")
    return value


def _path(value: Any) -> str:
    text = _text(value).replace("\\", "/")
    if not text or "\0" in text:
        raise ValueError("a path is needed")
    return text


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise ValueError('a list of texts is needed, such as ["seeds/"]')
    return tuple(value)


def _names(value: Any) -> tuple[str, ...]:
    return tuple(name.lower() for name in _texts(value))


def _paths(value: Any) -> tuple[str, ...]:
    return tuple(_path(part) for part in _texts(value))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false is needed")
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError("a whole number from 0 is needed")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
        raise ValueError("a number of seconds is needed")
    return float(value)


def _one_of(choices: Any, *more: str) -> _Check:
    known = (*get_args(choices), *more)

    def check(value: Any) -> Any:
        if value not in known:
            raise ValueError(f"one of {', '.join(known)} is needed")
        return value

    return check


def _url(value: Any) -> str:
    parts = urlsplit(_text(value))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("a URL that begins with http:// or https:// is needed")
    return str(value)


_ENTRY: dict[str, _Check] = {
    "format": _one_of(EntryFormat, *_NAMED),
    "profile": _one_of(Profile),
    "abstract": _flag,
    "exclude-fields": _names,
    "max-authors": _count,
    "sort": _one_of(Sort),
    "fill": _names,
    "encoding": _one_of(Encoding),
    "prefer": _one_of(Prefer),
    "month": _one_of(Month),
    "field-order": _names,
}
_TARGET: dict[str, _Check] = {**_ENTRY, "path": _path, "only-cited": _paths}
_PAGE: dict[str, _Check] = {"title": _text, "sources": _flag, "fields": _names}
_ARXIV: dict[str, _Check] = {
    "url": _url,
    "delay": _seconds,
    "timeout": _seconds,
    "patience": _seconds,
    "contact": _text,
}
_PROJECT: dict[str, _Check] = {
    "sources": _paths,
    "exclude": _texts,
    "prose": _one_of(Prose),
    "add-to": _path,
    "lock": _path,
    "citation-key": _text,
}
_DOTTED = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200}""")
"""A key of so many parts as nobody's settings have."""

KNOWN_KEYS = (*_PROJECT, "output", *_ENTRY, "target", "page", "arxiv")


class _Source:
    """The text the settings come from, for telling where a key stands."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file

    def place(self, key: str) -> Place:
        found = re.search(
            rf"^[ \t]*(?:\[+[^\]\n]*)?[\"']?{re.escape(key)}[\"']?[ \t]*[\]=.]", self.text, re.MULTILINE
        )
        if not found:
            return Place(file=self.file)
        return Place(file=self.file, line=self.text.count("\n", 0, found.start()) + 1, column=1)

    def fail(self, code: str, message: str, key: str, hint: str | None = None) -> UsageError:
        return UsageError(code, message, where=self.place(key), hint=hint)


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known word that `word` was probably meant to be.

    >>> nearest("exclude-field", ("exclude", "exclude-fields"))
    'exclude-fields'
    """
    from difflib import get_close_matches

    found = get_close_matches(word.lower().replace("_", "-"), known, n=1, cutoff=0.6)
    return found[0] if found else None


def _checked(table: Mapping[str, Any], checks: Mapping[str, _Check], source: _Source) -> dict[str, Any]:
    values = {}
    for key, value in table.items():
        if key not in checks:
            meant = nearest(key, tuple(checks))
            hint = f"did you mean {meant}?" if meant else f"known keys are {', '.join(sorted(checks))}"
            raise source.fail("settings-unknown-key", f'unknown key "{key}"', key, hint)
        try:
            values[key.replace("-", "_")] = checks[key](value)
        except ValueError as error:
            raise source.fail("settings-value", f'key "{key}": {error}', key) from None
    return values


def _table(value: Any, key: str, source: _Source) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise source.fail("settings-value", f'"{key}" must be a table', key)
    return value


def parse(text: str, *, file: str, prefix: tuple[str, ...] = ()) -> Settings | None:
    """Read settings from TOML; None where the table named by `prefix` is not there.

    UsageError (`settings-toml`, `settings-unknown-key`, `settings-value`) with file and line otherwise.

    >>> parse('output = "paper/refs.bib"', file="bibtools.toml").targets[0].path
    'paper/refs.bib'
    """
    source = _Source(text, file)
    document: Any = _document(text, file)
    for name in prefix:
        document = document.get(name)
        if document is None:
            return None
        document = _table(document, name, source)
    return _settings(dict(document), source)


def _document(text: str, file: str) -> dict[str, Any]:
    """The TOML document. Its reader recurses into nested values, and its time grows with the square of dots."""
    try:
        if _DOTTED.search(text):
            raise RecursionError
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = Place(file=file, line=int(line[1]) if line else text.count("\n") + 1)  # else "at end of document"
        raise UsageError("settings-toml", f"not valid TOML: {error}", where=where) from None
    except ValueError:  # TOML 1.0, "Integer": what does not fit 64 bits is an error
        long = re.search(r"(?<![\w.])[+-]?\d[\d_]{999}", text)
        line_number = text.count("\n", 0, long.start()) + 1 if long else None
        where = Place(file=file, line=line_number)
        raise UsageError("settings-toml", "not valid TOML: a number is too large", where=where) from None
    except RecursionError:
        raise UsageError("settings-toml", "nested too deep to be read", where=Place(file=file)) from None


def _settings(table: dict[str, Any], source: _Source) -> Settings:
    arxiv = ArxivSettings(**_checked(_table(table.pop("arxiv", {}), "arxiv", source), _ARXIV, source))
    shown = table.pop("page", None)
    page = None if shown is None else Page(**_checked(_table(shown, "page", source), _PAGE, source))
    tables = table.pop("target", None)
    tables_too = {"target": _text, "page": _text}  # for the nearest known key
    values = _checked(table, {**_PROJECT, **_ENTRY, "output": _path, **tables_too}, source)
    output = values.pop("output", None)
    shared = {name: values.pop(name) for name in [k.replace("-", "_") for k in _ENTRY] if name in values}
    if tables is None:
        targets: tuple[Target, ...] = _in_dialects([{"path": output or Target().path, **shared}], source)
    else:
        if output is not None:
            raise source.fail("settings-value", '"output" and [[target]] exclude each other', "output")
        targets = _targets(tables, shared, source)
    settings = Settings(**values, targets=targets, page=page, arxiv=arxiv)
    _check_roles(settings, "target" if tables is not None else "output", source)
    return checked_politeness(settings, source.place("delay"))


def _check_roles(settings: Settings, key: str, source: _Source) -> None:
    """No file may be written in one role and read, or written, in another."""
    own = {"lock": settings.lock, "add-to": settings.add_to, "settings": posixpath.basename(source.file)}
    notes = {name: name for name in settings.sources if _suffix(name) not in (".bib", ".json")}
    roles = {posixpath.normpath(path): role for role, path in (own | notes).items()}
    for target in settings.targets:
        role = roles.get(posixpath.normpath(target.path))
        if role is not None:
            what = "a source" if role in notes else f"the {role} file"
            raise source.fail("settings-value", f'"{target.path}" is {what} too', key)
    if posixpath.normpath(settings.lock) in (posixpath.normpath(settings.add_to), own["settings"]):
        raise source.fail("settings-value", f'"{settings.lock}" is another file of the project too', "lock")


def _targets(tables: Any, shared: dict[str, Any], source: _Source) -> tuple[Target, ...]:
    if not isinstance(tables, list) or not tables:
        raise source.fail("settings-value", '"target" must be a list of tables: [[target]]', "target")
    rows = []
    for table in tables:
        values = _checked(_table(table, "target", source), _TARGET, source)
        if "path" not in values:
            raise source.fail("settings-value", 'a [[target]] needs a "path"', "target")
        rows.append({**shared, **values})
    targets = _in_dialects(rows, source)
    paths = {posixpath.normpath(target.path) for target in targets}
    if len(paths) < len(targets):
        raise source.fail("settings-value", "two targets have one path", "target")
    return targets


def _in_dialects(rows: Sequence[dict[str, Any]], source: _Source) -> tuple[Target, ...]:
    """The targets; entries that are written as something else are in the dialect of the first `.bib`."""
    for row in rows:
        named = row.get("format")
        if named in _NAMED and _suffix(row["path"]) not in _NAMED[named]:
            message = f'"{row["path"]}" cannot be {named}: that is for names in {" and ".join(_NAMED[named])}'
            raise source.fail("settings-value", message, "format", "say it in the [[target]] of such a file")
    bibs = [row for row in rows if _suffix(row["path"]) not in GENERATED]
    dialect = bibs[0].get("format", Target().format) if bibs else Target().format
    return tuple(
        Target(**(row | {"format": dialect, "written_as": row["format"]} if row.get("format") in _NAMED else row))
        for row in rows
    )


def checked_politeness(settings: Settings, where: Place) -> Settings:
    """The settings, unless they would ask arXiv itself faster than its terms allow (UsageError)."""
    host = urlsplit(settings.arxiv.url).hostname or ""
    if (host == "arxiv.org" or host.endswith(".arxiv.org")) and settings.arxiv.delay < POLITE_DELAY:
        raise UsageError(
            "settings-delay",
            f"delay {settings.arxiv.delay:g} is too short for {host}",
            where=where,
            hint="arXiv's terms ask for at most one request every three seconds",
        )
    return settings


def with_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """Settings as the environment overrides them: `BIBTOOLS_ARXIV_URL`, `BIBTOOLS_ARXIV_DELAY`."""
    changes: dict[str, Any] = {}
    checks: dict[str, tuple[str, Callable[[str], Any]]] = {
        "BIBTOOLS_ARXIV_URL": ("url", _url),
        "BIBTOOLS_ARXIV_DELAY": ("delay", lambda text: _seconds(float(text))),
    }
    for name, (key, check) in checks.items():
        if environ.get(name):
            try:
                changes[key] = check(environ[name])
            except ValueError as error:
                raise UsageError("environment", f"{name}: {error}") from None
    arxiv = replace(settings.arxiv, **changes)
    return checked_politeness(replace(settings, arxiv=arxiv), Place(file="environment"))

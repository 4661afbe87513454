"""The styles that come with bibtools, found in a checkout and in an installed wheel alike.

A style is chosen by the name of its file in our own `styles` folder. Nothing a user's settings say can make
another module run.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from bibtools.errors import UsageError

SUFFIXES = (".py", ".bst", ".csl")
"""What a style can be: a pybtex style, a BibTeX style, a CSL style."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")
_PACKAGE = Path(__file__).resolve().parent.parent


def styles_folder() -> Path:
    """The folder of the styles: inside the package where it is installed, beside it in a checkout."""
    installed = _PACKAGE / "styles"
    return installed if installed.is_dir() else _PACKAGE.parent / "styles"


def style_names() -> tuple[str, ...]:
    """The names of all styles there are, sorted."""
    files = styles_folder().iterdir() if styles_folder().is_dir() else ()
    return tuple(sorted(path.stem for path in files if path.suffix in SUFFIXES and _NAME.match(path.stem)))


def style_path(name: str) -> Path:
    """The file of the style `name` (without suffix); UsageError (`style-unknown`) if there is none."""
    if _NAME.match(name):
        for suffix in SUFFIXES:
            path = styles_folder() / f"{name}{suffix}"
            if path.is_file():
                return path
    raise UsageError("style-unknown", f'no style "{name}"', hint=f"there is {', '.join(style_names())}")


def load_style(name: str) -> type[Any]:
    """The class of our pybtex style `name`; UsageError (`style-unknown`) if there is none of that name."""
    from importlib.util import module_from_spec, spec_from_file_location

    path = style_path(name)
    spec = spec_from_file_location(f"bibtools.styles.{name}", path) if path.suffix == ".py" else None
    if spec is None or spec.loader is None:
        raise UsageError("style-unknown", f'"{path.name}" is no pybtex style')
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    style = module.Style
    assert isinstance(style, type)
    return style


def load_style_file(path: Path) -> type[Any]:
    """The class `Style` of a Python file that the user named, which is run for it.

    UsageError (`style-failed`) for a file that stops, or has no such class. Nothing but the user's own words may
    lead here: whoever calls this runs that file.
    """
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("bibtools_user_style", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise UsageError("style-failed", f"{path.name} stops: {type(error).__name__}: {error}") from error
    style = getattr(module, "Style", None)
    if not isinstance(style, type) or not hasattr(style, "format_bibliography"):
        raise UsageError("style-failed", f"{path.name} has no class Style of pybtex's")
    return style


def __getattr__(name: str) -> Any:
    """`ArxivStyle` and the like, loaded when pybtex asks for them by their entry points."""
    style = name.removesuffix("Style").lower()
    if name == f"{style.capitalize()}Style" and style in style_names():
        return load_style(style)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

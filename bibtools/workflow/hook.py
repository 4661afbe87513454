"""The pre-commit hook: a sync at every commit and clean merge, declared in `.pre-commit-config.yaml`.

A configuration that exists is edited by positions, its comments and habits stay; what cannot be edited with
certainty is left alone. Format: https://pre-commit.com, "Adding pre-commit plugins to your project".
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibtools import files
from bibtools.errors import Place, Problem

CONFIG = ".pre-commit-config.yaml"
TYPES = ("pre-commit", "pre-merge-commit")  # git runs no pre-commit hook for a merge without conflicts
ENTRY = "bibtools sync --offline"
_MAX_TEXT = 256 * 1024  # characters
_MAX_ALIASES = 20  # each can repeat all before it: more of them may stand for a document of any size
_INSTALL_TYPES = "default_install_hook_types"
_PLAIN = re.compile(r"[\w./ -]*\w")


class UnsafeConfigError(ValueError):
    """A configuration that cannot be extended with certainty; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookPlan:
    """What `init --hook` would write; `new` is None where `problem` says why not, `lines` what to add."""

    path: Path
    old: bytes | None
    new: bytes | None
    lines: str
    problem: Problem | None = None


def plan_hook(root: Path) -> HookPlan:
    """The configuration with the hook for the project at `root`: in its git work tree's top folder, else in it."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    within = root.relative_to(top).as_posix()
    entry = ENTRY if within == "." else f"{ENTRY} --project {shlex.quote(within)}"
    path = top / CONFIG
    old = files.read_if_there(path, name=CONFIG)
    lines = fresh(entry)
    try:
        text = None if old is None else old.decode("utf-8")
        new = lines if text is None or not text.strip() else with_hook(text, entry)
    except (UnicodeDecodeError, UnsafeConfigError) as error:
        problem = Problem(
            severity="error",
            code="hook-not-added",
            message=f"left as it is: {error}",
            where=Place(file=str(path)),
            hint="add by hand the lines below",
        )
        return HookPlan(path=path, old=old, new=None, lines=lines, problem=problem)
    return HookPlan(path=path, old=old, new=new.encode("utf-8"), lines=lines)


def fresh(entry: str = ENTRY) -> str:
    """A configuration with the hook alone.

    >>> print(fresh().splitlines()[0])
    default_install_hook_types: [pre-commit, pre-merge-commit]
    """
    return f"{_INSTALL_TYPES}: [{', '.join(TYPES)}]\nrepos:\n" + "".join(f"{line}\n" for line in _item(entry))


def _item(entry: str) -> list[str]:
    said = entry if _PLAIN.fullmatch(entry) else json.dumps(entry)  # a JSON string is a YAML one (YAML 1.2, 1.3)
    return [
        "- repo: local",
        "  hooks:",
        "    - id: bibtools-sync",
        "      name: bibtools sync",
        f"      entry: {said}",
        "      language: system",
        "      pass_filenames: false",
        "      always_run: true",
        "      require_serial: true",
        "      verbose: true",
        f"      stages: [{', '.join(TYPES)}]",
    ]


def with_hook(text: str, entry: str = ENTRY) -> str:
    r"""A configuration's text with the hook; the same text where it has one for this project already.

    UnsafeConfigError where that cannot be done by adding lines alone. What was added is read back and compared.

    >>> print(with_hook("# mine\nrepos:\n- repo: meta\n  hooks: [{id: identity}]\n")[:65])
    # mine
    default_install_hook_types: [pre-commit, pre-merge-commit]
    """
    import yaml  # type: ignore[import-untyped]  # as in bibtools.formats.yamltree

    if len(text) > _MAX_TEXT:
        raise UnsafeConfigError("it is too long")
    try:
        aliases = sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader))
        if aliases > _MAX_ALIASES:
            raise UnsafeConfigError("it has too many aliases")
        root = yaml.compose(text, yaml.SafeLoader)
        document = _checked(yaml.safe_load(text))
        missing = [name for name in TYPES if name not in document.get(_INSTALL_TYPES, ())]
        item = [] if _has_hook(document["repos"], entry) else _item(entry)
        meant = {
            **document,
            _INSTALL_TYPES: [*document.get(_INSTALL_TYPES, ()), *missing],
            "repos": [*document["repos"], *(yaml.safe_load("\n".join(item)) or ())],
        }
        new = _inserted(text, _additions(text, root, missing, item))
        if yaml.safe_load(new) != meant:
            raise UnsafeConfigError("the lines would not mean there what they should")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, UnsafeConfigError):
            raise
        raise UnsafeConfigError("it is no YAML that can be read") from None
    return new


def _checked(document: Any) -> dict[str, Any]:
    """The configuration, if it is one that can be added to; UnsafeConfigError otherwise."""
    if not isinstance(document, dict) or not isinstance(document.get("repos"), list) or not document["repos"]:
        raise UnsafeConfigError('it has no list of "repos" to add to')
    if not isinstance(document.get(_INSTALL_TYPES, []), list):
        raise UnsafeConfigError(f'"{_INSTALL_TYPES}" is no list')
    return document


def _has_hook(repos: list[Any], entry: str) -> bool:
    """Whether a hook of this project stands there: with our entry, or ours by its id for one at the top."""
    hooks = [
        hook
        for repo in repos
        if isinstance(repo, dict) and isinstance(repo.get("hooks"), list)
        for hook in repo["hooks"]
        if isinstance(hook, dict)
    ]
    if any(hook.get("entry") == entry for hook in hooks):
        return True
    ours = [hook for hook in hooks if hook.get("id") in ("bibtools-sync", "bibtools-sync-check")]
    return any("--project" not in f"{hook.get('entry')} {hook.get('args')}" for hook in ours) and entry == ENTRY


def _additions(text: str, root: Any, missing: list[str], item: list[str]) -> list[tuple[int, str]]:
    """Positions in the text and what to insert there: the missing types of hooks, and our item of `repos`."""
    newline = "\r\n" if "\r\n" in text else "\n"
    values = {key.value: value for key, value in root.value}
    if root.flow_style or "repos" not in values or values["repos"].flow_style:
        raise UnsafeConfigError("it is written in braces or brackets")
    found = []
    types = values.get(_INSTALL_TYPES)
    if types is None:
        line = f"{_INSTALL_TYPES}: [{', '.join(TYPES)}]{newline}"
        found.append((root.start_mark.index, line + " " * root.start_mark.column))
    elif missing:
        found.append(_more_types(text, types, missing, newline))
    if item:
        margin = " " * values["repos"].start_mark.column
        found.append(_after(text, values["repos"], [margin + line for line in item], newline))
    return found


def _more_types(text: str, types: Any, missing: list[str], newline: str) -> tuple[int, str]:
    if not types.value:
        return types.start_mark.index + 1, ", ".join(missing)
    if types.flow_style:
        return types.value[-1].end_mark.index, "".join(f", {name}" for name in missing)
    margin = " " * types.start_mark.column
    return _after(text, types, [f"{margin}- {name}" for name in missing], newline)


def _after(text: str, node: Any, lines: list[str], newline: str) -> tuple[int, str]:
    """Whole lines behind the last line of a block node (its own end lies behind the comments that follow)."""
    while isinstance(node.value, list) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    at = node.end_mark.index
    if at == 0 or text[at - 1] != "\n":
        end = text.find("\n", at)
        if end < 0:
            return len(text), newline + newline.join(lines)
        at = end + 1
    return at, "".join(line + newline for line in lines)


def _inserted(text: str, additions: list[tuple[int, str]]) -> str:
    for at, added in sorted(additions, reverse=True):
        text = text[:at] + added + text[at:]
    return text

"""The pre-commit hook: a sync at every commit and clean merge, declared in `.pre-commit-config.yaml`.

A configuration that exists is edited by positions, its comments and habits stay; what cannot be edited with
certainty is left alone. Format: https://pre-commit.com, "Adding pre-commit plugins to your project".
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bibtools import files
from bibtools.errors import Place, Problem

CONFIG = ".pre-commit-config.yaml"
TYPES = ("pre-commit", "pre-merge-commit")  # git runs no pre-commit hook for a merge without conflicts
COMMAND = "bibtools sync --offline"
_MAX_TEXT = 256 * 1024  # characters
_MAX_ALIASES = 20  # each can repeat all before it: more of them may stand for a document of any size
_INSTALL_TYPES = "default_install_hook_types"


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


class _Edit(NamedTuple):
    """What to write for the characters from `start` to before `stop`."""

    start: int
    stop: int
    text: str


def plan_hook(root: Path) -> HookPlan:
    """The configuration with the hook for the project at `root`: in its git work tree's top folder, else in it."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    within = root.relative_to(top).as_posix()
    folder = "" if within == "." else within
    path = top / CONFIG
    old = files.read_if_there(path, name=CONFIG)
    lines = fresh(folder)
    try:
        text = None if old is None else old.decode("utf-8")
        new = lines if text is None or not text.strip() else with_hook(text, folder)
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


def command(folder: str = "") -> str:
    """What the hook runs for the project in `folder` of the repository (none: in its top folder)."""
    return f"{COMMAND} --project {shlex.quote(folder)}" if folder else COMMAND


def entry(folder: str = "") -> str:
    """The hook's `entry`, which does nothing on a machine without bibtools.

    pre-commit runs it without a shell and stops at a program that is not there. git is there wherever pre-commit
    runs, on Windows too, and runs an alias that begins with `!` in its own shell (git-config(1), "alias.*").

    >>> print(entry())
    git -c 'alias.bibtools=!command -v bibtools >/dev/null || exit 0; bibtools sync --offline' bibtools
    """
    alias = f"alias.bibtools=!command -v bibtools >/dev/null || exit 0; {command(folder)}"
    return shlex.join(["git", "-c", alias, "bibtools"])


def fresh(folder: str = "") -> str:
    """A configuration with the hook alone.

    >>> print(fresh().splitlines()[0])
    default_install_hook_types: [pre-commit, pre-merge-commit]
    """
    return f"{_INSTALL_TYPES}: [{', '.join(TYPES)}]\nrepos:\n" + "".join(f"{line}\n" for line in _item(folder))


def _quoted(text: str) -> str:
    return json.dumps(text)  # a JSON string is a YAML one (YAML 1.2, 1.3)


def _item(folder: str) -> list[str]:
    return [
        "- repo: local",
        "  hooks:",
        "    - id: bibtools-sync",
        "      name: bibtools sync",
        f"      entry: {_quoted(entry(folder))}",
        "      language: system",
        "      pass_filenames: false",
        "      always_run: true",
        "      require_serial: true",
        "      verbose: true",
        f"      stages: [{', '.join(TYPES)}]",
    ]


def with_hook(text: str, folder: str = "") -> str:
    r"""A configuration's text with the hook; the same text where it has one for this project already.

    The entry of before, which stopped whoever has no bibtools, becomes the one of now. UnsafeConfigError where
    that cannot be done by changing these lines alone. What was written is read back and compared.

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
        renewed = _renewed(document["repos"], folder)
        item = [] if _has_hook(renewed, folder) else _item(folder)
        meant = {
            **document,
            _INSTALL_TYPES: [*document.get(_INSTALL_TYPES, ()), *missing],
            "repos": [*renewed, *(yaml.safe_load("\n".join(item)) or ())],
        }
        new = _edited(text, [*_additions(text, root, missing, item), *_renewals(root, folder)])
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


def _renewed(value: Any, folder: str) -> Any:
    """The list of repositories with the entry of now for the one of before, wherever a local hook has it."""
    if isinstance(value, list):
        return [_renewed(each, folder) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("language") == "system" and value.get("entry") == command(folder):
        return {**value, "entry": entry(folder)}
    return {name: _renewed(each, folder) if name == "hooks" else each for name, each in value.items()}


def _renewals(root: Any, folder: str) -> Iterator[_Edit]:
    """The same in the text: where the old entries stand, and what to write there."""
    for repo in _items(_members(root).get("repos")):
        for hook in _items(_members(repo).get("hooks")):
            values = _members(hook)
            old, kind = values.get("entry"), values.get("language")
            if old is not None and kind is not None and (old.value, kind.value) == (command(folder), "system"):
                yield _Edit(old.start_mark.index, old.end_mark.index, _quoted(entry(folder)))


def _members(node: Any) -> dict[Any, Any]:
    return {key.value: value for key, value in node.value} if getattr(node, "id", "") == "mapping" else {}


def _items(node: Any) -> list[Any]:
    return list(node.value) if getattr(node, "id", "") == "sequence" else []


def _has_hook(repos: list[Any], folder: str) -> bool:
    """Whether a hook of this project stands there: with our entry, or ours by its id for one at the top."""
    hooks = [
        hook
        for repo in repos
        if isinstance(repo, dict) and isinstance(repo.get("hooks"), list)
        for hook in repo["hooks"]
        if isinstance(hook, dict)
    ]
    if any(hook.get("entry") in (entry(folder), command(folder)) for hook in hooks):
        return True
    ours = [hook for hook in hooks if hook.get("id") in ("bibtools-sync", "bibtools-sync-check")]
    return any("--project" not in f"{hook.get('entry')} {hook.get('args')}" for hook in ours) and not folder


def _additions(text: str, root: Any, missing: list[str], item: list[str]) -> list[_Edit]:
    """What to insert where: the missing types of hooks, and our item of `repos`."""
    newline = "\r\n" if "\r\n" in text else "\n"
    values = {key.value: value for key, value in root.value}
    if root.flow_style or "repos" not in values or values["repos"].flow_style:
        raise UnsafeConfigError("it is written in braces or brackets")
    found = []
    types = values.get(_INSTALL_TYPES)
    if types is None:
        line = f"{_INSTALL_TYPES}: [{', '.join(TYPES)}]{newline}"
        at = root.start_mark.index
        found.append(_Edit(at, at, line + " " * root.start_mark.column))
    elif missing:
        found.append(_more_types(text, types, missing, newline))
    if item:
        margin = " " * values["repos"].start_mark.column
        found.append(_after(text, values["repos"], [margin + line for line in item], newline))
    return found


def _more_types(text: str, types: Any, missing: list[str], newline: str) -> _Edit:
    if not types.value:
        at = types.start_mark.index + 1
        return _Edit(at, at, ", ".join(missing))
    if types.flow_style:
        at = types.value[-1].end_mark.index
        return _Edit(at, at, "".join(f", {name}" for name in missing))
    margin = " " * types.start_mark.column
    return _after(text, types, [f"{margin}- {name}" for name in missing], newline)


def _after(text: str, node: Any, lines: list[str], newline: str) -> _Edit:
    """Whole lines behind the last line of a block node (its own end lies behind the comments that follow)."""
    while isinstance(node.value, list) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    at = node.end_mark.index
    if at == 0 or text[at - 1] != "\n":
        end = text.find("\n", at)
        if end < 0:
            return _Edit(len(text), len(text), newline + newline.join(lines))
        at = end + 1
    return _Edit(at, at, "".join(line + newline for line in lines))


def _edited(text: str, edits: list[_Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.stop :]
    return text

"""Every command and option that a hint or a summary names is one that there is."""

from __future__ import annotations

import ast
import re

import pytest

from bibtools.cli.app import app
from tests.running import REPOSITORY

CALL = re.compile(r"(?:^|: |`|&& |\(|or |then |· )bibtools ([a-z]+(?:-[a-z]+)*)((?:(?!bibtools)[^`;·&)#|])*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
GIT = {"--ours", "--theirs"}


def text_of(node):
    """The text of an expression, `X` for what is filled in; None for what is none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
    return None


def texts():
    """All texts of the program but its docstrings, with file and line."""
    for path in sorted((REPOSITORY / "bibtools").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if id(node) not in inside | docs and (text := text_of(node)):
                yield f"{path.relative_to(REPOSITORY)}:{node.lineno}", text


def hints():
    """The texts that are a problem's hint."""
    for path in sorted((REPOSITORY / "bibtools").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "hint":
                values = [node.value]
            elif isinstance(node, ast.Assign) and any("hint" in ast.dump(target) for target in node.targets):
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            else:
                continue
            for value in values:
                for part in ast.walk(value):
                    if text := text_of(part):
                        yield f"{path.relative_to(REPOSITORY)}:{node.lineno}", text


def pages():
    """The commands that the documentation shows, with the page."""
    for path in (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))):
        for line in path.read_text("utf-8").splitlines():
            for found in CALL.finditer(line):
                yield path.name, found[1], found[2]


CALLS = sorted({(where, found[1], found[2]) for where, text in texts() for found in CALL.finditer(text)})
COMMANDS = {info.name for info in app.registered_commands}


def test_there_are_hints():
    assert len(CALLS) > 20
    assert len(list(hints())) > 40


@pytest.mark.parametrize("where", [f"{where} {name}{rest}" for where, name, rest in CALLS])
def test_a_command_that_is_named_exists(where):
    assert where.split()[1].strip(",") in COMMANDS


@pytest.mark.parametrize(("name", "rest"), sorted({(n, r) for _, n, r in [*CALLS, *pages()] if OPTION.search(r)}))
def test_its_options_stand_in_its_help(bibtools, name, rest):
    helped = bibtools(name, "--help").out
    assert {option for option in OPTION.findall(rest) if option not in OPTION.findall(helped)} == set()


def test_an_option_that_a_hint_names_alone_exists(bibtools):
    known = {option for name in COMMANDS for option in OPTION.findall(bibtools(name, "--help").out)}
    named = {(where, option) for where, text in hints() for option in OPTION.findall(text)}
    assert {(where, option) for where, option in named if option not in known | GIT} == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_examples_in_the_help_are_of_the_command(bibtools, name):
    helped = bibtools(name, "--help").out
    examples = " ".join(helped.partition("Example")[2].partition("\n\n")[0].split())
    calls = [(found[1], found[2]) for found in CALL.finditer(examples)]
    assert calls
    for called, rest in calls:
        assert called == name
        assert set(OPTION.findall(rest)) <= set(OPTION.findall(helped))

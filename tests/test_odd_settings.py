"""Whatever stands in settings and lock is refused in a clear error, or usable."""

from __future__ import annotations

import pytest

from bibtools import config, lock, shape
from bibtools.errors import BibtoolsError, UsageError
from bibtools.model import Candidate, Evidence, Field
from tests.odd import laid_out, told


@pytest.fixture
def project(bibtools):
    return laid_out(bibtools)


# --- settings ---


@pytest.mark.parametrize(
    "text",
    [
        "max-authors = " + "9" * 5_000,
        "max-authors = " + "9" * 30,
        "max-authors = -1",
        "max-authors = 0x" + "f" * 5_000,
        "sources = " + "[" * 50_000 + "]" * 50_000,
        "x = " + "{a = " * 50_000 + "1" + "}" * 50_000,
        ".".join("a" * 20_000) + " = 1",
        "[" + ".".join("a" * 20_000) + "]",
        " . ".join(['"a"'] * 20_000) + " = 1",
        "[arxiv]\ndelay = nan",
        "[arxiv]\ntimeout = " + "9" * 400,
        "[arxiv]\nurl = 'http://[::1'",
        "output = '\\ud800'\n\"" + "k" * 100_000 + '" = 1',
        "x = 2020-02-30",
    ],
    ids=range(14),
)  # fmt: skip
def test_settings_that_nobody_writes(text):
    for prefix, begins in (((), ""), (("tool", "bibtools"), "[tool.other]\n")):
        with pytest.raises(UsageError) as caught:
            config.parse(
                begins + text + ("\n[tool.bibtools]\n" if prefix and "[tool" not in text else ""),
                file="x",
                prefix=prefix,
            )
            assert prefix, "these are other programs' settings, and readable"
            raise UsageError("settings-value", "")
        assert caught.value.problem.code.startswith("settings-")


def test_settings_with_many_short_keys_are_read():
    text = "[tool.a.b.c]\nx.y.z = 1\nu = 'https://a.b.c.d.e/f.g'\n" + "".join(
        f"k{n} = 'a.b'\n" for n in range(999)
    )
    assert config.parse(text + "[tool.bibtools]\n", file="x", prefix=("tool", "bibtools")) is not None


# --- the lock ---

MENTION = '{"d": {"text": "", "state": "pinned", "id": "arxiv:1706.03762"}}'
ODD = [
    "null",
    "5",
    "[]",
    "{}",
    "true",
    '"x"',
    "NaN",
    "1e999",
    "9" * 30,
    '"\\ud800"',
    "[[]]",
    "[null]",
    '{"a": {}}',
    '"2017-99"',
]


def document(**members):
    held = {"version": "1", "mentions": MENTION, "records": "{}", "targets": "{}", **members}
    return "{" + ", ".join(f'"{name}": {value}' for name, value in held.items()) + "}"


def locked(text):
    """A lock in which a member is odd: refused, or one that can be written again."""
    try:
        held = lock.parse(text, file="bibtools.lock")
    except BibtoolsError as error:
        assert error.problem.code in ("lock-damaged", "lock-newer")
        return
    again = lock.render(held)
    assert lock.render(lock.parse(again, file="bibtools.lock")) == again
    again.encode("utf-8")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "member",
    ["key", "aliases", "title", "authors", "abstract", "version", "published", "categories", "primary_category",
     "comment", "journal_ref", "dois", "retrieved", "entry"],
)  # fmt: skip
def test_an_odd_member_of_a_record(member, odd):
    said = {"key": '"k"', member: odd}
    record = ", ".join(f'"{name}": {value}' for name, value in said.items())
    locked(document(records='{"arxiv:1706.03762": {' + record + "}}"))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("member", ["type", "key", "fields", "origin", "withheld", "offered"])
def test_an_odd_member_of_a_base(member, odd):
    said = {"type": '"misc"', "key": '"x"', "fields": '{"title": "T"}', "origin": '"a"', member: odd}
    base = ", ".join(f'"{name}": {value}' for name, value in said.items())
    locked(document(targets='{"refs.bib": {"arxiv:1706.03762": {' + base + "}}}"))


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_value_elsewhere_in_a_lock(odd):
    for text in (
        document(version=odd),
        document(mentions=odd),
        document(records=odd),
        document(targets=odd),
        document(generated=odd),
        document(generated=f'{{"x.json": {odd}}}'),
        document(mentions=f'{{"d": {odd}}}'),
        document(mentions=f'{{"d": {{"text": {odd}, "state": "pinned"}}}}'),
        document(mentions=f'{{"d": {{"text": "", "state": {odd}}}}}'),
        document(mentions=f'{{"d": {{"text": "", "state": "pinned", "evidence": {odd}, "candidates": {odd}}}}}'),
        document(mentions=f'{{"d": {{"text": "", "state": "pinned", "problems": [{{"code": {odd}}}]}}}}'),
    ):
        locked(text)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"version": ' + "9" * 5_000 + "}", '{"version": ' + "[" * 900 + "]" * 900 + "}"]
)
def test_a_lock_that_is_none_is_told(project, text):
    project.write("bibtools.lock", text)
    told(project, "sync", "--offline", code=3, word="lock-damaged")
    assert project.read("bibtools.lock") == text


def test_values_of_another_kind_are_seen_at_every_depth():
    assert shape.checked(Evidence(method="m", score=1, margin=0.5)) == Evidence(method="m", score=1, margin=0.5)
    for wrong in (
        Evidence(method=None),
        Evidence(method="m", score="1"),
        Evidence(method="m", score=float("inf")),
        Evidence(method="m", score=True),
        Evidence(method="m", version=2**63),
        Candidate(id="a", title="b", score=None),
        Field("a", "b", macro=1),
    ):
        with pytest.raises(ValueError, match="of another kind"):
            shape.checked(wrong)

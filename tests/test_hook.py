"""The pre-commit hook: how it is declared, that it runs, and that it lives in peace with other hooks."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bibtools.workflow import hook
from tests.running import REPOSITORY

HYDRA, GROKKING = "2307.15771", "2309.02390"
SETTINGS = 'sources = ["notes.txt"]\n'


def needs(program):
    missing = shutil.which(program) is None and not os.environ.get("CI")
    return pytest.mark.skipif(missing, reason=f"no {program}")


# --- the text of a configuration --------------------------------------------------------------------------

TYPES = "default_install_hook_types: [pre-commit, pre-merge-commit]\n"
ITEM = hook.fresh().removeprefix(TYPES + "repos:\n")
INDENTED = "".join(f"  {line}\n" for line in ITEM.splitlines())
OTHER = "- repo: https://example.org/x\n  rev: v1\n  hooks:\n  - id: x\n"

EXTENDED = {
    "plain": ("repos:\n" + OTHER, TYPES + "repos:\n" + OTHER + ITEM),
    "comments": (
        f"# mine\nrepos:  # all of them\n{OTHER}  # behind\n\n# end\n",
        f"# mine\n{TYPES}repos:  # all of them\n{OTHER}{ITEM}  # behind\n\n# end\n",
    ),
    "indented": (
        "---\nrepos:\n  - repo: meta\n    hooks:\n      - id: identity\nfail_fast: true\n",
        f"---\n{TYPES}repos:\n  - repo: meta\n    hooks:\n      - id: identity\n{INDENTED}fail_fast: true\n",
    ),
    "no newline at the end": (
        "repos:\n- repo: meta\n  hooks: [{id: identity}]",
        f"{TYPES}repos:\n- repo: meta\n  hooks: [{{id: identity}}]\n{ITEM[:-1]}",
    ),
    "CRLF": (
        ("repos:\n" + OTHER).replace("\n", "\r\n"),
        (TYPES + "repos:\n" + OTHER + ITEM).replace("\n", "\r\n"),
    ),
    "a text over lines at the end": (
        "repos:\n- repo: local\n  hooks:\n  - id: y\n    files: |\n      a|\n      b\n\nfail_fast: true\n",
        f"{TYPES}repos:\n- repo: local\n  hooks:\n  - id: y\n    files: |\n      a|\n      b\n\n"
        f"{ITEM}fail_fast: true\n",
    ),
    "types in brackets": (
        "default_install_hook_types: [pre-commit, pre-push]  # two\nrepos:\n" + OTHER,
        "default_install_hook_types: [pre-commit, pre-push, pre-merge-commit]  # two\nrepos:\n" + OTHER + ITEM,
    ),
    "types as a list": (
        "repos:\n" + OTHER + "default_install_hook_types:\n  - commit-msg\n# end\n",
        "repos:\n" + OTHER + ITEM + "default_install_hook_types:\n  - commit-msg\n  - pre-commit\n"
        "  - pre-merge-commit\n# end\n",
    ),
    "types, empty": (
        "default_install_hook_types: [ ]\nrepos:\n" + OTHER,
        "default_install_hook_types: [pre-commit, pre-merge-commit ]\nrepos:\n" + OTHER + ITEM,
    ),
    "the hook is there, the types are not": ("repos:\n" + ITEM, TYPES + "repos:\n" + ITEM),
    "the hook from its repository": (
        f"{TYPES}repos:\n- repo: https://example.org/bibtools\n  rev: v1\n  hooks:\n  - id: bibtools-sync-check\n",
        f"{TYPES}repos:\n- repo: https://example.org/bibtools\n  rev: v1\n  hooks:\n  - id: bibtools-sync-check\n",
    ),
    "an alias": (
        "x: &a [python]\nrepos:\n- repo: meta\n  hooks: [{id: identity, types: *a}]\n",
        f"{TYPES}x: &a [python]\nrepos:\n- repo: meta\n  hooks: [{{id: identity, types: *a}}]\n{ITEM}",
    ),
}
BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(30))
REFUSED = {
    "no repos": "fail_fast: true\n",
    "repos empty": "repos: []\n",
    "repos in brackets": "repos: [{repo: meta, hooks: [{id: identity}]}]\n",
    "all in braces": "{repos: [{repo: meta, hooks: [{id: identity}]}]}\n",
    "a list": "- repo: meta\n",
    "a word": "repos\n",
    "no YAML": "repos: [\n",
    "tabs": "repos:\n\t- repo: meta\n",
    "two documents": "repos:\n" + OTHER + "---\nrepos:\n" + OTHER,
    "a document that ends": "repos:\n" + OTHER + "...\n# more\n---\n",
    "types of another kind": "default_install_hook_types: pre-commit\nrepos:\n" + OTHER,
    "aliases without end": BOMB + "repos:\n" + OTHER,
    "deep": "repos: " + "[" * 5000,
    "long": "#" * 300_000 + "\nrepos:\n" + OTHER,
    "another tag": "repos: !!python/object/apply:os.system ['true']\n",
    "not Unicode": b"\xff\xfe\x00",
}


@pytest.mark.parametrize(("before", "after"), EXTENDED.values(), ids=list(EXTENDED))
def test_a_configuration_is_extended_and_the_rest_stays(before, after):
    assert hook.with_hook(before) == after
    assert hook.with_hook(after) == after


OLD_ITEM = ITEM.replace(f"entry: {json.dumps(hook.entry())}", "entry: bibtools sync --offline")


OLD = "entry: bibtools sync --offline"
IN_BRACES = "- repo: local\n  hooks: [{id: x, name: x, language: system, entry: bibtools sync --offline}]\n"
BEFORE = {
    "as written": f"{TYPES}repos:\n{OLD_ITEM}",
    "CRLF and comments": f"# mine\r\n{TYPES}repos:\r\n{OTHER}{OLD_ITEM}  # behind\r\n",
    "quoted": f"{TYPES}repos:\n" + OLD_ITEM.replace(OLD, 'entry: "bibtools sync --offline"  # ours'),
    "in braces": f"{TYPES}repos:\n{IN_BRACES}",
}


@pytest.mark.parametrize("text", BEFORE.values(), ids=list(BEFORE))
def test_the_entry_of_before_becomes_the_one_of_now(text):
    old = re.search(r'"?bibtools sync --offline"?(?=[\s}])', text)[0]
    after = hook.with_hook(text)
    assert after == text.replace(old, json.dumps(hook.entry()))
    assert hook.with_hook(after) == after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("--offline", "--offline --strict"),
        ("--offline", "--offline --project paper"),
        ("language: system", "language: python"),
    ],
)
def test_an_entry_of_the_user_s_own_stays(old, new):
    text = f"{TYPES}repos:\n{OLD_ITEM.replace(old, new)}"
    assert text in hook.with_hook(text)


@pytest.mark.parametrize("text", REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_extended_safely_is_left_alone(bibtools, text):
    bibtools.write("bibtools.toml", SETTINGS)
    path = bibtools.write(hook.CONFIG, text)
    before = path.read_bytes()
    ran = bibtools("init", "--hook", code=5)
    assert "[hook-not-added]" in ran.err
    assert ran.out == hook.fresh()
    assert path.read_bytes() == before
    document = bibtools("init", "--hook", "--json", code=5).document
    assert [problem["code"] for problem in document["problems"]] == ["hook-not-added"]
    assert document["written"] == []


# --- bibtools init --hook ---------------------------------------------------------------------------------


def test_init_writes_settings_and_hook(bibtools):
    ran = bibtools("init", "--hook", "--json")
    assert ran.document["written"] == ["bibtools.toml", hook.CONFIG]
    assert ran.summary.endswith("next: bibtools lock && bibtools sync && pre-commit install")
    assert bibtools.read(hook.CONFIG) == hook.fresh()


def test_a_project_that_exists_gets_the_hook_alone_and_once(bibtools):
    bibtools.write("bibtools.toml", SETTINGS)
    assert "hook added to .pre-commit-config.yaml; next: pre-commit install" in bibtools("init", "--hook").summary
    before = bibtools.files()
    assert f"{hook.CONFIG} has the hook" in bibtools("init", "--hook").summary
    assert bibtools.files() == before
    assert bibtools.read("bibtools.toml") == SETTINGS


@pytest.mark.parametrize("folder", ["paper", "my thesis/paper", "a'b: c"])
def test_in_a_folder_of_a_repository_the_hook_names_it(bibtools, folder):
    bibtools.write(f"{folder}/bibtools.toml", SETTINGS)
    bibtools.write("bibtools.toml", SETTINGS)
    (bibtools.folder / ".git").mkdir()
    bibtools("init", "--hook")
    assert bibtools("init", "--hook", "--json", "--project", folder).document["written"] == [
        Path(os.path.relpath(hook.CONFIG, folder)).as_posix()
    ]
    entries = [repo["hooks"][0]["entry"] for repo in yaml.safe_load(bibtools.read(hook.CONFIG))["repos"]]
    commands = [shlex.split(each) for each in entries]
    assert [[*each[:2], each[3]] for each in commands] == [["git", "-c", "bibtools"]] * 2
    said = [each[2].partition("exit 0; ")[2] for each in commands]
    assert [shlex.split(each) for each in said] == [
        ["bibtools", "sync", "--offline"],
        ["bibtools", "sync", "--offline", "--project", folder],
    ]
    bibtools("init", "--hook", "--project", folder)
    assert len(yaml.safe_load(bibtools.read(hook.CONFIG))["repos"]) == 2


def test_an_empty_configuration_is_begun(bibtools):
    bibtools.write(hook.CONFIG, "\n")
    bibtools("init", "--hook")
    assert bibtools.read(hook.CONFIG) == hook.fresh()


def test_the_readme_shows_this_hook():
    shown = (
        (REPOSITORY / "README.md").read_text("utf-8").split("<!-- example: hook -->\n```yaml\n")[1].split("```")[0]
    )
    assert shown == hook.fresh()


def test_this_repository_has_its_own_hook():
    assert hook.with_hook(text := (REPOSITORY / hook.CONFIG).read_text("utf-8")) == text


def test_what_is_offered_to_other_repositories():
    from pre_commit.clientlib import load_manifest

    offered = {one["id"]: one for one in load_manifest(REPOSITORY / ".pre-commit-hooks.yaml")}
    assert {name: one["entry"] for name, one in offered.items()} == {
        "bibtools-sync": "bibtools sync --offline",
        "bibtools-sync-check": "bibtools sync --check --offline",
    }
    for one in offered.values():
        assert one["language"] == "python"
        assert one["stages"] == ["pre-commit", "pre-merge-commit"]
        assert one["always_run"] is one["require_serial"] is one["verbose"] is True
        assert one["pass_filenames"] is False


# --- in a real repository ---------------------------------------------------------------------------------


@pytest.fixture
def repository(bibtools, standin, monkeypatch, tmp_path):
    """A git repository with a current project, all committed, the hook declared and installed."""
    program = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{program}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Nobody")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "nobody@example.org")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(bibtools, "init", "--quiet", "--initial-branch=main")
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", SETTINGS)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:{GROKKING}\n")
    bibtools("lock")
    bibtools("sync")
    bibtools("init", "--hook")
    # Whatever a hook asked of the network would fail, and be told.
    monkeypatch.setenv("BIBTOOLS_ARXIV_URL", "http://127.0.0.1:9/none")
    installed = subprocess.run(["pre-commit", "install"], cwd=bibtools.folder, capture_output=True, text=True)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    git(bibtools, "add", "-A")
    git(bibtools, "commit", "--quiet", "-m", "first")
    return bibtools


def git(bibtools, *arguments, code=0):
    """Run git; everything it and its hooks said."""
    command = ["git", "-c", "core.autocrlf=false", *arguments]
    ran = subprocess.run(command, cwd=bibtools.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert ran.returncode == code, ran.stdout
    return ran.stdout


@needs("git")
def test_a_commit_is_stopped_once_for_the_change_and_then_passes(repository):
    repository.write("bibtools.toml", SETTINGS + "max-authors = 1\n")
    git(repository, "add", "-A")
    said = git(repository, "commit", "-m", "fewer authors", code=1)
    assert "files were modified by this hook" in said
    assert "refs.bib: 2 updated" in said
    assert "and others" in repository.read("refs.bib")
    git(repository, "add", "-A")
    assert "refs.bib is current" in git(repository, "commit", "-m", "fewer authors")
    assert git(repository, "status", "--porcelain") == ""


@needs("git")
@pytest.mark.parametrize("folder", ["", "my paper"])
def test_whoever_has_no_bibtools_is_not_stopped(repository, monkeypatch, tmp_path, folder):
    """The other hooks run as ever."""
    if folder:
        repository.write(f"{folder}/bibtools.toml", SETTINGS)
        repository("init", "--hook", "--project", folder)
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "pre-commit").symlink_to(shutil.which("pre-commit"))
    there = [each for each in os.environ["PATH"].split(os.pathsep) if not (Path(each) / "bibtools").exists()]
    monkeypatch.setenv("PATH", os.pathsep.join([str(programs), *there]))
    assert shutil.which("bibtools") is None
    config = repository.read(hook.CONFIG)
    other = "- repo: local\n  hooks: [{id: x, name: x, entry: nothing here, language: fail, files: bad}]\n"
    repository.write(hook.CONFIG, config + other)
    repository.write("notes.txt", "arXiv:1706.03762\n")
    git(repository, "add", "-A")
    said = git(repository, "commit", "-m", "without bibtools")
    assert "bibtools sync" in said
    assert "Failed" not in said
    assert not re.search("not found|error|warning", said)
    repository.write("bad.txt", "x\n")
    git(repository, "add", "-A")
    assert "nothing here" in git(repository, "commit", "-m", "the other hook", code=1)


@needs("git")
def test_in_a_work_tree_of_its_own_and_by_hand(repository, tmp_path):
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "tree"))
    (tmp_path / "tree" / "bibtools.toml").write_text(SETTINGS + "max-authors = 1\n")
    ran = subprocess.run(
        ["pre-commit", "run", "--all-files"], cwd=tmp_path / "tree", capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert "refs.bib: 2 updated" in ran.stdout
    assert "and others" in (tmp_path / "tree" / "refs.bib").read_text()
    assert "and others" not in repository.read("refs.bib")


@needs("git")
def test_an_incomplete_lock_stops_no_commit(repository):
    repository.write("notes.txt", repository.read("notes.txt") + "\narXiv:1706.03762\n")
    before = repository.files()
    git(repository, "add", "-A")
    said = git(repository, "commit", "-m", "one more")
    assert "run: bibtools lock" in said
    assert "1 mention unresolved" in said
    for name in ("bibtools.lock", "refs.bib"):
        assert repository.files()[name] == before[name]


@needs("git")
def test_a_clean_merge_runs_it_too(repository):
    git(repository, "switch", "--quiet", "-c", "other")
    repository.write("bibtools.toml", SETTINGS + "max-authors = 1\n")
    git(repository, "commit", "--quiet", "--no-verify", "-am", "fewer authors")
    git(repository, "switch", "--quiet", "main")
    repository.write("else.md", "x\n")
    git(repository, "add", "-A")
    git(repository, "commit", "--quiet", "-m", "something else")
    assert "files were modified by this hook" in git(repository, "merge", "--no-edit", "other", code=1)
    assert "and others" in repository.read("refs.bib")
    git(repository, "add", "-A")
    git(repository, "commit", "--no-edit")
    assert git(repository, "rev-list", "--count", "--merges", "HEAD").strip() == "1"


@needs("git")
def test_what_is_not_staged_does_not_count(repository):
    before = repository.read("refs.bib")
    repository.write("bibtools.toml", SETTINGS + "max-authors = 1\n")
    repository.write("else.md", "x\n")
    git(repository, "add", "else.md")
    git(repository, "commit", "-m", "something else")
    assert repository.read("refs.bib") == before
    assert "max-authors" in repository.read("bibtools.toml")


@needs("git")
def test_what_is_rolled_back_each_time_is_told_to_be_staged(repository):
    repository.write("bibtools.toml", SETTINGS + "max-authors = 1\n")
    repository("sync", "--offline")
    git(repository, "add", "bibtools.toml", "refs.bib")
    for _ in range(2):
        said = git(repository, "commit", "-m", "fewer authors", code=1)
        assert "olling back" in said
        assert "bibtools.lock changed, which belongs to the commit [not-staged]" in said
        assert "git add bibtools.lock" in said
    git(repository, "add", "bibtools.lock")
    git(repository, "commit", "-m", "fewer authors")


def test_by_hand_nothing_is_said_of_staging(bibtools):
    bibtools.write("bibtools.toml", 'sources = ["lib.bib"]\n')
    bibtools.write("lib.bib", "@book{own, author = {Doe, Jane}, title = {A Book}, year = 2001}\n")
    assert "git add" not in bibtools("sync", "--offline").err


# --- beside other hooks -----------------------------------------------------------------------------------

MESSY = (
    "% ours   \r\n@string{jml = {Journal}}  \n\n"
    "@misc{hydra,   \r\n\ttitle = {The {Hydra} Effect},  \n  note={read\tthis},   \n"
    f"  eprint = {{{HYDRA}}}  \n}}"
    '\r\n\r\n@book{knuth84, author="Donald E. Knuth", title   = "Literate   Programming",\n year=1984, '
    "month = {June}, journal = jml }   \n\n\n\n"
)
TIDY = {
    "as it comes": [],
    "aligned, curly, numeric": ["--curly", "--numeric", "--align=20", "--trailing-commas", "--blank-lines"],
    "sorted": ["--sort", "--sort-fields", "--no-align"],
    "no escapes, tabs": ["--no-escape", "--tab", "--months"],
    "upper case, no braces": ["--no-lowercase", "--remove-dupe-fields", "--strip-enclosing-braces"],
    "wrapped": ["--wrap=60", "--space=4"],
}
FIXERS = (["trailing-whitespace-fixer"], ["end-of-file-fixer"], ["mixed-line-ending"])
FILES = ("refs.bib", "bibtools.lock", "notes.txt", "bibtools.toml", "papers.txt")


def fixed(bibtools, *, tidy=None):
    """Run the other hooks over the project's files, as pre-commit does; whether any of them changed something."""
    before = bibtools.files()
    program = Path(sys.executable).parent
    names = [name for name in FILES if (bibtools.folder / name).exists()]
    for fixer in FIXERS:
        command = [str(program / fixer[0]), *fixer[1:], *names]
        assert subprocess.run(command, cwd=bibtools.folder, capture_output=True).returncode in (0, 1)
    if tidy is not None:
        command = ["bibtex-tidy", "refs.bib", "--modify", *tidy]
        subprocess.run(command, cwd=bibtools.folder, capture_output=True, check=True)
    return {name: data for name, (data, _) in before.items()} != {n: d for n, (d, _) in bibtools.files().items()}


def current(bibtools):
    """Whether a sync has nothing to do; it is made, and must not touch a file."""
    before = bibtools.files()
    ran = bibtools("sync", "--offline")
    return "refs.bib is current" in ran.summary and bibtools.files() == before


@pytest.fixture
def written(bibtools, standin):
    """A target that bibtools wrote itself, with one entry more to come."""
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", SETTINGS)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n")
    bibtools("sync")
    return bibtools


@pytest.fixture
def messy(bibtools, standin):
    """A target with everything that such hooks object to."""
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", SETTINGS)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n")
    bibtools.write("refs.bib", MESSY)
    bibtools("sync")
    return bibtools


def test_what_is_written_leaves_other_hooks_nothing_to_do(written):
    assert not fixed(written)
    written("add", GROKKING)
    assert not fixed(written)
    assert current(written)


def test_after_other_hooks_there_is_nothing_to_do_and_they_are_content(messy):
    assert current(messy)
    assert fixed(messy)
    assert current(messy)
    messy("add", GROKKING)
    assert not fixed(messy)
    assert current(messy)


@needs("bibtex-tidy")
@pytest.mark.parametrize("options", TIDY.values(), ids=list(TIDY))
@pytest.mark.parametrize("start", ["written", "messy"])
def test_no_ping_pong_with_bibtex_tidy(request, start, options):
    bibtools = request.getfixturevalue(start)
    bibtools("add", GROKKING)
    assert fixed(bibtools, tidy=options)
    assert current(bibtools)
    assert not fixed(bibtools, tidy=options)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:2201.08102\n")
    bibtools("sync")
    fixed(bibtools, tidy=options)
    assert current(bibtools)
    assert not fixed(bibtools, tidy=options)


@needs("bibtex-tidy")
@pytest.mark.parametrize("options", TIDY.values(), ids=list(TIDY))
def test_what_other_hooks_reformat_is_no_edit_of_the_user(bibtools, standin, options):
    """When upstream or the settings change afterwards, every field still follows."""
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", SETTINGS + "abstract = true\n")
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:2408.00118\n\narXiv:2402.10524\n\narXiv:1906.02641\n")
    bibtools("sync")
    assert fixed(bibtools, tidy=options)
    bibtools.write("bibtools.toml", SETTINGS + 'abstract = true\nformat = "biblatex"\nmax-authors = 1\n')
    target = bibtools("sync", "--json").document["targets"][0]
    assert target["conflicts"] == []
    assert all({"author", "date", "eprinttype"} <= set(updated["fields"]) for updated in target["updated"])
    assert len(target["updated"]) == 4
    fixed(bibtools, tidy=options)
    assert current(bibtools)

"""The commands: their words, options and help; what they do is in :mod:`bibtools.workflow`."""

from __future__ import annotations

import sys
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bibtools import __version__
from bibtools.cli import completing
from bibtools.cli.options import StoppedError, command, empty
from bibtools.cli.session import Session
from bibtools.errors import ExitCode, UsageError

EVERYDAY = ("init", "add", "sync", "status", "export")
_WHOLE = 1_000  # characters: longer than what any command says of itself
_WIDEST = 120  # columns of help text: lines that are longer are hard to read


class _Commands(TyperGroup):
    """Help lists the everyday commands first, in the order one meets them."""

    def list_commands(self, ctx: Any) -> list[str]:
        names = super().list_commands(ctx)
        return [*(n for n in EVERYDAY if n in names), *sorted(n for n in names if n not in EVERYDAY)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        visible = [(name, found) for name, found in commands if found is not None and not found.hidden]
        for heading, everyday in (("Every day", True), ("More", False)):
            # Whole sentences, wrapped: cut at the window's edge they often lose the word that matters.
            rows = [(n, c.get_short_help_str(_WHOLE)) for n, c in visible if (n in EVERYDAY) is everyday]
            with formatter.section(heading):
                formatter.write_dl(rows)


app = typer.Typer(
    cls=_Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _WIDEST},
    epilog="In a new folder: bibtools init, then bibtools add 1706.03762, then bibtools export --format bibtex.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"bibtools {__version__}")
        raise typer.Exit


@app.callback()
def bibtools(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Turn notes about papers into a bibliography, and keep it current.

    bibtools reads your notes, works out which arXiv paper each one means, and keeps refs.bib current, for LaTeX,
    Zotero, pandoc and Typst. Hand edits and citation keys in refs.bib are never changed.
    """


Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE]...", help="Files; without any, the project's sources.")
]
Library = Annotated[
    str | None, typer.Option("--target", metavar="PATH", help="The library of this .bib target, not of the first.")
]
AllowUnresolved = Annotated[
    bool, typer.Option("--allow-unresolved", help="Exit 0 even if a mention is unresolved.")
]


@command(app, members=("written",), others=("settings_file",))
def init(
    session: Session,
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Files or folders with notes.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="The .bib file to keep current.")
    ] = None,
    hook: Annotated[
        bool, typer.Option("--hook", help="Also add the pre-commit hook that syncs at every commit and merge.")
    ] = False,
    merge_driver: Annotated[
        bool, typer.Option("--merge-driver", help="Also let git merge .bib files and the lock by entry and field.")
    ] = False,
) -> int:
    """Write the settings for this folder, and say what was found.

    The .bib that your documents name becomes the output, and its papers are followed. Format and profile
    are chosen after the LaTeX style, or after what Typst, pandoc, Quarto, MyST or Sphinx show; files in Typst's
    YAML or in CSL that a document names become targets. Nothing else is changed.

    Examples: bibtools init notes/ · bibtools init --hook --merge-driver
    """
    from bibtools.cli.commands import init as body

    return body.run(session, sources=sources or [], output=output, hook=hook, merge_driver=merge_driver)


@command(app, members=("added", "noted", "candidates"))
def add(
    session: Session,
    what: Annotated[
        list[str], typer.Argument(metavar="WHAT...", help="arXiv ids, URLs, DOIs, titles, files, or - for stdin.")
    ],
    key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="The citation key of the one paper.")
    ] = None,
) -> int:
    """Add papers: note them down, resolve them, update the .bib, print the citation keys.

    Where words may mean several papers, these are listed to choose from. Entries without an identifier, of a file
    or pasted, go into the .bib as they are. Offline a paper that is not known is noted down for the next lock.

    Examples: bibtools add 1706.03762 · bibtools add https://arxiv.org/abs/2408.00118 ·
    bibtools add "Attention Is All You Need"
    """
    from bibtools.cli.commands import add as body

    return body.run(session, what=what, key=key)


@command(app, members=("targets",))
def sync(
    session: Session,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TARGET|KEY]...",
            help=".bib files; none: the project's. With --published, --restore or --rerender citation keys.",
            autocompletion=completing.target,
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print the change as a diff.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove untouched entries that no source mentions any more.")
    ] = False,
    published: Annotated[
        bool,
        typer.Option(
            "--published",
            help="Give entries you wrote place, date and type of the publication: the KEYs, else all.",
        ),
    ] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Bring back entries that disappeared: the KEYs given, else all.")
    ] = False,
    rerender: Annotated[
        bool,
        typer.Option(
            "--rerender",
            help="Render the entries that bibtools wrote anew; a KEY of yours is handed over to bibtools first.",
        ),
    ] = False,
    prefer: Annotated[
        list[str] | None,
        typer.Option(
            "--prefer",
            metavar="SIDE[=KEY[.FIELD]]",
            help="Settle conflicts: ours or theirs, for all, one entry (=KEY) or one field (=KEY.title).",
            autocompletion=completing.preference,
        ),
    ] = None,
) -> int:
    """Bring the .bib files up to date; hand edits, keys, order and comments stay.

    Settings never change an entry that you wrote. Where you and arXiv both changed a field, yours stands and the
    conflict is told until you settle it.

    Examples: bibtools sync · bibtools sync --check --diff · bibtools sync --restore vaswani2017attention ·
    bibtools sync --prefer theirs=vaswani2017attention.title · bibtools sync --published
    """
    from bibtools.cli.commands import sync as body

    return body.run(
        session,
        names=names or [],
        check=check,
        diff=diff,
        prune=prune,
        published=published,
        restore=restore,
        rerender=rerender,
        prefer=prefer or [],
    )


@command(app, members=("mentions", "records", "targets"))
def status(session: Session, target: Library = None, allow_unresolved: AllowUnresolved = False) -> int:
    """Show the papers, what is unresolved, and what waits for a decision.

    Example: bibtools status --json
    """
    from bibtools.cli.commands import status as body

    session.choose_target(target)
    return body.run(session, allow_unresolved=allow_unresolved)


@command(app, others=("format", "output", "text"))
def export(
    session: Session,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...", help="Files, arXiv ids, URLs, DOIs, or - for stdin; without any, the library."
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="bibtex, biblatex, csl-json, csl-yaml, ris, hayagriva, zotero, html, markdown, text or "
            "jsonl; the default is the project's.",
            autocompletion=completing.written_format,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of stdout.")
    ] = None,
    upstream: Annotated[
        bool, typer.Option("--upstream", help="Without the keys and hand edits of the first target.")
    ] = False,
    max_authors: Annotated[
        int | None, typer.Option("--max-authors", min=0, metavar="N", help="N authors, then “and others”; 0: all.")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", help="classic, modern or scholar.", autocompletion=completing.profile),
    ] = None,
    target: Library = None,
) -> int:
    """Print the bibliography, or entries for what is given.

    Examples: bibtools export --format bibtex · bibtools export 1706.03762 · bibtools export - < list.txt
    """
    from bibtools.cli.commands import export as body

    session.choose_target(target)
    return body.run(
        session,
        what=what or [],
        format=format,
        output=output,
        upstream=upstream,
        max_authors=max_authors,
        profile=profile,
    )


@command(app, others=("format", "output", "text"))
def convert(
    session: Session,
    source: Annotated[
        str, typer.Argument(metavar="IN", help="A .bib, .json, .yaml or .ris file, or - for stdin.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="Write to OUT instead of stdout.")
    ] = None,
    read: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help="What IN is, where its suffix does not say it.",
            autocompletion=completing.read_format,
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            "-t",
            metavar="FORMAT",
            help="What to make of it; else the suffix of OUT.",
            autocompletion=completing.written_format,
        ),
    ] = None,
) -> int:
    """Put a bibliography into another format; asks nobody.

    A .bib file that becomes one of the other dialect keeps its comments, macros and order. What a format has no
    place for is told.

    Examples: bibtools convert refs.bib -o refs.json · bibtools convert zotero.json --to biblatex ·
    bibtools convert - --from ris --to csl-yaml < refs.ris
    """
    from bibtools.cli.commands import convert as body

    return body.run(session, source=source, output=output, read=read, to=to)


@command(app, members=("references",), others=("style", "to", "output"))
def cite(
    session: Session,
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY]...", help="Citation keys; without any, the library.", autocompletion=completing.key
        ),
    ] = None,
    style: Annotated[
        str,
        typer.Option(
            "--style",
            "-s",
            help="acl, acm, apa, arxiv, authoryear, ieee, nature, plain; or a path to a .bst, .csl or .py file.",
            autocompletion=completing.style,
        ),
    ] = "plain",
    to: Annotated[
        str,
        typer.Option("--to", "-t", help="text, html, markdown or latex.", autocompletion=completing.output),
    ] = "text",
    bib: Annotated[
        list[Path] | None,
        typer.Option("--bib", "-b", metavar="FILE", help="Cite from FILE, not from the library."),
    ] = None,
    target: Library = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of stdout.")
    ] = None,
) -> int:
    """Print formatted references, as they stand at the end of a paper.

    A .py file is run as the program it is. CSL styles need the extra bibtools[csl].

    Examples: bibtools cite --style apa · bibtools cite vaswani2017attention --style ieee --to markdown ·
    bibtools cite --bib refs.bib --style nature --to html
    """
    from bibtools.cli.commands import cite as body

    session.choose_target(target)
    return body.run(session, keys=keys or [], style=style, to=to, bib=bib or [], output=output)


@command(app, members=("mentions",))
def extract(session: Session, files: Files = None) -> int:
    """Show which papers the sources mention, without asking anybody about them.

    Example: bibtools extract notes.txt --json
    """
    from bibtools.cli.commands import extract as body

    return body.run(session, files=files or [])


@command(app, members=("mentions", "records", "new", "changed"))
def lock(
    session: Session,
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY]...",
            help="With --upgrade: citation keys or record ids; without any, all.",
            autocompletion=completing.key,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Ask and write nothing; exit 1 if the lock lacks a mention.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Ask again about what is unresolved, even if it was asked today.")
    ] = False,
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help="Ask arXiv anew about KEY…, or every known paper; tell what is new."),
    ] = False,
    upgrade_record: Annotated[
        list[str] | None, typer.Option("--upgrade-record", metavar="ID", hidden=True)
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the queries that would be sent, send none.")
    ] = False,
    allow_unresolved: AllowUnresolved = False,
) -> int:
    """Work out which paper every mention means, ask arXiv about it, and write the lock.

    With a complete lock everything else works offline. Known answers are kept unless upgraded.

    Examples: bibtools lock · bibtools lock --check · bibtools lock --upgrade vaswani2017attention
    """
    from bibtools.cli.commands import lock as body

    return body.run(
        session,
        keys=[*(keys or []), *(upgrade_record or [])],
        check=check,
        retry=retry,
        upgrade=upgrade or bool(upgrade_record),
        dry_run=dry_run,
        allow_unresolved=allow_unresolved,
    )


@command(app, members=("mentions",))
def pin(
    session: Session,
    mention: Annotated[
        str, typer.Argument(metavar="MENTION", help="file:line, the number status shows, or the digest.")
    ],
    record: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="arXiv id or link, a citation key, or local: keep it as it is written.",
            autocompletion=completing.key,
        ),
    ],
) -> int:
    """Say which paper a mention is: kept in the lock, never asked again.

    With local (a book, a thesis) it is a record of its own.

    Example: bibtools pin notes.txt:12 1706.03762
    """
    from bibtools.cli.commands import decide as body

    return body.pin(session, mention=mention, record=record)


@command(app, members=("mentions",))
def ignore(
    session: Session,
    mentions: Annotated[
        list[str], typer.Argument(metavar="MENTION...", help="file:line, the number status shows, or the digest.")
    ],
) -> int:
    """Say that a mention is nothing to resolve: kept in the lock, never asked again.

    Example: bibtools ignore notes.txt:12
    """
    from bibtools.cli.commands import decide as body

    return body.ignore(session, mentions=mentions)


@command(app, "resolve", members=("mentions",))
def choose(
    session: Session,
    mention: Annotated[
        str | None, typer.Argument(metavar="[MENTION]", help="One mention; without it every unresolved one.")
    ] = None,
) -> int:
    """Decide about unresolved mentions one by one, their candidates side by side.

    Example: bibtools resolve
    """
    from bibtools.cli.commands import decide as body

    return body.choose(session, mention=mention)


@command(app, members=("removed", "files", "ignored"))
def remove(
    session: Session,
    keys: Annotated[
        list[str], typer.Argument(metavar="KEY...", help="Citation keys.", autocompletion=completing.key)
    ],
    force: Annotated[bool, typer.Option("--force", help="Also what a document still cites.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, do nothing.")] = False,
) -> int:
    """Remove works: from every target, the lock, and the file that add writes to.

    Accepts an entry's deletion, too. What a document cites is not removed without --force; documents are never
    edited. Other mentions of the work are ignored from now on.

    Examples: bibtools remove vaswani2017attention · bibtools remove --dry-run vaswani2017attention
    """
    from bibtools.cli.commands import remove as body

    return body.run(session, keys=keys, force=force, dry_run=dry_run)


@command(app, members=("explanations", "fields"), others=("key", "id", "evidence"))
def why(
    session: Session,
    key: Annotated[
        str,
        typer.Argument(metavar="KEY", help="Citation key or record id.", autocompletion=completing.key),
    ],
    target: Library = None,
) -> int:
    """Tell how a paper was identified, and where each field of its entry comes from.

    Example: bibtools why vaswani2017attention
    """
    from bibtools.cli.commands import why as body

    session.choose_target(target)
    return body.why(session, key=key)


@command(app, members=("keys",))
def keys(session: Session, target: Library = None) -> int:
    """List the records with their citation keys, and the keys they had before.

    Example: bibtools keys --json
    """
    from bibtools.cli.commands import why as body

    session.choose_target(target)
    return body.keys(session)


@command(app, "merge-driver", others=("path", "conflicts", "fell_back"))
def merge_driver(
    session: Session,
    base: Annotated[Path, typer.Argument(metavar="BASE", help="The common ancestor (%O).")],
    ours: Annotated[Path, typer.Argument(metavar="OURS", help="Our version (%A); the result is written here.")],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help="Their version (%B).")],
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="What the file is called in the repository (%P).")
    ] = None,
    marker_size: Annotated[
        int, typer.Option("--marker-size", min=1, max=200, metavar="N", help="Length of conflict markers (%L).")
    ] = 7,
) -> int:
    """Merge a .bib file or the lock for git: by entry and field, not by line.

    Git runs this itself once it was told to by: bibtools init --merge-driver. Exit 0: merged; exit 1: conflicts
    are left between markers.

    Example: bibtools merge-driver base.bib refs.bib theirs.bib
    """
    from bibtools.cli.commands import merge_driver as body

    return body.run(session, base=base, ours=ours, theirs=theirs, path=path, marker_size=marker_size)


@command(app, others=("path",))
def cache(
    session: Session,
    action: Annotated[str, typer.Argument(metavar="info|clear", autocompletion=completing.action)] = "info",
) -> int:
    """Say what is in the cache of arXiv's answers, or empty it.

    Example: bibtools cache clear
    """
    from bibtools.cli.commands import cache as body

    return body.run(session, action=action)


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code. Wrong usage is told with a hint and exits 2."""
    program: Any = typer.main.get_command(app)
    try:
        code = program.main(args=arguments, prog_name="bibtools", standalone_mode=False)
    except StoppedError as stopped:
        raise (stopped.__cause__ or stopped) from None
    except Exception as error:
        if not hasattr(error, "format_message") or not hasattr(error, "show"):
            raise
        return _wrong_usage(error, arguments)
    return int(code or 0)


def _wrong_usage(error: Any, arguments: list[str]) -> int:
    """What typer says of wrong words, as any other problem is told; help where no words were given."""
    context = getattr(error, "ctx", None)
    if context is None or type(error).__name__ == "NoArgsIsHelpError":
        error.show(file=sys.stderr)
        return int(ExitCode.USAGE)
    hint = f"{context.command_path} --help"
    stop = UsageError("usage", error.format_message().rstrip("."), hint=hint)
    options = set(takewhile(lambda word: word != "--", arguments))
    session = Session(as_json="--json" in options, quiet=not options.isdisjoint(("-q", "--quiet")))
    return session.stopped(stop, **empty(context.info_name))

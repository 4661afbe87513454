"""`bibtools why` and `bibtools keys`: what the lock knows of entries and keys."""

from __future__ import annotations

from dataclasses import asdict

from bibtools.cli.session import Session
from bibtools.errors import ExitCode
from bibtools.report import count, printable
from bibtools.workflow import export, follow, gather
from bibtools.workflow import why as work
from bibtools.workflow.project import read_lock


def why(session: Session, *, key: str) -> int:
    """Tell where an entry and its fields come from."""
    project = session.own_project
    held, _ = read_lock(project)
    reason = work.why(project, gather.from_project(project).mentions, held, key)
    evidence = reason.places[0][1].evidence if reason.places else None
    if session.as_json:
        session.document(
            key=reason.key,
            id=reason.id,
            evidence=None if evidence is None else asdict(evidence),
            explanations=[
                {"source": mention.source, "line": mention.line, "text": text}
                for mention, _, text in reason.places
            ],
            fields=[asdict(field) for field in reason.fields],
        )
    else:
        session.write(printable(f"{reason.key} is {reason.id}") + "\n")
        for mention, _, text in reason.places:
            session.write(printable(f"{mention.source}:{mention.line}: {text}") + "\n")
        wide = max((len(field.name) for field in reason.fields), default=0)
        for field in reason.fields:
            since = f" ({field.since})" if field.since else ""
            value = field.value if len(field.value) <= 80 else field.value[:79] + "…"
            session.write(printable(f"  {field.name:{wide}}  {field.origin}{since}: {value}") + "\n")
            for other in field.others:
                since = f" ({other.since})" if other.since else ""
                session.write(printable(f"  {'':{wide}}  but {other.origin}{since}: {other.value}") + "\n")
    return session.finish(ExitCode.DONE, f"mentioned {count(len(reason.places), 'time')}")


def keys(session: Session) -> int:
    """Print record ids, citation keys, and the keys they had before."""
    project = session.project
    held, _ = read_lock(project)
    ids = follow.library(project, held, gather.from_project(project).mentions)
    rows = [(locked.key, record_id, list(locked.aliases)) for record_id, locked in held.records.items()]
    rows += [(own.entry.key, own.id, []) for own in export.own_works(project, held, ids)]
    rows.sort()
    if session.as_json:
        session.document(keys=[{"id": i, "key": key, "aliases": aliases} for key, i, aliases in rows])
    else:
        for key, record_id, aliases in rows:
            session.write(printable("  ".join((record_id, key, *aliases))) + "\n")
    return session.finish(ExitCode.DONE, count(len(rows), "key"))

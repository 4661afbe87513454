"""A resolution told in words."""

from __future__ import annotations

from bibtools.model import Evidence, Record, Resolution


def explain(resolution: Resolution, record: Record) -> str:
    """One paragraph: which record, on what evidence, what speaks against it.

    >>> explain(Resolution(digest="d", state="pinned"), Record(id="arxiv:1706.03762", title="Attention"))
    'arxiv:1706.03762, "Attention": you pinned it.'
    """
    evidence = resolution.evidence or Evidence(method=resolution.state)
    sentences = [f'{record.id}, "{record.title}": {_because(evidence)}']
    if evidence.margin is not None and evidence.margin < 1:
        sentences[0] += f"; the next best record was {round(100 * evidence.margin)} points behind"
    if evidence.margin == 1:
        sentences[0] += "; no other record fitted"
    if evidence.version is not None:
        sentences.append(
            f"The wording is that of version {evidence.version}; the record describes version {record.version}"
        )
    if evidence.query:
        sentences.append(f"It was found by asking for {evidence.query}")
    sentences += [problem.message for problem in resolution.problems]
    return (
        ". ".join(sentence[:1].upper() + sentence[1:] if i else sentence for i, sentence in enumerate(sentences))
        + "."
    )


def _because(evidence: Evidence) -> str:
    share = f"{round(100 * evidence.score)} %" if evidence.score is not None else None
    match evidence.method:
        case "identifier":
            return "its identifier stands in the text" + (f", which agrees with it to {share}" if share else "")
        case "doi":
            return "arXiv lists the DOI that stands in the text" + (
                f", which agrees with it to {share}" if share else ""
            )
        case "abstract":
            return f"{share or 'nearly all'} of the abstract written down stands in it"
        case "title":
            return "the title is its title" + (f" to {share}" if share and share != "100 %" else "")
        case "same-text":
            return "another mention of the same text is this paper"
        case "entry":
            return "no service describes it, so it is the entry as its source wrote it"
        case "unresolved":
            return "nobody could be asked about it yet, so it stands as its source wrote it"
        case "pinned":
            return "you pinned it"
        case other:
            return other

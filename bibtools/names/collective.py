"""Which names are collectives: by words that people are hardly ever called."""

from __future__ import annotations

import re

from bibtools.names.words import word_set

_STRONG = word_set("collaboration collaborations consortium consortia team teams")
_WEAK = word_set(
    "alliance association center centre committee community experiment foundation group initiative institute lab "
    "laboratory network observatory organisation organization programme program project projects society survey "
    "taskforce university workshop"
)
_BEFORE_WEAK = word_set("analysis project research study theory user working")
_LINKS = word_set("and at for in of on the")
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
_ACRONYM = re.compile(r"[A-Z0-9]*[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*\Z|.*[0-9]")


def is_collective(name: str) -> bool:
    """Whether an author is a collective by its words.

    `Collaboration`, `Consortium` and `Team` make one of any name of two words or more (no person of that name
    is known). `Group`, `Project`, `Institute` and the like can be a family name (`Grace Group`) and count only
    beside an acronym or number (`MILC Group`), a small linking word (`Institute of Physics`), `The` in front,
    or words such as `Working` before them.

    >>> [is_collective(n) for n in ("Imagen-Team-Google", "H1 Collaboration", "Grace Group", "The Anh Han")]
    [True, True, False, False]
    """
    written = _WORD.findall(name)
    folded = [word.lower().rstrip(".") for word in written]
    if len(folded) < 2:
        return False
    if _STRONG.intersection(folded[1:]) or (folded[0] in _STRONG and len(folded) > 2):
        return True
    for place, word in enumerate(folded):
        if word not in _WEAK:
            continue
        others = [*written[:place], *written[place + 1 :]]
        if folded[0] == "the" or (place and folded[place - 1] in _BEFORE_WEAK):
            return True
        if any(other in _LINKS for other in others) or any(_ACRONYM.match(other) for other in others):
            return True
    return False

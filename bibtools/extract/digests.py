"""What identifies a mention, wherever it stands and however its lines are wrapped.

The digest covers, in this order: the mention's own identifiers (without addresses, unless there is nothing else),
its title, its authors, its abstract, its year. Of a text only letters and digits count, after
:func:`bibtools.text.normalise`: wrapping, hyphens at a line's end, quotes, bullets, numbers of list items, labels,
emphasis, letter case and the spelling of an identifier (`arXiv:…` or an address) change nothing. Comments do not
count, nor does anything around the mention. An entry of a structured source without arXiv id and DOI is a work of
its own, of which two may look alike: its citation key counts too, or without a key all that its fields say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bibtools import text
from bibtools.model import Identifier, PartialDate


def letters(string: str) -> str:
    r"""The letters and digits of a text, as a digest sees it.

    >>> letters("**State-of-the-\nart** “ﬁne” tuning") == letters("state-of-the-art 'fine' tuning")
    True
    """
    return "".join(c for c in text.normalise(string) if c.isalnum() or unicodedata.category(c)[0] == "M")


def text_digest(string: str) -> str:
    """The digest of one text: an abstract, or a title that stands for a mention by itself."""
    return text.digest(letters(string))


def mention_digest(
    *,
    identifiers: Iterable[Identifier] = (),
    title: str | None = None,
    authors: Iterable[str] = (),
    abstract: str | None = None,
    date: PartialDate | None = None,
    key: str = "",
) -> str:
    """The digest of a mention that says this; `key` is that of an entry which stands for itself.

    >>> mention_digest(title="Imagen 3") == mention_digest(title="IMAGEN  3")
    True
    """
    own = sorted({f"{i.scheme}:{i.value}" for i in identifiers if i.own})
    parts = [i for i in own if not i.startswith("url:")] or own
    parts += [letters(title or ""), letters(" ".join(authors)), letters(abstract or "")]
    parts.append(str(date.year) if date else "")
    if key:
        parts.append(key)
    return text.digest("\n".join(parts))

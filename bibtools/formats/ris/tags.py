"""The types and tags of RIS, and what biblatex calls them: one table for writing and reading."""

from __future__ import annotations

import re

TYPES = {
    "article": "JOUR", "book": "BOOK", "collection": "EDBOOK", "inbook": "CHAP", "incollection": "CHAP",
    "inproceedings": "CONF", "proceedings": "CONF", "inreference": "ENCYC", "reference": "EDBOOK",
    "review": "JOUR",
    "booklet": "PAMP", "manual": "RPRT", "report": "RPRT", "thesis": "THES", "unpublished": "UNPB",
    "online": "ELEC", "misc": "GEN", "patent": "PAT", "software": "COMP", "dataset": "DATA",
    "periodical": "JFULL", "suppperiodical": "JOUR", "mvbook": "BOOK", "mvcollection": "EDBOOK",
    "mvproceedings": "CONF", "mvreference": "EDBOOK", "suppbook": "CHAP", "bookinbook": "CHAP",
    "suppcollection": "CHAP", "video": "VIDEO", "movie": "MPCT", "audio": "SOUND", "music": "MUSIC",
    "image": "ART", "artwork": "ART", "legislation": "STAT", "jurisdiction": "CASE", "letter": "PCOMM",
    "standard": "STAND",
}  # fmt: skip
"""The type of record for each type of entry. An arXiv preprint is `GEN`, as Zotero and DataCite write it."""

READ_TYPES = {
    **dict.fromkeys(("JOUR", "EJOUR", "MGZN", "NEWS", "ABST", "INPR"), "article"),
    "JFULL": "periodical",
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("BOOK", "EBOOK", "CLSWK", "SER"), "book"),
    "EDBOOK": "collection",
    **dict.fromkeys(("CHAP", "ECHAP"), "incollection"),
    **dict.fromkeys(("ENCYC", "DICT"), "inreference"),
    "PAMP": "booklet", "THES": "thesis",
    **dict.fromkeys(("RPRT", "GOVDOC"), "report"),
    **dict.fromkeys(("UNPB", "UNPD", "MANSCPT"), "unpublished"),
    **dict.fromkeys(("ELEC", "WEB", "BLOG"), "online"),
    "PAT": "patent", "COMP": "software",
    **dict.fromkeys(("DATA", "AGGR", "DBASE"), "dataset"),
    **dict.fromkeys(("VIDEO", "MULTI", "ADVS"), "video"),
    "MPCT": "movie", "SOUND": "audio", "MUSIC": "music",
    **dict.fromkeys(("ART", "FIGURE", "CHART", "MAP"), "image"),
    **dict.fromkeys(("STAT", "BILL", "UNBILL"), "legislation"),
    **dict.fromkeys(("CASE", "LEGAL", "HEAR"), "jurisdiction"),
    **dict.fromkeys(("PCOMM", "ICOMM"), "letter"),
    "STAND": "standard",
    **dict.fromkeys(("GEN", "ANCIENT", "CTLG", "EQUA", "GRNT", "SLIDE"), "misc"),
}  # fmt: skip
"""The type of entry for each type of record; what is not here is `misc`."""

CONTAINER = {
    **dict.fromkeys(
        ("article", "suppperiodical", "review", "periodical", "misc", "letter", "legislation", "jurisdiction"),
        "journaltitle",
    ),
    **dict.fromkeys(
        ("inproceedings", "incollection", "inbook", "inreference", "suppbook", "bookinbook", "suppcollection"),
        "booktitle",
    ),
}
"""The field that holds the title of the work that the entry is a part of."""

PUBLISHERS = {
    **dict.fromkeys(("thesis", "report"), ("institution", "publisher", "organization")),
    **dict.fromkeys(("online", "manual", "software", "dataset"), ("organization", "publisher", "institution")),
    "patent": ("holder", "publisher", "organization"),
}
"""The fields that say who publishes, for each type of entry; the first is what `PB` is read as."""
PUBLISHER = ("publisher", "organization", "institution")

NUMBER = {
    **dict.fromkeys(("article", "suppperiodical", "review", "periodical"), "IS"),
    **dict.fromkeys(("incollection", "inbook", "inreference", "suppbook", "bookinbook", "suppcollection"), "SV"),
    **dict.fromkeys(("report", "patent", "standard"), "SN"),
}
"""The tag of `number`: an issue, the place in a series, or the number of a report; `M1` for all other types."""

EDITION = dict.fromkeys(("software", "dataset", "online", "misc"), "version")
"""What `ET` is, where it is no `edition`."""

WHOLE_WORKS = frozenset(
    (
        "book",
        "mvbook",
        "collection",
        "mvcollection",
        "proceedings",
        "reference",
        "mvreference",
        "thesis",
        "booklet",
    )
)
"""The types whose `SP` is the number of pages, as Zotero has it."""

TYPED = frozenset(("thesis", "report", "patent", "unpublished", "online", "misc", "booklet", "image"))
"""The types whose `M3` says what kind of work it is; that of others repeats the type or is a DOI."""

WORDS = {
    "phdthesis": "PhD thesis", "mathesis": "Master's thesis", "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
    "patent": "Patent", "patreq": "Patent request", "software": "Computer software",
}  # fmt: skip
"""biblatex's keywords for `type` in words (its manual, 4.9.2.11)."""
_KEYWORDS = {re.sub(r"\W", "", text.lower()): keyword for keyword, text in WORDS.items()}
MANUAL = "Manual"
"""What `M3` of a report says that is a manual."""

EPRINTS = (
    "arxiv",
    "pubmed",
    "pmc",
    "hal",
    "jstor",
    "googlebooks",
    "hdl",
    "biorxiv",
    "medrxiv",
    "chemrxiv",
    "ssrn",
)
"""The archives whose name in `DB` makes `AN` an eprint; others are databases where somebody found the work."""

SIMPLE = {
    "volume": "VL", "volumes": "NV", "chapter": "SE", "location": "CY", "venue": "C1", "shorttitle": "ST",
    "shortjournal": "J2", "language": "LA", "abstract": "AB", "note": "N1", "annotation": "RN", "series": "T3",
    "library": "CN",
}  # fmt: skip
"""The fields whose tag and reading are the same for all types of entry."""


def keyword_of(type: str) -> str:
    """What biblatex calls a kind of work, if it has a keyword for it, else the words themselves.

    >>> keyword_of("Ph.D. thesis"), keyword_of("Habilitation")
    ('phdthesis', 'Habilitation')
    """
    return _KEYWORDS.get(re.sub(r"\W", "", type.lower()), type)

"""What CSL and biblatex call the same things. Facts only, no rules.

Sources: CSL 1.0.2, appendices III (types) and IV (variables); the biblatex manual, 2.1 (types), 2.2 (fields),
4.9.2.13 (types of theses, reports, patents); babel's names of languages.
"""

from __future__ import annotations

from typing import Literal

_TYPES = """
article article-journal suppperiodical article-journal periodical periodical review review
book book mvbook book collection book mvcollection book proceedings book mvproceedings book reference book
mvreference book inbook chapter suppbook chapter bookinbook chapter incollection chapter suppcollection chapter
inreference entry-encyclopedia inproceedings paper-conference booklet pamphlet manual report report report
thesis thesis online webpage unpublished manuscript patent patent software software dataset dataset
movie motion_picture video motion_picture audio song music song image graphic artwork graphic
letter personal_communication legal hearing jurisdiction legal_case legislation legislation
performance performance standard standard misc document
"""
_FROM_CSL = """
article misc article-journal article article-magazine article article-newspaper article bill legislation book book
broadcast video chapter incollection classic book collection misc dataset dataset document misc entry inreference
entry-dictionary inreference entry-encyclopedia inreference event misc figure image graphic image hearing legal
interview misc legal_case jurisdiction legislation legislation manuscript unpublished map image
motion_picture movie musical_score misc pamphlet booklet paper-conference inproceedings patent patent
performance performance periodical periodical personal_communication letter post online post-weblog online
regulation legislation report report review review review-book review software software song audio
speech unpublished standard standard thesis thesis treaty legislation webpage online
"""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


TYPES = _pairs(_TYPES)
"""biblatex's types and CSL's; for a type that is not here, `document`."""

FROM_CSL = _pairs(_FROM_CSL)
"""CSL's types and biblatex's. Where that one is CSL's type for several, `entrysubtype` says which was meant."""

SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"} | {name: name for name in FROM_CSL}
"""What an `entrysubtype` says of CSL's type; the first two words are those that biblatex users know."""

ARTICLES = frozenset(["article", "suppperiodical", "periodical", "review"])
"""The types whose `number` is the issue of a journal."""

PARTS = frozenset(
    ["inbook", "suppbook", "bookinbook", "incollection", "suppcollection", "inreference", "inproceedings"]
)
"""The types that are a part of a book."""

BOOKS = PARTS | frozenset(
    ["book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference"]
)
"""The types whose `number` is the place in a series."""

Kind = Literal["title", "text", "plain", "verbatim"]

VARIABLES: dict[str, tuple[Kind, tuple[str, ...]]] = {
    "title": ("title", ("title",)),
    "title-short": ("title", ("shorttitle",)),
    "container-title": ("title", ("journaltitle", "booktitle", "maintitle")),
    "container-title-short": ("title", ("shortjournal",)),
    "volume-title": ("title", ("issuetitle",)),
    "collection-title": ("title", ("series",)),
    "original-title": ("title", ("origtitle",)),
    "volume": ("plain", ("volume",)),
    "issue": ("plain", ("number", "issue")),
    "number": ("plain", ("number",)),
    "collection-number": ("plain", ("number",)),
    "part": ("plain", ("part",)),
    "chapter-number": ("plain", ("chapter",)),
    "edition": ("plain", ("edition",)),
    "version": ("plain", ("version",)),
    "number-of-volumes": ("plain", ("volumes",)),
    "number-of-pages": ("plain", ("pagetotal",)),
    "page": ("plain", ("pages", "eid")),
    "genre": ("plain", ("type",)),
    "status": ("plain", ("pubstate",)),
    "publisher": ("plain", ("publisher", "institution", "organization", "howpublished")),
    "publisher-place": ("plain", ("address", "location")),
    "original-publisher": ("plain", ("origpublisher",)),
    "original-publisher-place": ("plain", ("origlocation",)),
    "event-title": ("plain", ("eventtitle",)),
    "event-place": ("plain", ("venue", "location")),
    "language": ("plain", ("langid", "language")),
    "ISBN": ("plain", ("isbn",)),
    "ISSN": ("plain", ("issn",)),
    "PMID": ("plain", ("pmid",)),
    "PMCID": ("plain", ("pmcid",)),
    "DOI": ("verbatim", ("doi",)),
    "URL": ("verbatim", ("url",)),
    "call-number": ("plain", ("library", "call-number")),
    "keyword": ("plain", ("keywords",)),
    "abstract": ("text", ("abstract",)),
    "annote": ("text", ("annotation",)),
    "note": ("text", ("note",)),
}
"""CSL's variables that are texts, in the order they are written, and the fields that are shown by each."""

_OWN = """
archive archive-place archive_collection archive_location authority citation-label citation-number
dimensions division first-reference-note-number jurisdiction locator medium part-title printing references
reviewed-genre reviewed-title scale section source supplement volume-title-short year-suffix
"""
for _name in _OWN.split():
    VARIABLES[_name] = ("plain", (_name,))

OLD_NAMES = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
    "annotation": "annote",
}
"""Variables of earlier versions of CSL, and of programs that write them still."""

ROLES = {
    "author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor",
} | {
    name: name
    for name in (
        "collection-editor", "composer", "contributor", "curator", "director", "editorial-director",
        "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator", "organizer",
        "original-author", "performer", "producer", "recipient", "reviewed-author", "script-writer",
        "series-creator", "chair", "compiler",
    )
}  # fmt: skip
"""CSL's variables that are names, and the fields; where biblatex has none the field is called as the variable."""

EDITORS = ("editor", "editora", "editorb", "editorc")
"""The fields of editors; each has one that says what they are (`editortype`)."""

EDITOR_ROLES = {name: name for name in ROLES if name not in ("author", "editor")} | {"collaborator": "contributor"}
"""What editors may be, and CSL's variable for it."""

DATES = {
    "issued": "date", "accessed": "urldate", "original-date": "origdate", "event-date": "eventdate",
    "available-date": "available-date", "submitted": "submitted",
}  # fmt: skip
"""CSL's variables that are dates, and the fields."""

SUBTITLES = {
    "title": "subtitle",
    "journaltitle": "journalsubtitle",
    "booktitle": "booksubtitle",
    "maintitle": "mainsubtitle",
    "issuetitle": "issuesubtitle",
}
"""Titles, and the fields that CSL has no variable for: they are written behind the title."""

GENRES = {
    "phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
    "software": "Computer software", "datacd": "Data CD", "audiocd": "Audio CD", "patent": "Patent",
    "patentde": "German patent", "patenteu": "European patent", "patentfr": "French patent",
    "patentuk": "British patent", "patentus": "US patent", "patreq": "Patent request",
    "patreqde": "German patent request", "patreqeu": "European patent request",
    "patreqfr": "French patent request", "patrequk": "British patent request", "patrequs": "US patent request",
}  # fmt: skip
"""What biblatex prints for the words that its `type` field knows."""

STATES = {"inpreparation": "in preparation", "inpress": "in press"}
"""What biblatex prints for the words that its `pubstate` field knows, where that is not the word itself."""

COUNTRIES = {
    "countryde": "Germany", "countryeu": "European Union", "countryep": "European Union", "countryfr": "France",
    "countryuk": "United Kingdom", "countryus": "United States of America",
}  # fmt: skip
"""What biblatex prints for the words that the `location` of a patent knows."""

_LANGUAGES = """
english en american en-US usenglish en-US british en-GB ukenglish en-GB australian en-AU canadian en-CA
newzealand en-NZ german de-DE ngerman de-DE austrian de-AT naustrian de-AT swissgerman de-CH nswissgerman de-CH
french fr-FR francais fr-FR acadian fr-CA canadien fr-CA spanish es-ES italian it-IT portuguese pt-PT brazil pt-BR
brazilian pt-BR dutch nl-NL danish da-DK swedish sv-SE norsk nb-NO norwegian nb-NO nynorsk nn-NO finnish fi-FI
icelandic is-IS polish pl-PL czech cs-CZ slovak sk-SK slovene sl-SI slovenian sl-SI croatian hr-HR serbian sr-RS
serbianc sr-Cyrl-RS bulgarian bg-BG macedonian mk-MK russian ru-RU ukrainian uk-UA greek el-GR turkish tr-TR
hungarian hu-HU magyar hu-HU romanian ro-RO estonian et-EE latvian lv-LV lithuanian lt-LT catalan ca-AD basque
eu-ES galician gl-ES latin la hebrew he-IL arabic ar persian fa-IR farsi fa-IR hindi hi-IN japanese ja-JP
chinese zh-CN korean ko-KR vietnamese vi-VN thai th-TH indonesian id-ID esperanto eo irish ga-IE
welsh cy-GB scottish gd-GB
"""
LANGUAGES = _pairs(_LANGUAGES)
"""Languages by babel's names, and as CSL has them (RFC 5646)."""

r"""Identifiers of works: arXiv ids in all their spellings, DOIs, ISBNs, and the URLs that carry them.

Sources: arXiv's own help (info.arxiv.org/help/arxiv_identifier.html: `YYMM.NNNN` from April 2007, five digits
from January 2015; before that `archive/YYMMNNN`, with a subject class that is no part of the id), the DOI
Handbook (any printable characters after `10.prefix/`, case does not matter), ISO 2108 (check digits of ISBN).

A *bare* new-style id (`2408.00118`, nothing beside it that says arXiv) looks like a number. In running text it is
taken only where it cannot be one:

- alone (with others of its kind) on a line, in a list item or a table cell;
- at the beginning of a line in square brackets, as in the title of arXiv's pages (`[2408.00118] Gemma 2 …`);
- with five digits after the dot, at the beginning of a line or item before `:`, `|`, a tab or a dash;
- at the beginning of a list item before words (`- 0704.0017: good stuff`, `- 2408.00118 must read`);
- at the beginning of a line that continues no sentence before words; with four digits after the dot these must
  stand behind a blank, `:`, a dash or a bracket (`0704.0042 - Title of it`).

Words are no number, no unit or currency (`0704.0001 EUR`), no word for a version or a sum, and in no other cell.
A line in a column of other numbers is none. Old-style ids carry their archive's name and are taken anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import takewhile
from urllib.parse import unquote

from bibtools.model import ArxivId, Identifier, Span

_ARCHIVE = (
    r"(?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs"
    r"|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol"
    r"|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con)"
)
_BREAK = r"(?:[ \t]{0,40}(?:\r\n?|\n)[ \t]{0,40})?"  # a line of running text may end inside an identifier
_NEW = rf"[0-9]{{4}}\.{_BREAK}[0-9]{{4,5}}"
_OLD = rf"{_ARCHIVE}(?:\.[a-z-]{{2,12}})?(?:/|%2f){_BREAK}[0-9]{{7}}"
_ID = rf"(?P<number>{_NEW}|{_OLD})(?:v(?P<version>[1-9][0-9]{{0,2}}))?(?!\w)(?!\.[0-9])"
_HOST_AND_PATH = (
    rf"(?:(?:[a-z0-9-]{{1,20}}\.){{0,2}}arxiv\.org(?::[0-9]{{1,5}})?/{_BREAK}(?:abs|pdf|html|format|src|e-print|ps|other)"
    r"|xxx\.(?:[a-z0-9-]{1,20}\.){1,3}[a-z]{2,6}/(?:abs|pdf|html|format|src|e-print|ps|other)"
    r"|(?:www\.)?alphaxiv\.org/[a-z]{1,12}|ar5iv\.org/(?:abs|html|pdf|papers)"
    r"|(?:huggingface|hf)\.co/papers|(?:www\.)?scirate\.com/arxiv"
    r"|(?:www\.)?arxiv-vanity\.com/papers|(?:www\.)?semanticscholar\.org/arxiv)/+"
)
_WORD = (
    r"(?:arxiv(?:\.org)?(?:\s{1,9}(?:e-?prints?|preprints?|id|identifier|no\.?|number|paper)\b)?|e-?print\b(?=\s?:))"
    r"(?:\s{0,20}[:.,#/(\[]\s{0,20}|[ \t_-]{1,9})(?:(?:arxiv\s{0,9}[:.]?\s{0,20})|(?:abs|pdf)/)?"
)
_TAIL = (
    r"(?:\.pdf\b|\.ps(?:\.gz)?\b)?(?:[?#][\w=&%.,+~:/-]{0,300}[\w/])?(?:\s?\[[a-z-]{2,10}(?:\.[a-z-]{2,10})?\])?"
)
_ARXIV = (
    rf"(?:(?:https?://)?{_BREAK}{_HOST_AND_PATH}{_BREAK}|(?:corr[\s,:]{{1,9}})?\babs/|{_WORD}"
    r"|(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:\s?)?10\.48550/arxiv\.)"
    rf"{_ID}{_TAIL}"
)
_IN_TEXT = re.compile(
    r"(?<![\w@/.-])(?=[a-z1])(?:"
    rf"(?P<arxiv>{_ARXIV})"
    r"|(?P<url>https?://(?:\\[_%&#~]|[^\s<>\"`{}|\\^，。；、）》】]){1,2000})"
    r"|(?P<doi>(?:(?:dx\.|www\.)?doi\.org/|doi:?\s{0,9})?10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,3}/"
    rf"{_BREAK}(?:\\[_%&#]|[!#-&(-\[\]_a-z~]){{1,400}})"
    rf"|(?P<old>{_OLD}(?:v[1-9][0-9]{{0,2}})?(?!\w)(?!\.[0-9]))"
    r"|isbn(?:-?1[03])?:?\s{0,3}(?P<isbn>(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9x])(?!\w))",
    re.IGNORECASE,
)
_ARXIV_PART = re.compile(rf"(?<![\w@]){_ARXIV}", re.IGNORECASE)
_WHOLE = re.compile(rf"(?:{_ARXIV}|{_ID.replace('?P<number>', '').replace('?P<version>', '')})", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w./,$€£-])[0-9]{4}\.[0-9]{4,5}(?:v[1-9][0-9]{0,2})?(?![\w%€])(?!\.[0-9])", re.IGNORECASE
)
_BARE_ID = re.compile(_ID, re.IGNORECASE)
_DOI_PART = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,3}/\S{1,500}")
_RESOLVER = re.compile(r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:?\s*)?", re.IGNORECASE)
_LANDING = re.compile(
    r"(?:[?#].*|/(?:full|pdf|epdf|abstract|meta|html|summary|references|fulltext)/?|\.pdf|\.full|\.short|\.abstract)$"
)
_ESCAPE = re.compile(r"\\(?=[_%&#~])")  # LaTeX's, in what was copied out of a .bib or .tex file
_BIORXIV_VERSION = re.compile(r"(?<=\d)v\d{1,2}$")
_MARKER = re.compile(r"\s*(?:(?:[-*+•·–>]|\(?[0-9]{1,4}[.)](?![0-9])|\[[ xX]\]|\[[0-9]{1,4}\])\s{1,20}){0,3}")
_CELL_END = re.compile(r"[|\t]")
_BETWEEN_IDS = re.compile(r"[\s,;&]+|\band\b")
_NEXT_ID = re.compile(r"[\s,;&]+(?:and\s+)?([0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,3})?)(?![\w.])")
_HEADS_ENTRY = re.compile(r"[*_]*(?::|\||\t|\s+[-–—]\s)")
_HEADS_WORDS = re.compile(
    r"[*_`\])]*(?P<separator>\s*[:—–(\[]\s*|\s+-{1,2}\s+|\s+|\s*[,.;!?]\s+)[\"'“‘(\[*_]*(?P<word>[^\W\d_]\S*|\d+[^\W\d_]\S*)"
)
_UNITS_TEXT = (
    "eur euro euros usd dollar dollars cent cents gbp chf pound pounds yen jpy sek nok dkk pln inr rub "
    "cny sfr fr mm cm km meter metre meters metres inch inches ft feet mile miles kg mg lb lbs gram grams "
    "ton tons tonne tonnes ms sec secs second seconds min mins minute minutes hr hrs hour hours day days "
    "week weeks month months year years hz khz mhz ghz thz ev kev mev gev tev volt volts mv kv ma amp "
    "amps watt watts mw kw gw kwh mwh wh kj mj joule joules cal kcal pa hpa kpa mpa bar mbar psi ml cl dl "
    "liter litre liters litres mol mmol kmol rad deg degree degrees celsius fahrenheit kelvin kb mb gb tb "
    "kib mib gib byte bytes bit bits bps kbps mbps gbps px pt pts dpi db percent percentage points pcs "
    "pieces piece units unit items times x per each in of all total sum subtotal mean median average "
    "minus plus version versions release released releases build builds lts beta alpha rc stable "
    "changelog am pm uhr o'clock gmt utc cet cest est pst"
)
_UNITS = frozenset((*_UNITS_TEXT.split(), *"bcdefghjklmnopqrstuvwxyz", *"µ°"))  # any letter but the words "a", "i"
_FINISHED = re.compile(r"[.:;!?][\"')\]”’*_]{0,3}\s*$")
_HEAD_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)+(?!\S)")
_NUMBER_LINE = re.compile(r"\s*[-+]?[0-9]+(?:[.,][0-9]+)*\s*")
_MAX_LINE = 400
_NEAR = 120


def parse_arxiv(text: str) -> ArxivId | None:
    """The arXiv id that a whole string spells, or None.

    Bare ids, `arXiv:…`, addresses on arxiv.org and its mirrors, ar5iv, alphaXiv, Hugging Face papers, arXiv's own
    DOIs; brackets, quotes and punctuation around it are ignored, a subject class is dropped.

    >>> str(parse_arxiv("https://arxiv.org/pdf/2408.00118v2.pdf")), str(parse_arxiv("math.GT/0309136"))
    ('2408.00118v2', 'math/0309136')
    """
    if len(text) > _MAX_LINE:
        return None
    text = unquote(text.strip().lstrip("<([{\"'“‘`").rstrip(">)]}\"'”’`.,;:!?").strip())
    if text.count("[") > text.count("]"):
        text += "]"  # the class of `arXiv:2408.00118 [cs.CL]`, stripped above
    match = _WHOLE.fullmatch(text)
    if match is None:
        part = _ARXIV_PART.search(text) if text.lower().startswith(("http://", "https://")) else None
        return _arxiv_of(part) if part and not text[part.end() :].strip("/") else None
    bare = match["number"] is None
    return _arxiv_of(_BARE_ID.match(text) if bare else match)


def parse_doi(text: str) -> str | None:
    """The DOI that a whole string spells, in lower case without resolver; None if it is none.

    >>> parse_doi("https://doi.org/10.1103/PhysRevD.76.013009.")
    '10.1103/physrevd.76.013009'
    """
    if len(text) > 2 * _MAX_LINE:
        return None
    text = text.strip().lstrip("<([{\"'“‘`").strip()
    start = _RESOLVER.match(text).end()  # type: ignore[union-attr]  # every part of the pattern is optional
    rest = unquote(text[start:]) if start and text[:4].lower() == "http" else text[start:]
    return _clean_doi(rest) if _DOI_PART.fullmatch(rest) else None


def find_identifiers(text: str, *, is_item: bool = False) -> tuple[tuple[Span, Identifier], ...]:
    r"""All identifiers in running text with their places, in order; every one with `own=True`.

    An id may be broken by a line's end. `url` is only an address that contains no other identifier. `is_item` says
    that the text is a list item's, without its marker.

    >>> [i.value for _, i in find_identifiers("see arXiv:2408.\n00118, doi:10.1038/171737a0 and 3.14159")]
    ['2408.00118', '10.1038/171737a0']
    """
    found = [pair for match in _IN_TEXT.finditer(text) if (pair := _identifier_of(match))]
    covered = [span for span, _ in found]
    found += [pair for pair in _bare_ids(text, is_item=is_item) if not _covered(pair[0], covered)]
    return tuple(sorted(found, key=lambda pair: pair[0].start))


def _covered(span: Span, sorted_spans: list[Span]) -> bool:
    index = bisect_right(sorted_spans, span.start, key=lambda other: other.start) - 1
    return index >= 0 and sorted_spans[index].stop > span.start


def _identifier_of(match: re.Match[str]) -> tuple[Span, Identifier] | None:
    start, stop = match.span()
    if match["arxiv"]:
        arxiv = _arxiv_of(match)
        return (Span(start, stop), Identifier("arxiv", str(arxiv))) if arxiv else None
    if match["url"]:
        return _of_url(start, match["url"])
    if match["doi"]:
        return _of_doi(start, match["doi"])
    if match["old"]:
        arxiv = _arxiv_of(_BARE_ID.match(match["old"]))
        return (Span(start, stop), Identifier("arxiv", str(arxiv))) if arxiv else None
    isbn = re.sub("[- ]", "", match["isbn"]).upper()
    return (Span(start, stop), Identifier("isbn", isbn)) if _isbn_is_valid(isbn) else None


def _of_url(start: int, url: str) -> tuple[Span, Identifier] | None:
    url = _cut_at_closing(url)
    span = Span(start, start + len(url))
    url = _ESCAPE.sub("", url)
    plain = unquote(url)
    arxiv = _ARXIV_PART.search(plain)
    if arxiv and (number := _arxiv_of(arxiv)):
        return span, Identifier("arxiv", str(number))
    doi = _DOI_PART.search(plain)
    if doi and (value := _clean_doi(_without_landing(doi[0]))):
        return span, Identifier("doi", value)
    return (span, Identifier("url", url)) if len(url) > len("https://") else None


def _of_doi(start: int, text: str) -> tuple[Span, Identifier] | None:
    at = text.index("10.")
    raw = re.sub(r"\s+", "", text[at:])
    value = _clean_doi(raw)
    if value is None:
        return None
    gone = len(raw) - len(_cut_doi(raw))
    return Span(start, start + len(text) - gone), Identifier("doi", value)


def _cut_doi(text: str) -> str:
    if "(sici)" not in text.lower():
        text = text.partition("<")[0].partition(">")[0]
    return _cut_at_closing(text)


def _clean_doi(text: str) -> str | None:
    value = _ESCAPE.sub("", _cut_doi(text)).lower()
    return value if value.partition("/")[2] else None


def _without_landing(doi: str) -> str:
    """A DOI out of a publisher's address: without the query and the page's own suffixes."""
    for _ in range(3):
        doi = _LANDING.sub("", doi)
    return _BIORXIV_VERSION.sub("", doi) if doi.startswith("10.1101/") else doi


_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}


def _cut_at_closing(text: str) -> str:
    """Up to the first bracket that was not opened inside, and without the punctuation of the sentence."""
    open_now = {"(": 0, "[": 0, "{": 0, "<": 0}
    for index, char in enumerate(text):
        if char in open_now:
            open_now[char] += 1
        elif char in _CLOSING:
            open_now[_CLOSING[char]] -= 1
            if open_now[_CLOSING[char]] < 0:
                text = text[:index]
                break
    return text.rstrip(".,;:!?'\"*”’»")


def _bare_ids(text: str, *, is_item: bool) -> Iterator[tuple[Span, Identifier]]:
    """Bare new-style ids where they cannot be numbers (see the module's documentation)."""
    for match in _BARE.finditer(text):
        arxiv = _arxiv_of(_BARE_ID.match(match[0]))
        if arxiv and _stands_as_id(text, match.start(), match.end(), is_item=is_item):
            yield Span(*match.span()), Identifier("arxiv", str(arxiv))


def _stands_as_id(text: str, start: int, stop: int, *, is_item: bool) -> bool:
    low, high = max(0, start - _MAX_LINE), stop + _MAX_LINE
    begin = max(text.rfind("\n", low, start), text.rfind("\r", low, start)) + 1
    if begin == 0 and low > 0:
        return False
    ends = [end for char in "\r\n" if (end := text.find(char, stop, high)) >= 0]
    if not ends and high < len(text):
        return False
    end = min(ends, default=len(text))
    mark = begin + len(_MARKER.match(text[begin:start]).group())  # type: ignore[union-attr]  # may match nothing
    before, after = text[mark:start], text[stop:end]
    cell = _CELL_END.split(before)[-1] + text[start:stop] + _CELL_END.split(after)[0]
    if all(_is_bare_id(word) for word in _BETWEEN_IDS.split(cell.strip("[](){}<>.\"'`* \t")) if word):
        return mark > begin or not _stands_among_numbers(text, begin, end)
    if before.strip() == "[":
        return after.startswith("]") and not after.startswith("](")
    five_digits = len(text[start:stop].lower().partition("v")[0]) == len("2408.00118")
    if five_digits and not before.strip("*_ ") and _HEADS_ENTRY.match(after):
        return True
    if not all(_is_bare_id(word) for word in _BETWEEN_IDS.split(before.strip("*_ ")) if word):
        return False
    in_item = (is_item and begin == 0) or _is_list_marker(text[begin:mark])
    if not in_item and (_continues(text, begin) or _stands_among_numbers(text, begin, end, heads=True)):
        return False
    return _heads_words(after, any_mark=in_item or five_digits)


def _is_list_marker(marker: str) -> bool:
    return bool(marker.strip(" \t>"))


def _heads_words(after: str, *, any_mark: bool) -> bool:
    """Whether what follows an id are words that do not make it a number; more ids may stand before them."""
    while (match := _NEXT_ID.match(after)) and _is_bare_id(match[1]):
        after = after[match.end() :]
    words = None if _CELL_END.search(after) else _HEADS_WORDS.match(after)
    if words is None or not (any_mark or words["separator"].strip(" ,.;!?") or words["separator"].isspace()):
        return False
    behind_mark = words["separator"].strip(" ([") != ""
    word = words["word"].rstrip(".,;:!?)]*_\"'”’").lower()
    return behind_mark or not _UNITS.intersection((word, *word.split("/")[:1]))


def _continues(text: str, begin: int) -> bool:
    """Whether words above, behind those lines that begin with ids as well, may run on into this line."""
    for line in reversed(text[max(0, begin - _MAX_LINE) : begin].splitlines()[begin > _MAX_LINE :]):
        if not _heads_line(line):
            return bool(line.strip()) and _FINISHED.search(line) is None
    return False


def _heads_line(line: str) -> bool:
    """Whether a line begins with an id, as its neighbours in a list do."""
    words = line[:_NEAR].split(maxsplit=1)
    return bool(words) and _is_bare_id(words[0].strip("*_[]:,;"))


def _is_bare_id(word: str) -> bool:
    match = _BARE_ID.fullmatch(word)
    return match is not None and _arxiv_of(match) is not None


def _stands_among_numbers(text: str, begin: int, end: int, *, heads: bool = False) -> bool:
    """Whether a line nearby, with no empty one between, is (with `heads`: begins with) a number that is no id."""
    above = text[max(0, begin - _NEAR) : begin].splitlines()[begin > _NEAR :][::-1]  # the first may be cut
    below = text[end : end + _NEAR].removeprefix("\r").removeprefix("\n").splitlines()
    near = (*takewhile(str.strip, above), *takewhile(str.strip, below[: len(below) - (end + _NEAR < len(text))]))
    if any(_NUMBER_LINE.fullmatch(line) and not _is_bare_id(line.strip()) for line in near):
        return True
    numbers = [match[0] for line in near if (match := _HEAD_NUMBER.match(line.strip()))] if heads else []
    return not all(map(_is_bare_id, numbers))


def _arxiv_of(match: re.Match[str] | None) -> ArxivId | None:
    """The id in a match of the grammar, if its month, year and length can be."""
    if match is None:
        return None
    number = re.sub(r"\s+", "", match["number"].lower()).replace("%2f", "/")
    version = int(match["version"]) if match["version"] else None
    archive, slash, digits = number.rpartition("/")
    if slash:
        number = f"{archive.partition('.')[0]}/{digits}"
        valid = _month_is_valid(digits) and (digits[:2] >= "91" or digits[:4] <= "0703") and digits[4:] != "000"
    else:
        month, _, serial = number.partition(".")
        valid = (
            _month_is_valid(month)
            and "0704" <= month < "9100"
            and len(serial) == (4 if month < "1501" else 5)
            and int(serial) > 0
        )
    return ArxivId(number, version) if valid else None


def _month_is_valid(digits: str) -> bool:
    return "01" <= digits[2:4] <= "12"


def _isbn_is_valid(isbn: str) -> bool:
    """Whether the check digit is right (ISO 2108: modulus 11 with X for ten, modulus 10 for thirteen digits)."""
    values = [10 if char == "X" else int(char) for char in isbn]
    if len(isbn) == 10:
        return "X" not in isbn[:9] and sum(v * w for v, w in zip(values, range(10, 0, -1), strict=True)) % 11 == 0
    return len(isbn) == 13 and "X" not in isbn and sum(v * (1, 3)[i % 2] for i, v in enumerate(values)) % 10 == 0

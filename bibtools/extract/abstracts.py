"""Which bare paragraphs are abstracts.

A paragraph that nothing marks is taken for an abstract only where it cannot well be anything else: at least forty
words in whole sentences, at least one phrase with which authors speak of their own work ("in this paper", "we
propose", "is shown"), further words of scholarship, and nothing of daily life: no "I" and "you", weekdays, clock
times, prices, greetings; words of office life (customers, meetings) ask for more of the others. What fails is left
alone. A few true abstracts are among it, because a private paragraph that is searched for cannot be called back,
while a missed abstract can be marked with `Abstract:`.
"""

from __future__ import annotations

import re

from bibtools.extract.private import everyday_words, is_private

_OWN_WORK = re.compile(
    r"\b(?:in|of|from)\s(?:this|the\spresent)\s(?:paper|work|article|report|study|letter|note|survey|review"
    r"|thesis|chapter|contribution|research|manuscript)\b"
    r"|\b(?:this|the\spresent|our)\s(?:paper|work|article|report|study|letter|note|survey|review|thesis|research"
    r"|approach|method|results?|findings|analysis|model|framework|algorithm|experiments?)\b"
    r"|\b(?:we|authors)\s(?:\w{2,12}ly\s|also\s|then\s|first\s|further\s|here\s|thus\s){0,2}(?:present|propose"
    r"|introduce|show|study|investigate"
    r"|demonstrate|prove|analy[sz]e|develop|describe|derive|examine|find|obtain|explore|consider|compute"
    r"|calculate|discuss|report|establish|provide"
    r"|evaluate|compare|construct|argue|address|give|use|apply|test|measure|extend|review|generali[sz]e"
    r"|formulate|conduct|design|characteri[sz]e|determine|observe|identify|perform|focus|offer|held|release|use"
    r"|reveal|suggest|estimate|simulate|conclude|outline|survey|train|lay)\b"
    r"|\b(?:is|are|was|were|has\sbeen|have\sbeen)\s(?:\w{2,12}ly\s|also\s|then\s){0,2}(?:shown|proved|proven"
    r"|presented|proposed|studied|investigated|derived|discussed|analy[sz]ed"
    r"|obtained|computed|calculated|considered|introduced|demonstrated|reported|examined|developed|established"
    r"|measured|observed|constructed|determined|reviewed)\b",
    re.IGNORECASE,
)
_SCHOLARLY = re.compile(
    r"\b(?:results?|methods?|models?|algorithms?|analysis|data|datasets?|theor(?:y|em|ems|etical)|framework"
    r"|approach(?:es)?|experiment(?:s|al)?"
    r"|evaluat(?:e|ion|ions|ing)|propos(?:e|ed)|demonstrat(?:e|es|ed)|performance|problem|existing|novel"
    r"|state-of-the-art|empirical(?:ly)?|benchmarks?"
    r"|learning|training|neural|distribution|parameters?|function|functions|systems?|dynamics|equations?|quantum"
    r"|energy|field|observ(?:ed|ations?)"
    r"|simulations?|measurements?|structure|properties|conditions?|numerical|techniques?|tasks?|studies|study"
    r"|hypothesis|evidence|estimat(?:e|es|ion)"
    r"|optimal|efficient|bounds?|space|finite|group|groups|algebra|manifolds?|graphs?|networks?|mass|spin|decay"
    r"|spectrum|scattering|phase|galax(?:y|ies)|stars?"
    r"|stellar|emission|investigate|significant(?:ly)?|generaliz\w+|generalis\w+|respectively|robust|scalable"
    r"|mechanisms?|behaviou?r|interactions?)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!](?:[\"'”’)\]]|\$)?(?:\s|$)")
_ENDS_WELL = re.compile(r"(?:[.?!][\"'”’)\]}$]{0,3}|https?://\S{1,300})$")
_MIN_WORDS, _MAX_WORDS = 40, 900


def is_abstract(text: str) -> bool:
    """Whether a bare paragraph reads like the abstract of a paper (see the module's documentation)."""
    if len(text) > 12_000:
        return False
    text = " ".join(text.split())
    words = len(text.split(" "))
    if not _MIN_WORDS <= words <= _MAX_WORDS or not _ENDS_WELL.search(text) or text[:1].islower():
        return False
    sentences = len(_SENTENCE_END.findall(text))
    if sentences < 2 or words / sentences < 8:
        return False
    if is_private(text):
        return False
    own_work = len({match.lower() for match in _OWN_WORK.findall(text)})
    scholarly = len({match.lower() for match in _SCHOLARLY.findall(text)})
    everyday = everyday_words(text)
    return own_work >= 1 + (everyday > 0) and scholarly >= 3 + 2 * everyday

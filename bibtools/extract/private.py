"""What belongs to somebody's daily life and not into a paper's title or abstract.

Two lists: what settles the matter (me and you, greetings, weekdays, clock times, prices, relatives), and words
that papers use too (meetings, customers, participants), which only weigh.
"""

from __future__ import annotations

import re

_SETTLES = re.compile(
    r"\b(?:appointments?|bday|birthday|boss|breakfast|brunch|daddy?|dear|dentist|dinner|groceries|haha|hallo"
    r"|hello|husband|invoices?|iban"
    r"|lunch|mom|mummy|mum|okay|passport|password|passwords|please|regards|rent|salary|shopping|sincerely|sorry"
    r"|standup|stand-up"
    r"|thank\syou|to-?dos?|tonight|vacation|wedding|wife|girlfriend|boyfriend|yesterday|yeah|lol|btw|asap|fyi"
    r"|imho|let's"
    r"|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|(?:last|next|this)\s(?:week|month"
    r"|weekend|friday)|next\ssteps?|action\sitems?"
    r"|(?:agenda|attendees|present|minutes|regrets|apologies|decisions?|actions?|owner|assignee|due|status"
    r"|subject|from|to|cc|re|fwd|location|when|where):)(?!\w)"
    r"|\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|!!|(?<![\w.])@[a-z]\w{2,}|[:;]-[)(]|[€£]\s?\d|\d\s?[€£]|\w@\w+\.\w"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\s\d{1,2}(?:st|nd"
    r"|rd|th)?\b(?!\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of\s)?(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"(?<![\w.$\\-])I(?:['’](?:m|ve|d|ll)\b|(?=,?\s+[a-z]{2,}))|(?<![\w.])me\b(?!-)")
_PRONOUN = re.compile(r"\b(?:[Yy]ou|[Yy]ours?|[Yy]ourself|[Mm]y|mine|[Mm]yself)\b(?!-)")
_PRICE = re.compile(r"\$\s?\d[\d.,]*(?:\s|$|[.,;])")
_MATHS = re.compile(r"\$[^$]{1,500}\$")
_WEIGHS = re.compile(
    r"\b(?:agenda|attendees|budgets?|buy|bought|called|colleagues?|contacts?|customers?|clients?|deadlines?"
    r"|doctor|e-?mails?|emailed|family|flight|follow-?up"
    r"|football|friends?|gr[oe]cery|guests?|hi|holidays?|hotel|invited|invitations?|kids|kpis?|okrs?|login"
    r"|meetings?|members|minutes|participants|party|phone|q[1-4]"
    r"|recipe|roadmap|sprint|stakeholders?|sync|taxes|team|thanks|today|tomorrow|trip|vendors?|weekend|weekly"
    r"|list|notes?|cheers|username)\b",
    re.IGNORECASE,
)


_GATHERS = re.compile(
    r"\b(?:applicants?|band|board|boys|candidates|carpool|cast|chapter\sauthors|choir|class\sof|committee|concert|cousins"
    r"|crew|drivers|editors|employees|families|girls|group\sphoto|interviewees|interviews|invitees|line-?up|neighbou?rs"
    r"|panel|people|players|reviewers|room|seating|seats|speakers|squad|staff|students\sin|table\s\d|tenants|tickets"
    r"|volunteers|witnesses)\b",
    re.IGNORECASE,
)


def is_gathering(title: str) -> bool:
    """Whether a line above names announces the people themselves: a committee, a panel, a table at a feast."""
    return _GATHERS.search(title) is not None


def is_private(text: str, *, title: bool = False) -> bool:
    """Whether something in a text settles that it is somebody's own. In a `title` "you" and "my" settle nothing.

    >>> is_private("Dinner with Anna on Friday"), is_private("On type-I errors in $5$ families")
    (True, False)
    """
    if "$" in text:
        text = _MATHS.sub(" ", text)
    rules = (_SETTLES, _PRICE) if title else (_SETTLES, _FIRST_PERSON, _PRONOUN, _PRICE)
    return any(rule.search(text) for rule in rules)


def everyday_words(text: str) -> int:
    """How many different words of a text belong to offices and homes more than to papers."""
    return len({word.lower() for word in _WEIGHS.findall(text)})

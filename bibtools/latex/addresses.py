r"""The verbatim argument of `\url` and `\href`."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\([%#&_~{}$])")
_UNSAFE = re.compile(r"[\s{}\\$^`\"<>|]|[^\x00-\x7f]")


def clean(typed: str) -> str:
    r"""The address as a browser takes it: without escapes, and what no address may hold percent-encoded.

    >>> clean(r"https://x.y/a\_b c"), clean("https://x.y/ü")
    ('https://x.y/a_b%20c', 'https://x.y/%C3%BC')
    """
    return _UNSAFE.sub(_percent, _ESCAPED.sub(r"\1", typed.strip()))


def escaped(address: str) -> str:
    r"""A clean address as hyperref takes it, inside another command's argument too.

    >>> escaped("https://x.y/a_b%20c#d")
    'https://x.y/a_b\\%20c\\#d'
    """
    return re.sub(r"[%#&]", r"\\\g<0>", address)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))

"""References in the order of citation, arXiv ids as links with their category; titles stay as they are written."""

from __future__ import annotations

from bibtools.plugins.plain_body import PlainBody


class Style(PlainBody):
    """References in the order of citation, arXiv ids as links."""

"""What a record says of itself."""

from __future__ import annotations

import pytest

from bibtools.identify import record_flags
from bibtools.model import Record

WITHDRAWN = [
    "This paper has been withdrawn by the author due to a crucial sign error in equation 1",
    "This paper has been withdrawn",
    "The paper is withdrawn because of an error in Lemma 3",
    "This submission has been withdrawn by arXiv administrators",
    "This article (first version) was withdrawn by the authors.",
    "Withdrawn",
    "withdrawn by the authors; superseded by arXiv:1209.5993",
    "Paper withdrawn due to an error",
    "This manuscript has been temporarily withdrawn",
    "This paper has now been retracted",
    "We withdraw this paper because the main theorem is wrong",
    "12 pages; the authors have withdrawn this manuscript",
]
STANDING = [
    "v2: withdrawn section 4",
    "v2: withdrawn section 4, which repeats earlier work; 12 pages",
    "withdrawn from submission to PRL",
    "This paper has been withdrawn from the journal Foo and submitted elsewhere",
    "12 pages. Figure 3 has been withdrawn",
    "We correct the claim of the withdrawn paper of Smith",
    "Replaces a withdrawn version by other authors",
    "Presented at NeurIPS 2023 (Spotlight)",
    "",
]


@pytest.mark.parametrize("comment", WITHDRAWN)
def test_a_paper_that_is_withdrawn(comment):
    assert "withdrawn" in record_flags(Record(id="arxiv:1", comment=comment))


@pytest.mark.parametrize("comment", STANDING)
def test_a_paper_that_stands(comment):
    assert "withdrawn" not in record_flags(Record(id="arxiv:1", comment=comment))


def test_an_abstract_may_say_so():
    abstract = "This paper has been withdrawn by the author. A new version will appear."
    assert record_flags(Record(id="arxiv:1", abstract=abstract)) == ("withdrawn",)


def test_an_abstract_that_speaks_of_withdrawals_does_not():
    abstract = "We study why papers are withdrawn. A paper that was withdrawn is cited for years all the same."
    assert record_flags(Record(id="arxiv:1", abstract=abstract)) == ()


@pytest.mark.parametrize(
    ("record", "flags"),
    [
        (Record(id="arxiv:1", comment="superseded by arXiv:1209.5993"), ("superseded",)),
        (Record(id="arxiv:1", comment="superseded by v3"), ()),
        (Record(id="arxiv:1", journal_ref="Phys. Rev. D 76 (2007)"), ("published",)),
        (Record(id="arxiv:1", dois=("10.1103/x",)), ("published",)),
        (Record(id="arxiv:1", dois=("10.48550/arXiv.1",)), ()),
        (Record(id="arxiv:1", authors_complete=False), ("incomplete-authors",)),
    ],
)
def test_flags(record, flags):
    assert record_flags(record) == flags

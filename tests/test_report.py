from bibtools import report
from bibtools.errors import Place, Problem


def problem(**values):
    return Problem(**{"severity": "error", "code": "c", "message": "m", **values})


def test_a_problem_reads_like_a_compilers():
    said = problem(
        code="bib-unclosed",
        message='entry "foo" is not closed',
        where=Place(file="refs.bib", line=12, column=1),
        hint="add a }",
    )
    assert report.render([said]) == (
        'refs.bib:12:1: error: entry "foo" is not closed [bib-unclosed]\n  hint: add a }\n'
    )


def test_control_and_direction_characters_are_shown():
    said = report.render([problem(message="a\x1b[2Jb\u202ec\nd\x9b")])
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert said.count("\n") == 1


def test_a_hundred_are_printed_and_the_rest_counted():
    said = report.render([problem(message=f"{n:03}") for n in range(250)])
    assert len(said.splitlines()) == 101
    assert said.endswith("… and 150 more\n")


def test_problems_are_sorted_by_place_and_each_said_once():
    first = problem(where=Place(file="a", line=2))
    second = problem(where=Place(file="a", line=10))
    last = problem(where=Place(file="b"))
    nowhere = problem()
    assert report.in_order([nowhere, last, second, first, second]) == (first, second, last, nowhere)


def test_remarks_are_printed_only_where_asked():
    remark = problem(severity="info")
    assert report.render([remark]) == ""
    assert report.render([remark], infos=True) != ""

"""Pieces of a page in the order in which they are read."""

from assistant.documents.layout import Piece, lines_of, rows_of, without_running

BODY, HEADING = 10.0, 13.0


def column(x: float, *lines: str, top: float = 700.0, headings: tuple[str, ...] = ()) -> list[Piece]:
    return [
        Piece(line, x, top - 15 * i, HEADING if line in headings else BODY) for i, line in enumerate(lines)
    ]


def by_row(*columns: list[Piece]) -> list[Piece]:
    return sorted((piece for pieces in columns for piece in pieces), key=lambda piece: (-piece.y, piece.x))


LEFT = column(50, "Skills", "Excel", "Java", "SQL", "Languages", "English", headings=("Skills", "Languages"))
RIGHT = column(
    250,
    "Work",
    "Cook, Grill",
    "2015-2019",
    "Driver, Taxi",
    "Education",
    "School",
    headings=("Work", "Education"),
)


def test_columns_are_read_one_after_the_other_however_they_were_drawn() -> None:
    expected = ["Skills", "Excel", "Java", "SQL", "Languages", "English"]
    for pieces in (LEFT + RIGHT, by_row(LEFT, RIGHT)):
        lines = [line for line in lines_of(rows_of(pieces)) if line]
        assert lines[:6] == expected
        assert lines[6] == "Work"


def test_rows_of_a_table_stay_rows() -> None:
    dates = column(50, "2015", "2016", "2017", "2018", "2019", "2020")
    titles = column(250, "Cook", "Driver", "Nurse", "Tailor", "Baker", "Farmer")
    assert lines_of(rows_of(by_row(dates, titles)))[0] == "2015\tCook"


def test_pieces_that_touch_are_one() -> None:
    (row,) = rows_of([Piece("Car", 50, 700, BODY), Piece("penter", 66, 700, BODY)])
    assert len(row.pieces) == 1


def test_a_gap_is_an_empty_line() -> None:
    pieces = [*column(50, "a", "b", "c"), *column(50, "d", "e", top=610)]
    assert lines_of(rows_of(pieces)) == ["a", "b", "c", "", "d", "e"]


def test_only_what_runs_at_the_edge_of_several_pages_is_left_out() -> None:
    page = rows_of(column(50, "Name, page 1", "a", "Same words", "b", "c", "Footer 1"))
    other = rows_of(column(50, "Name, page 2", "d", "Same words", "e", "f", "Footer 2"))
    for kept in without_running([page, other]):
        texts = [row.pieces[0].text for row in kept]
        assert "Same words" in texts
        assert not any(text.startswith(("Name", "Footer")) for text in texts)
    assert without_running([page]) == [page]
    assert without_running([page[:2], page[:2]]) == [page[:2], page[:2]], "nothing would be left"

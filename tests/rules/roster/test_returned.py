"""Rows that stayed out come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.roster import read_table
from alongside.rules.roster.reading import Row, Table
from alongside.rules.roster.returned import REASON_HEADERS, mark, read_returned


@given(st.lists(st.text(alphabet="'=+-@a1 \t", max_size=6), min_size=2, max_size=2))
def test_what_was_marked_comes_back_as_it_was(cells):
    table = Table(("Name", "=Note", REASON_HEADERS[0]), (Row(2, (*map(mark, cells), "why")),))
    back = read_returned(table)
    assert back.headers == ("Name", "=Note") and back.rows == (Row(2, tuple(cells)),)


@pytest.mark.parametrize("header", REASON_HEADERS)
def test_the_column_of_reasons_is_passed_over_in_both_languages(header):
    table = read_returned(read_table(f"Name,Phone,{header}\n'=1+1,'+1 213 555 0142,why\n".encode()))
    assert table.headers == ("Name", "Phone") and table.rows[0].cells == ("=1+1", "+1 213 555 0142")


def test_a_list_that_is_not_ours_keeps_its_marks():
    table = read_table(b"Name,Phone\n'=1+1,213-555-0142\n")
    assert read_returned(table) is table and table.rows[0].cells[0] == "'=1+1"

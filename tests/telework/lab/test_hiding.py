"""No number over fewer than five people, and none that could be subtracted out of those shown."""

from hypothesis import given
from hypothesis import strategies as st

from telework.lab import hiding
from telework.lab.hiding import LEAST, LEVELS

COUNTS = st.tuples(*[st.integers(0, 12)] * 4, st.integers(0, 9000), st.integers(0, 9000))
GROUPS = st.dictionaries(st.sampled_from("abcdefghi"), COUNTS, min_size=1, max_size=9)


def _total(groups):
    return tuple(map(sum, zip(*groups.values(), strict=True)))


@given(GROUPS)
def test_every_cell_shown_is_nought_or_at_least_five(groups):
    total = hiding.total_of(_total(groups))
    for table in filter(None, (total, total and hiding.table_of(groups, total.level))):
        assert all(cell == 0 or cell >= LEAST for row in table.rows for cell in row.cells)
        assert all(row.people >= LEAST for row in table.rows)


@given(GROUPS)
def test_rows_make_the_total_so_that_nothing_is_left_to_subtract(groups):
    counts = _total(groups)
    total = hiding.total_of(counts)
    table = total and hiding.table_of(groups, total.level)
    if table is None:
        return
    assert sorted(key for row in table.rows for key in row.keys) == sorted(groups)
    assert tuple(map(sum, zip(*(row.cells for row in table.rows), strict=True))) == tuple(
        sum(counts[column] for column in columns) for columns in LEVELS[table.level]
    )
    assert sum(row.before for row in table.rows) == counts[4]


def test_a_group_with_two_losers_is_told_with_another():
    groups = {"a": (6, 2, 10, 0, 100, 90), "b": (5, 8, 10, 0, 100, 90), "c": (90, 9, 9, 0, 100, 90)}
    table = hiding.table_of(groups, 0)
    assert [row.keys for row in table.rows] == [("c",), ("a", "b")]
    assert table.rows[1].cells == (11, 10, 20, 0)


def test_the_only_group_with_few_takes_a_safe_one_along():
    groups = {"a": (0, 5, 5, 0, 0, 0), "b": (0, 3, 5, 0, 0, 0), "c": (0, 30, 30, 0, 0, 0)}
    assert [row.keys for row in hiding.table_of(groups, 0).rows] == [("c",), ("a", "b")]


def test_groups_are_told_by_fewer_columns_rather_than_not_at_all():
    groups = {name: (4, 8, 20, 0, 0, 0) for name in "abcdef"}
    table = hiding.table_of(groups, 0)
    assert (table.level, len(table.rows), table.rows[0].cells) == (2, 6, (12, 20))


def test_no_table_where_no_group_stands_alone():
    assert hiding.table_of({"a": (0, 5, 5, 0, 0, 0), "b": (0, 3, 5, 0, 0, 0)}, 0) is None


def test_nothing_but_the_number_of_people_where_one_to_four_change():
    assert hiding.total_of((0, 3, 100, 0, 9, 9)) is None
    assert hiding.total_of((2, 3, 100, 0, 9, 9)).level == 2
    assert hiding.total_of((9, 6, 100, 2, 9, 9)).level == 1


@given(st.dictionaries(st.integers(-4000, 4000), st.integers(1, 9), max_size=12))
def test_stretches_of_change_hold_everybody_who_changes(deltas):
    gains = sum(people for delta, people in deltas.items() if delta > 0)
    losses = sum(people for delta, people in deltas.items() if delta < 0)
    if not (hiding.is_safe(gains) and hiding.is_safe(losses)):
        return
    bins = hiding.bins_of(deltas)
    assert sum(people for low, _high, people in bins if low > 0) == gains
    assert sum(people for low, _high, people in bins if low <= 0) == losses
    assert all(people >= LEAST for _low, _high, people in bins)


def test_the_ends_told_are_the_fifth_lowest_and_the_fifth_highest():
    counts = {1: 4, 2: 3, 50: 90, 98: 2, 99: 3}
    assert hiding.spread(counts) == (2, 50, 98)
    assert hiding.spread({1: 9}) is None


def test_months_give_way_to_quarters_where_one_is_of_few():
    refused = {"month 1": [9, 9], "month 2": [2, 2], "quarter 1": [11, 10]}
    keys = {"month": ["month 1", "month 2"], "quarter": ["quarter 1"]}
    assert hiding.stretches_of(refused, keys.__getitem__) == [("quarter 1", 11)]
    assert hiding.stretches_of({"month 1": [9, 9]}, keys.__getitem__) == [("month 1", 9), ("month 2", 0)]


def test_rules_met_by_few_are_told_with_the_smallest_of_the_others():
    rows = hiding.rules_of({"cap": [90, 40], "notice": [8, 6], "place": [3, 2]})
    assert rows == [(("cap",), 90, 40), (("notice", "place"), 11, None)]
    assert hiding.rules_of({"cap": [90, 40]}) == [(("cap",), 90, 40)]

"""The record of what may be changed in the live page's modules with no answer changed is about the modules as they are.

`make mutants` finds out who survives; that takes half an hour.
"""

import csv
from pathlib import Path

import mutants

with open(Path(__file__).parent / "data" / "surviving_mutants.csv", encoding="utf-8", newline="") as file:
    RECORD = list(csv.DictReader(file))
MADE = {(name, mutants.TEXTS[name].splitlines()[number].strip(), str(column), was, now)
        for name, number, column, was, now in mutants.mutants()}


def test_every_survivor_is_a_change_that_is_made_and_says_why_it_survives():
    for row in RECORD:
        *change, why = row.values()
        assert tuple(change) in MADE, change
        assert len(why) > 10, change


def test_most_changes_are_found_out():
    assert len({tuple(row.values()) for row in RECORD}) == len(RECORD) < 0.15 * len(MADE)


def test_a_number_is_changed_into_another():
    assert [mutants.other(number) for number in ("0", "1e12", "0.5")] == ["1", "2e+12", "1.5"]

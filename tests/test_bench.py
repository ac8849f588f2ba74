"""The plain implementations that `make bench` compares with give what the package gives."""

import pytest

from bench.__main__ import PAIRS


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.what}: {pair.plainly}")
def test_both_ways_give_the_same(pair):
    pair.agree(pair.ours(), pair.plain())

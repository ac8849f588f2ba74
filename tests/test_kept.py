"""What depends on the masses alone is computed once, and the same comes out."""

import numpy as np
import pytest

from zputils.kept import MANY, by_mass


@pytest.fixture
def counted():
    calls = []

    @by_mass(2)
    def scaled(owner, m, factor=1.0):
        calls.append(m.size)
        return m * factor

    return scaled, calls


def test_the_same_masses_are_computed_once_and_others_anew(counted):
    scaled, calls = counted
    m = np.array([0.1, 0.2])
    assert [scaled("a", m).tolist(), scaled("a", m.copy()).tolist()] == [[0.1, 0.2]] * 2
    assert scaled("a", m, factor=2.0).tolist() == [0.2, 0.4] and scaled("b", m[:1]).tolist() == [0.1]
    assert len(calls) == 3


def test_shapes_are_told_apart_and_results_cannot_be_changed(counted):
    scaled, _ = counted
    m = np.arange(1.0, 5.0)
    assert scaled("a", m).shape == (4,) and scaled("a", m.reshape(2, 2)).shape == (2, 2)
    with pytest.raises(ValueError, match="read-only"):
        scaled("a", m)[0] = 7


def test_what_cannot_be_kept_is_computed_every_time(counted):
    scaled, calls = counted
    for arguments in (([], np.ones(2)), ("a", np.ones(MANY + 1)), ("a", np.ones(2, int))):
        before = len(calls)
        assert scaled(*arguments).size == scaled(*arguments).size
        assert len(calls) == before + 2


def test_an_error_is_not_kept():
    @by_mass(2)
    def refuse(m):
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            refuse(np.ones(1))

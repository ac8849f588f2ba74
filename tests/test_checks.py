import numpy as np
import pytest

from zputils import checks


def test_shape_is_preserved():
    assert checks.mass(0.1).shape == ()
    assert checks.mass([0.1, 1]).shape == (2,)
    assert checks.mass(np.ones((2, 3))).dtype == float


@pytest.mark.parametrize("bad", [0, -1, np.nan, np.inf, [0.1, np.nan], 1 + 1j, "0.1", True, None])
def test_bad_masses_are_refused(bad):
    with pytest.raises(ValueError, match="m = "):
        checks.mass(bad)


def test_the_error_names_argument_value_and_range():
    with pytest.raises(ValueError, match=r"R's mass \[GeV\] = 90 is outside \[0, 80\]"):
        checks.mass(90.0, high=80.0, name="R's mass")
    with pytest.raises(ValueError, match=r"z = 1 is outside \(0, 1\)"):
        checks.real("z", 1, 0, 1, open_low=True, open_high=True)


def test_a_choice_lists_its_options():
    with pytest.raises(KeyError, match="'dipole', 'vmd'"):
        checks.choice("form_factor", "monopole", ("dipole", "vmd"))

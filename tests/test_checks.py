from contextlib import suppress
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from zputils import checks, curves


def test_shape_is_preserved():
    assert checks.mass(0.1).shape == ()
    assert checks.mass([0.1, 1]).shape == (2,)
    assert checks.mass(np.ones((2, 3))).dtype == float
    assert checks.mass([]).shape == (0,)
    assert checks.mass(pd.Series([0.1, 1])).shape == (2,)
    assert checks.mass(((1, 2), (3, 4))).shape == (2, 2)


@pytest.mark.parametrize("bad", [0, -1, np.nan, np.inf, [0.1, np.nan], 1 + 1j, "0.1", True, None, ["0.1"],
                                 [[0.1], [1, 2]], {"m": 0.1}, [0.1, None], np.array([0.1], object), pd.NA])
def test_bad_masses_are_refused(bad):
    with pytest.raises(ValueError, match="m = "):
        checks.mass(bad)


def test_the_error_names_argument_value_and_range():
    with pytest.raises(ValueError, match=r"R's mass \[GeV\] = 90 is outside \[0, 80\]"):
        checks.mass(90.0, high=80.0, name="R's mass")
    with pytest.raises(ValueError, match=r"z = 1 is outside \(0, 1\)"):
        checks.real("z", 1, 0, 1, open_low=True, open_high=True)


def test_where_one_is_picked_out_there_must_be_one():
    assert checks.masses(0.1).shape == (1,) and checks.masses([0.1, 1]).shape == (2,)
    with pytest.raises(ValueError, match="m is empty"):
        checks.masses([])
    with pytest.raises(ValueError, match=r"shape \(1, 2\)"):
        checks.masses([[0.1, 1]])


def test_one_number_is_no_list():
    assert checks.number("error", np.float32(2)) == 2.0 and checks.number("error", np.array(2)) == 2.0
    for bad in ([2], (2, 3), np.ones(1)):
        with pytest.raises(ValueError, match=r"error = .* must be one number"):
            checks.number("error", bad)


def test_what_is_masked_is_not_a_mass():
    m = np.ma.array([0.1, 0.2, 0.3], mask=[False, True, False])
    with pytest.raises(ValueError, match=r"m: 1 values are masked; give m\.compressed\(\)"):
        checks.mass(m)
    assert checks.mass(m.compressed()).tolist() == [0.1, 0.3]
    assert checks.mass(np.ma.array([0.1], mask=False)).tolist() == [0.1]


# -- units: stand-ins that behave as the libraries do, and the libraries where they are installed -------------------

IN_GEV = {"MeV": 1e-3, "GeV": 1.0, "eV": 1e-9}


class Astropy(float):
    """As in astropy, a number that numpy takes without its unit."""

    def __new__(cls, value, unit):
        made = super().__new__(cls, value)
        made.unit = unit
        return made

    def to_value(self, unit):
        if unit != "GeV" or self.unit not in IN_GEV:
            raise LookupError(f"{self.unit} and {unit} are not convertible")
        return float(self) * IN_GEV[self.unit]


class Pint:
    """As in pint, units and magnitude."""

    def __init__(self, value, units):
        self.magnitude, self.units = value, units

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.magnitude)

    def to(self, unit):
        return Pint(Astropy(self.magnitude, self.units).to_value(unit), unit)


def libraries():
    found = []
    with suppress(ImportError):
        found.append(import_module("astropy.units").Quantity)
    with suppress(ImportError):
        found.append(import_module("pint").UnitRegistry().Quantity)
    return found


@pytest.mark.parametrize("quantity", [Astropy, Pint, *libraries()])
def test_units_are_converted_or_refused(quantity):
    assert checks.mass(quantity(100, "MeV")) == pytest.approx(0.1, rel=1e-12)
    np.testing.assert_allclose(checks.mass([quantity(100, "MeV"), quantity(2, "GeV")]), [0.1, 2])
    np.testing.assert_allclose(checks.mass((0.5, quantity(1e9, "eV"))), [0.5, 1])  # a number is in GeV
    with pytest.raises(ValueError, match=r"m = .* has a unit that is not GeV"):
        checks.mass(quantity(1, "m"))
    with pytest.raises(ValueError, match=r"g_mu = .* has a unit that is not that of a pure number"):
        checks.real("g_mu", quantity(1, "MeV"))
    with pytest.raises(ValueError, match="m = -1 is outside"):
        checks.mass(quantity(-1, "GeV"))


@pytest.mark.parametrize("quantity", libraries())
def test_arrays_with_units(quantity):
    np.testing.assert_allclose(checks.mass(quantity([1, 10], "MeV")), [1e-3, 1e-2])
    assert checks.real("g_mu", quantity(0.5, "")) == 0.5


# -- names ---------------------------------------------------------------------------------------------------------


def test_a_choice_lists_its_options():
    with pytest.raises(KeyError, match="'dipole', 'vmd'"):
        checks.choice("form_factor", "monopole", ("dipole", "vmd"))


@pytest.mark.parametrize(("given", "close"), [
    ("Ship", "'SHiP'"), ("na64mu", "'NA64mu'"), ("Borexno", "'Borexino'"), ("babar", "'BaBar 4mu'")])
def test_an_unknown_name_is_answered_with_the_nearest(given, close):
    options = ["SHiP", "NA64mu", "Borexino", "BaBar 4mu", *(f"other {i}" for i in range(20))]
    with pytest.raises(KeyError, match=f"bound = '{given}' is not one of the 24 there are; nearest: {close}"):
        checks.choice("bound", given, options)


@pytest.mark.parametrize("value", [["e"], {"e"}, None, 3, np.array(["e", "mu"]), float("nan")])
def test_what_is_no_name_is_none_of_the_names(value):
    with pytest.raises(KeyError, match=r"channel = .* is not one of 'e', 'mu'"):
        checks.choice("channel", value, {"e": 1, "mu": 2})


def test_the_catalogue_answers_in_the_same_way():
    with pytest.raises(KeyError, match="nearest: 'Borexino_LmuLtau'"):
        curves.entry("borexino_lmultau")


@pytest.mark.parametrize("values", ["SHiP", b"SHiP", 3, None])
def test_a_list_of_names_is_a_list(values):
    with pytest.raises(TypeError, match=r"names = .* must be a list of names"):
        checks.listed("names", values)


def test_what_is_of_the_wrong_kind_is_named():
    with pytest.raises(TypeError, match=r"x = 3 must be a str$"):
        checks.instance("x", 3, str)
    with pytest.raises(TypeError, match=r"it is to be called first: mass\(\.\.\.\)"):
        checks.instance("model", checks.mass, float)


def test_what_a_function_gave_is_checked_where_it_fails():
    m = np.array([0.1, 0.2])
    assert checks.returned("source", 2.0, m) == 2.0
    assert checks.returned("source", np.ones((3, 2)), m).shape == (3, 2)
    for values, text in (([1, np.nan], "m = 0.2 GeV = nan"), ([-1, 1], "m = 0.1 GeV = -1"), (np.inf, "= inf"),
                         ([[1, 1], [1, -3]], "m = 0.2 GeV = -3")):
        with pytest.raises(ValueError, match=f"source at .*{text} is outside"):
            checks.returned("source", values, m)

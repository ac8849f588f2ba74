"""Wrong input, kind by kind: what stands for the physics' own numbers is refused by name wherever it comes in."""

from dataclasses import replace

import numpy as np
import pytest

from zputils import FASER, SEAQUEST, SHIP, ZPrime, bounds
from zputils.experiments.dune import DUNE
from zputils.methods.stopped_pions import StoppedPions
from zputils.physics import decays, production, written
from zputils.variations import Choice

MODEL = ZPrime.muonic(g_nu=0.1)
NUMBERS = (np.nan, np.inf, -1.0, "1", [0.5, 0.6], None)


@pytest.mark.parametrize("dump", [SHIP, SEAQUEST, FASER], ids=lambda dump: dump.name)
@pytest.mark.parametrize("value", [np.nan, np.inf, -1.0])
def test_a_source_that_is_no_rate_is_refused_where_it_fails(dump, value):
    m = np.array([0.05, 0.1, 0.2])
    broken = replace(dump, source=lambda model, m: np.where(m < 0.1, 1.0, value))
    for call in (lambda: broken.reach(MODEL, m), lambda: broken.log_rate(MODEL, m, 1e-5)):
        with pytest.raises(ValueError, match=rf"source of {dump.name} at m = 0.1 GeV = {value:g} is outside"):
            call()


@pytest.mark.parametrize("value", [np.nan, np.inf, [0.1], "1"])
def test_a_shift_is_one_number(value):
    for function in (decays.partial_widths, decays.total_width):
        with pytest.raises(ValueError, match="shift = "):
            function(MODEL, 0.5, value)
    with pytest.raises(ValueError, match="shift = "):
        decays.branching_ratio(MODEL, 0.5, shift=value)


@pytest.mark.parametrize(("z", "pt2"), [(0, 0.1), (1, 0.1), (-0.5, 0.1), (1.5, 0.1), (np.nan, 0.1), (0.5, -0.1),
                                        (0.5, np.nan)])
def test_splitting_fractions_are_between_0_and_1(z, pt2):
    with pytest.raises(ValueError, match=r"(z|pt2 \[GeV\^2\]) = "):
        production.splitting(z, pt2, 0.1)


@pytest.mark.parametrize(("field", "bad"), [(field, value) for field in ("fraction", "pt_max", "r_shift")
                                            for value in NUMBERS if (field, value) != ("r_shift", -1.0)]
                         + [("fraction", 1.5), ("fraction", 0), ("pt_max", 0)])
def test_our_own_choices_are_numbers_in_their_range(field, bad):
    with pytest.raises(ValueError, match=rf"{field}.* ="):
        Choice(**{field: bad})


@pytest.mark.parametrize("value", [0, -1, np.nan, np.inf, [1], "1"])
def test_an_exposure_is_above_0(value):
    with pytest.raises(ValueError, match="exposure = "):
        replace(DUNE, exposure=value)
    argon = {"name": "x", "target": ("Ar",), "mass": 1.0, "protons": 1e23, "distance": 28.0, "window": (2e-5, 1e-4),
             "systematic": 0.05, "level": 0.9}
    for field in ("mass", "protons", "distance"):
        with pytest.raises(ValueError, match=f"{field} = "):
            StoppedPions(**argon | {field: value}).regions(MODEL, 0.1)


def test_text_for_a_list_of_names():
    for call in (lambda: replace(DUNE, tables="trident_dune_argon"), lambda: bounds.coverage(MODEL, 0.1, "SHiP"),
                 lambda: StoppedPions(name="x", target="Ar", mass=1.0, protons=1e23, distance=28.0, window=(2e-5, 1e-4),
                                      systematic=0.05, level=0.9)):
        with pytest.raises(TypeError, match="must be a list of names"):
            call()


@pytest.mark.parametrize("model", [None, "muonic", 1.0, {"mu": 1.0}, ZPrime, ZPrime.muonic])
def test_a_model_that_is_no_model(model):
    for call in (lambda: decays.total_width(model, 0.1), lambda: bounds.band(model, 0.1),
                 lambda: bounds.get("SHiP").region(model, 0.1), lambda: SHIP.reach(model, 0.1)):
        with pytest.raises(TypeError, match=r"model = .* must be a Couplings"):
            call()


@pytest.mark.parametrize("masses", [0.1, np.geomspace(0.01, 1, 30_000)])
def test_what_is_no_model_at_few_points_or_many(masses):
    with pytest.raises(TypeError, match="model = 3 must be a Couplings"):
        bounds.excluded_by(3, masses, 1e-3)


def test_axial_couplings_of_quarks_are_refused_and_not_ignored():
    with pytest.raises(TypeError, match="unexpected keyword argument 'u_axial'"):
        ZPrime(u=1.0, u_axial=0.1)
    with pytest.raises(KeyError, match="fermion = 'u_axial'"):
        written.read("u=1,u_axial=0.1")
    assert written.read("mu=1,mu_axial=0.1") == replace(ZPrime(mu=1.0, mu_axial=0.1), name="mu=1,mu_axial=0.1")


def test_an_empty_list_of_masses_gives_empty_edges():
    lower, upper = SHIP.reach(ZPrime.muonic(), [])
    assert lower.shape == upper.shape == (0,)


def test_a_number_in_gives_a_number_out():
    model = ZPrime.muonic(g_nu=0.1)
    for value in (decays.total_width(model, 0.1), decays.branching_ratio(model, 0.1), SHIP.reach(model, 0.1)[0]):
        assert isinstance(value, np.float64)

from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import brentq

from zputils import ZPrime, curves
from zputils.constants import E_CHARGE, HBAR_C
from zputils.experiments.faser import FASER
from zputils.experiments.seaquest import SEAQUEST
from zputils.experiments.ship import SHIP
from zputils.methods.beam_dump import BeamDump
from zputils.methods.calibration import threshold
from zputils.methods.geometry import Geometry
from zputils.physics.production import bremsstrahlung_source

SIMPLE = BeamDump(name="Sec. 3.1", geometry=Geometry(60, 50, 200), beam_energy=400, sensitivity=1e-19,
                  source=lambda model, m: model.e**2 * np.ones_like(m))


def electrons_and_neutrinos(ratio):
    return ZPrime(e=1.0, nu_mu=ratio, reference=r"$g_e$")


@pytest.mark.parametrize("ratio", [0, 5, 50])
def test_eq_3_8_follows_from_3_2_to_3_7(ratio):
    """m_e is neglected in Eq. 3.8; at 100 MeV that is 4 parts in 10^9."""
    g, m = np.geomspace(1e-8, 1e-5, 20), 0.1
    width = 1 + ratio**2 / 2
    unit = m**2 / (12 * np.pi * 200 * HBAR_C)
    expected = g**2 / width * np.exp(-60 * unit * g**2 * width) * -np.expm1(-50 * unit * g**2 * width)
    rate = np.exp(SIMPLE.log_rate(electrons_and_neutrinos(ratio), m, g))
    np.testing.assert_allclose(rate, expected, rtol=1e-6)


def test_the_edges_are_where_the_rate_is_the_threshold():
    m = np.geomspace(2e-3, 2, 40)
    for dump, masses in ((SHIP, m), (SEAQUEST, m), (FASER, np.geomspace(0.011, 1.3, 30))):
        for model in (ZPrime.dark_photon(), ZPrime.muonic(0.2), ZPrime.b_minus_l()):
            for edge in dump.reach(model, masses):
                found = np.isfinite(edge)
                rates = dump.log_rate(model, masses[found], edge[found])
                np.testing.assert_allclose(rates, np.log(threshold(dump)), atol=1e-9)


def test_reach_against_a_scalar_solver():
    model, m = ZPrime.muonic(0.2), 0.05
    lower, upper = SHIP.reach(model, m)
    gap = lambda x: float(SHIP.log_rate(model, m, np.exp(x))) - np.log(0.75e-20)  # noqa: E731
    peak = np.log(np.sqrt(lower * upper))
    assert np.log(lower) == pytest.approx(brentq(gap, -25, peak), abs=1e-8)
    assert np.log(upper) == pytest.approx(brentq(gap, peak, 0), abs=1e-8)


def test_neutrinos_shrink_the_reach():
    m = np.geomspace(2e-3, 2, 60)
    reaches = [SHIP.reach(ZPrime.muonic(ratio), m) for ratio in (0, 0.05, 0.2, 2)]
    for (lower, upper), (smaller_lower, smaller_upper) in pairwise(reaches):
        seen = np.isfinite(smaller_lower)
        assert np.all(np.isfinite(lower[seen]))
        assert np.all(smaller_lower[seen] >= lower[seen]) and np.all(smaller_upper[seen] <= upper[seen])


def deviation(form_factor):
    """Our reach over the published one, calibrated at 100 MeV with epsilon read as in Sec. 3.3."""
    edge = curves.load(f"SHiP_Ahdida2020new_brem_{form_factor}")
    photon = ZPrime.dark_photon(hypercharge=True)
    dump = replace(SHIP, source=partial(bremsstrahlung_source, beam_energy=400, form_factor=form_factor))
    dump = dump.calibrated(photon, 0.1, edge.lower_at(0.1))
    m = edge.m[edge.m <= 2.1]
    lower, upper = dump.reach(photon, m)
    return m, np.abs(lower / edge.lower_at(m) - 1), np.abs(upper / edge.upper_at(m) - 1)


def test_ship_dipole_is_reproduced():
    _, lower, upper = deviation("dipole")
    assert lower.max() < 0.10 and upper.max() < 0.18


def test_ship_vmd_is_reproduced():
    m, lower, upper = deviation("vmd")
    assert lower[m < 0.75].max() < 0.10 and upper[(m < 0.75)].max() < 0.18
    assert max(lower[m <= 1.3].max(), upper[m <= 1.3].max()) < 0.25


def test_seaquest_is_reproduced_outside_the_resonances():
    edge = curves.load("SeaQuest_phase1_Berlin2018")
    m = edge.m[edge.m < 1.35]  # the last 2 % in mass are the tip
    m = m[((m < 0.74) | (m > 0.82)) & (np.abs(m - 1.019) > 0.01)]  # rho-omega and phi
    lower, upper = SEAQUEST.reach(ZPrime.dark_photon(), m)
    assert np.abs(lower / edge.lower_at(m) - 1).max() < 0.20
    assert np.abs(upper / edge.upper_at(m) - 1).max() < 0.20


def test_faser_lower_edge_comes_back_and_the_upper_is_predicted():
    edge = curves.load("FASER2_Ariga2018uku")
    m = edge.m[edge.m < 1.3]
    lower, upper = FASER.reach(ZPrime.dark_photon(), m)
    np.testing.assert_allclose(lower, edge.lower_at(m), rtol=1e-6)
    assert np.median(np.abs(upper / edge.upper_at(m) - 1)) < 0.10


def test_calibration_is_the_lower_edge():
    photon = ZPrime.dark_photon(hypercharge=True)
    dump = SHIP.calibrated(photon, 0.1, 5.28e-8)
    assert dump.reach(photon, 0.1)[0] == pytest.approx(5.28e-8)
    # lower edge: g^4 m^2 L_dec/(12 pi p hbar c), nothing lost in the shielding
    g = 5.28e-8 * E_CHARGE * np.sqrt(1 - 0.23121)
    assert dump.sensitivity == pytest.approx(g**4 * 0.01 * 50 / (12 * np.pi * 200 * HBAR_C), rel=1e-4)


def test_what_cannot_be_seen_says_why():
    model = ZPrime.universal_leptons()
    for dump in (SHIP, SEAQUEST):
        lower, upper = dump.reach(model, [0.01, 0.1])
        assert np.isnan(lower).all() and np.isnan(upper).all()
        assert "protons" in dump.why_not(model)
    assert SHIP.why_not(ZPrime.muonic()) is None
    assert "protons" in SHIP.why_not(ZPrime(s=1.0, mu=1.0))
    assert SHIP.why_not(ZPrime(u=1.0, nu_mu=0.01)) is None  # hadrons, above 2 m_pi
    assert "visible" in SEAQUEST.why_not(ZPrime(u=1.0, nu_mu=1.0))
    assert "too few" in SEAQUEST.why_not(ZPrime.muonic(g_nu=100))


def test_a_mass_alone_equals_the_same_mass_in_an_array():
    m = np.geomspace(2e-3, 2, 17)
    model = ZPrime.muonic(0.2)
    together, alone = SHIP.reach(model, m), [SHIP.reach(model, x) for x in m]
    np.testing.assert_array_equal(together, np.transpose(alone))


@pytest.mark.parametrize("m", [0, -1, np.nan, [0.1, np.inf]])
def test_bad_masses(m):
    with pytest.raises(ValueError, match="m"):
        SHIP.reach(ZPrime.muonic(), m)


def test_masses_beyond_the_source_are_refused():
    with pytest.raises(ValueError, match=r"\[0\.01, 1\.3451\]"):
        FASER.reach(ZPrime.muonic(), 2.0)
    with pytest.raises(ValueError, match="m"):
        SEAQUEST.reach(ZPrime.muonic(), 20.0)


def test_bad_geometry_and_couplings():
    with pytest.raises(ValueError, match="momentum = -1"):
        Geometry(60, 50, -1)
    with pytest.raises(ValueError, match="sensitivity = 0"):
        replace(SHIP, sensitivity=0.0)
    with pytest.raises(ValueError, match=r"g = -0\.1"):
        SHIP.log_rate(ZPrime.muonic(), 0.1, -0.1)

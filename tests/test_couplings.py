"""Models beyond eleven constant numbers: arithmetic, couplings that run, axial ones, further decays."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq

from zputils import SHIP, ZPrime, bounds
from zputils.constants import (
    ALPHA,
    CHARGE,
    CHARGED_LEPTON_MASS,
    E_CHARGE,
    G_FERMI,
    HBAR_C,
    M_E,
    M_MU,
    M_TAU,
    M_Z,
    SIN2_W,
    SIN2_W_LOW,
)
from zputils.experiments.predicted import FASER_2, SHIP_ALL, SHIP_MUONIC
from zputils.methods.bound import MASSES
from zputils.methods.counting import Counting
from zputils.physics import decays
from zputils.physics.g_minus_2 import ANOMALY_2021, Anomaly, delta_a_mu
from zputils.physics.models import QUARKS, ZPrimes, mixing_couplings
from zputils.physics.nu_electron import nu_electron
from zputils.physics.trident_amplitude import C_A, C_V

ONE_LOOP = ZPrime.l_mu_minus_l_tau(loop="one-loop")
M = np.array([0.003, 0.05, 0.2, 2 * M_MU, 0.3, 0.7, 1.3, 3.3])


# -- arithmetic ------------------------------------------------------------------------------------------

def test_models_add_subtract_and_scale_like_vectors():
    a, b = ZPrime.muonic(g_nu=0.3), ZPrime.b_minus_l()
    total = sum([a, b, a])
    for name, value in total.couplings.items():
        assert value == pytest.approx(2 * a.couplings[name] + b.couplings[name])
        assert (-a).couplings[name] == -a.couplings[name]
        assert (a / 4).couplings[name] == pytest.approx(a.couplings[name] / 4)
        assert (a - b).couplings[name] == pytest.approx(a.couplings[name] - b.couplings[name])


def test_the_name_of_the_reference_follows_a_rescaling_and_is_cleared_by_a_sum():
    model = ZPrime.muonic()
    assert (model / 2).reference == r"$2\,g_\mu$" and (model / 2).mu == 0.5
    assert (model / 2 * 2).reference == model.reference == (-1 * (-model)).reference
    assert (-model).reference == r"$-g_\mu$"
    assert (0.01 * model).reference == r"$100\,g_\mu$"
    assert (model / 3 * 3).reference == model.reference
    assert (model + 0.01 * ZPrime.dark_photon()).reference == "$g$" == (0 * model).reference


@pytest.mark.parametrize("wrong", [lambda a: a / 0, lambda a: a * np.nan, lambda a: a * np.inf])
def test_a_factor_that_is_no_number_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong(ZPrime.muonic())


@pytest.mark.parametrize("wrong", [lambda a: a + 1, lambda a: a - 1, lambda a: a * [1, 2], lambda a: 1 / a])
def test_what_is_no_arithmetic_of_models_is_refused(wrong):
    for model in (ZPrime.muonic(), ONE_LOOP):
        with pytest.raises(TypeError):
            wrong(model)


def test_a_rescaled_model_has_rescaled_bounds():
    for name in ("SHiP", "Borexino", "BaBar 4mu", "N_eff"):
        one, half = (bounds.get(name).region(model, [0.005, 0.3]) for model in (ONE_LOOP, ONE_LOOP / 2))
        np.testing.assert_allclose(half.lower, 2 * one.lower, rtol=1e-10)


# -- couplings that run ----------------------------------------------------------------------------------

def epsilon(q2, first, second):
    """The integral of the docstring of `loop_mixing`, as it stands, for |eps| or real q2 below threshold."""
    def integrand(x, part):
        value = np.log(((first**2 - x * (1 - x) * q2) / (second**2 - x * (1 - x) * q2)) + 0j)
        return x * (1 - x) * (value.real if part == 0 else value.imag)
    return -E_CHARGE / (2 * np.pi**2) * quad(integrand, 0, 1, args=(0,), limit=400)[0]


@pytest.mark.parametrize("preset, pair, third", [
    (ZPrime.l_mu_minus_l_tau, ("mu", "tau"), "e"), (ZPrime.l_e_minus_l_mu, ("e", "mu"), "tau"),
    (ZPrime.l_e_minus_l_tau, ("e", "tau"), "mu")])
def test_a_difference_of_lepton_numbers_has_the_loop_of_its_own_leptons(preset, pair, third):
    masses = [CHARGED_LEPTON_MASS[lepton] for lepton in pair]
    model, constant = preset(loop="one-loop"), preset()
    at = model.at(np.array([5e-4, 0.05, 1.0]))
    for i, m in enumerate((5e-4, 0.05, 1.0)):
        expected = epsilon(m**2, *masses)
        assert at.proton[i].real == pytest.approx(expected * E_CHARGE, rel=1e-5)
        assert getattr(at, third)[i].real == pytest.approx(-expected * E_CHARGE, rel=1e-5)
    assert at.proton.imag[0] == 0 and (abs(at.proton.imag[2]) > 0)
    logarithm = 2 * ALPHA / (3 * np.pi) * np.log(masses[1] / masses[0])  # Eq. 2.12 with these masses
    assert constant.proton == pytest.approx(logarithm) and getattr(constant, third) == pytest.approx(-logarithm)
    assert model.spacelike(1.0).proton == pytest.approx(constant.proton)
    assert model.spacelike(1.0, q2=0.01).proton == pytest.approx(epsilon(-0.01, *masses) * E_CHARGE, rel=1e-6)
    assert {f: getattr(model, f) for f in (*pair, f"nu_{pair[0]}", f"nu_{pair[1]}")} == dict(
        zip((*pair, f"nu_{pair[0]}", f"nu_{pair[1]}"), (1, -1, 1, -1), strict=True))


def constant_at(model, m, size):
    """The constant L_mu - L_tau with what the loop induces times a factor."""
    induced = ZPrime.l_mu_minus_l_tau()
    return ZPrime(**ZPrime.l_mu_minus_l_tau(loop=False).couplings | {
        f: size * getattr(induced, f) for f in ("e", *QUARKS)})


@pytest.mark.parametrize("name", bounds.register())
def test_every_bound_on_a_running_model_is_mass_by_mass_that_on_a_constant_one(name):
    """The reference: at each mass a constant model with the size of the loop there, in scattering that at -q^2."""
    bound = bounds.get(name)
    low, high = getattr(bound, "mass_range", (0, np.inf))
    m = M[(M >= low) & (M <= high)]
    m = m if m.size else np.geomspace(low, high, 4)[1:3]
    region = bound.region(ONE_LOOP, m)
    for i, mass in enumerate(m):
        q2 = -bound.q2 if isinstance(bound, Counting) else mass**2
        factor = abs(ONE_LOOP.at(mass).e if q2 > 0 else ONE_LOOP.spacelike(mass, -q2).e) / abs(
            ZPrime.l_mu_minus_l_tau().e)
        one = bound.region(constant_at(ONE_LOOP, mass, factor), [mass])
        np.testing.assert_allclose(region.lower[:, i], one.lower[:, 0], rtol=1e-9)
        np.testing.assert_allclose(region.upper[:, i], one.upper[:, 0], rtol=1e-9)
    assert (bound.why_not(ONE_LOOP) is None) == (bound.why_not(ZPrime.l_mu_minus_l_tau()) is None)
    assert bound.needs(ONE_LOOP) == bound.needs(ZPrime.l_mu_minus_l_tau())


def test_many_running_models_side_by_side():
    models = [ONE_LOOP, ZPrime.muonic(g_nu=0.1), 0.5 * ZPrime.muonic(g_nu=0.1, loop="one-loop"), ZPrime.b_minus_l()]
    many, m = ZPrimes.of(models), np.array([0.012, 0.1, 0.5])
    for name in ("SHiP", "BaBar", "COHERENT", "CHARM II", "Borexino", "BaBar 4mu", "N_eff", "BBN+CMB"):
        together = bounds.get(name).region(many, m)
        for i, model in enumerate(models):
            alone = bounds.get(name).region(model, m)
            np.testing.assert_allclose(np.broadcast_to(together.lower, (len(alone.lower), 4, 3))[:, i], alone.lower,
                                       rtol=1e-9)
    np.testing.assert_allclose(bounds.coverage(many, m, ["SHiP"])[0], bounds.coverage(ONE_LOOP, m, ["SHiP"]))


def test_one_mass_and_masses_of_any_shape():
    square = M[:4].reshape(2, 2)
    for function in (decays.total_width, decays.branching_ratio):
        np.testing.assert_allclose(function(ONE_LOOP, square), function(ONE_LOOP, M[:4]).reshape(2, 2), rtol=1e-12)
        assert function(ONE_LOOP, 0.05) == pytest.approx(function(ONE_LOOP, M)[1])
        assert function(ONE_LOOP, [0.05]) == pytest.approx(function(ONE_LOOP, M)[1:2])
    assert bounds.get("CHARM II").limit(ONE_LOOP, square).shape == (2, 2)


def test_interference_of_a_loop_with_a_constant_coupling_keeps_its_phase():
    total = ONE_LOOP + 0.003 * ZPrime.dark_photon()
    e = ONE_LOOP.at(1.0).e - 0.003 * E_CHARGE
    assert abs(e.imag) > 1e-3  # above 2 m_mu
    expected = decays.lepton_width(1.0, abs(e), M_E)
    assert decays.partial_widths(total, 1.0)["e"] == pytest.approx(expected)
    ratio = abs(total.at(1.0).proton) ** 2 / E_CHARGE**2
    photon = decays.partial_widths(ZPrime.dark_photon(), 1.0)["hadrons"]
    assert decays.partial_widths(total, 1.0)["hadrons"] == pytest.approx(ratio * photon)


def test_a_running_coupling_is_never_taken_for_a_number():
    for name in ("e", "proton", "couplings", "u"):
        with pytest.raises(AttributeError, match="depends on the mass"):
            getattr(ONE_LOOP, name)
    with pytest.raises(ValueError, match="other masses"):
        ONE_LOOP.at(0.1).at(0.2)
    with pytest.raises(ValueError, match="one-loop"):
        ZPrime.muonic(loop="two-loop")


def test_mixing_follows_the_mass_of_the_boson():
    model = ZPrime.mixed(epsilon=1e-3, theta=1e-4)
    at = model.at(np.array([0.1, 5.0]))
    for i, m in enumerate((0.1, 5.0)):
        left, right = mixing_couplings(m, 1e-3, 1e-4, "mu")
        assert (at.mu[i], at.mu_axial[i]) == pytest.approx(((left + right) / 2, (right - left) / 2))
        fixed = ZPrime.mixed(epsilon=1e-3, theta=1e-4, m=m)
        for name in ("SHiP", "Borexino", "BaBar", "COHERENT"):
            np.testing.assert_allclose(bounds.get(name).region(model, [m]).lower,
                                       bounds.get(name).region(fixed, [m]).lower, rtol=1e-9)
    summary = bounds.summary(ZPrime.mixed(epsilon=1.0), np.geomspace(0.01, 5, 20))
    photon = bounds.summary(-ZPrime.dark_photon(), np.geomspace(0.01, 5, 20))
    assert summary.coupling["BaBar"] == pytest.approx(photon.coupling["BaBar"], rel=1e-3)


def test_a_summary_and_a_scan_take_a_running_model(scan):
    m = np.geomspace(0.01, 5, 30)
    table, constant = (bounds.summary(model, m) for model in (ONE_LOOP, ZPrime.l_mu_minus_l_tau()))
    alike = table.why_not.fillna("") == constant.why_not.fillna("")
    assert set(constant.why_not[~alike]) <= {"nothing at these masses"} and table.why_not.isna().sum() > 20
    assert table.coupling["BaBar"] != constant.coupling["BaBar"]
    grid = scan.Grid(m=[0.02, 0.5], model=lambda g_nu: ZPrime.muonic(g_nu=g_nu, loop="one-loop"), g_nu=[0.1, 1.0])
    data = scan.evaluate(grid, ["SHiP", "DUNE"])
    edge = bounds.get("SHiP").region(ZPrime.muonic(g_nu=1.0, loop="one-loop"), [0.02, 0.5])
    np.testing.assert_allclose(data.lower.sel(bound="SHiP", g_nu=1.0), edge.lowest)


# -- axial couplings of charged leptons ---------------------------------------------------------------------

def test_axial_widths_are_those_of_the_z():
    """Gamma = sqrt2 G_F m_Z^3/(12 pi) beta [g_V^2 (3 - beta^2)/2 + g_A^2 beta^2], Review of Particle Physics."""
    v, a = SIN2_W * 2 - 0.5, -0.5
    unit = np.sqrt(np.sqrt(2) * G_FERMI * M_Z**2)  # Z couples with unit (v - a gamma5)
    model = ZPrime(tau=unit * v, tau_axial=-unit * a)
    beta = np.sqrt(1 - 4 * M_TAU**2 / M_Z**2)
    expected = np.sqrt(2) * G_FERMI * M_Z**3 / (12 * np.pi) * beta * (v**2 * (3 - beta**2) / 2 + a**2 * beta**2)
    assert decays.total_width(model, M_Z) == pytest.approx(expected)
    assert expected == pytest.approx(0.0838, rel=0.01)  # GeV


def test_axial_part_of_the_moment_is_that_of_the_z():
    """G_F m_mu^2/(8 sqrt2 pi^2) [(4 s_W^2 - 1)^2 - 5]/3, the Z's share of the electroweak term: -193.9e-11."""
    unit = np.sqrt(np.sqrt(2) * G_FERMI * M_Z**2)
    s2 = 0.2230
    value = delta_a_mu(M_Z, unit * abs(2 * s2 - 0.5), axial=unit * 0.5)
    expected = G_FERMI * M_MU**2 / (8 * np.sqrt(2) * np.pi**2) * ((4 * s2 - 1) ** 2 - 5) / 3
    assert value == pytest.approx(expected, rel=1e-4) == pytest.approx(-193.9e-11, rel=2e-3)


def test_axial_part_of_the_moment_of_a_light_boson():
    """The longitudinal part is a pseudoscalar with y = 2 a m_mu/m: -y^2/(16 pi^2) where it is light."""
    m = 1e-5
    assert delta_a_mu(m, 0.0, axial=1.0) == pytest.approx(-(2 * M_MU / m) ** 2 / (16 * np.pi**2), rel=1e-3)


def test_the_band_of_an_axial_coupling():
    m = np.array([0.01, 1.0])
    _, low, central, high = bounds.band(ZPrime(mu=1.0, mu_axial=0.1), m)
    for g, shift in zip((low, central, high), (-1, 0, 1), strict=True):
        target = ANOMALY_2021.value + shift * ANOMALY_2021.error
        works = np.isfinite(g)
        np.testing.assert_allclose(delta_a_mu(m, np.nan_to_num(g), np.nan_to_num(0.1 * g))[works], target)
    assert np.isfinite(central).tolist() == [False, True]  # longitudinal: negative at light masses
    assert np.isnan(bounds.band(ZPrime(mu_axial=1.0), m)[2]).all()
    below = bounds.band(ZPrime(mu_axial=1.0), m, Anomaly(-2e-9, 1e-10))
    np.testing.assert_allclose(delta_a_mu(m, 0.0, below[2]), -2e-9)


CHIRAL = [ZPrime(e=1.0, e_axial=a, mu=0.7, mu_axial=b, nu_e=0.3, nu_mu=1.0, nu_tau=-0.5)
          for a, b in ((1.0, 0.0), (-1.0, 0.7), (0.3, -0.2), (0.0, 1.5))]


@pytest.mark.parametrize("model", CHIRAL)
def test_neutrino_electron_scattering_is_exact_in_g_l_and_g_r(model):
    borexino, m, g = bounds.get("Borexino"), 0.01, 3e-5
    left, right = model.e - model.e_axial, model.e + model.e_axial

    def rate(g):
        def integrand(t, flavour, nu):
            x = g**2 * nu / (2 * np.sqrt(2) * G_FERMI * (m**2 + 2 * M_E * t))
            g_l = SIN2_W_LOW + (0.5 if flavour == 0 else -0.5) + x * left
            return nu_electron(t, borexino.energy, g_l, SIN2_W_LOW + x * right)
        return sum(share * quad(integrand, *borexino.window, args=(i, nu))[0] for i, (share, nu) in enumerate(
            zip(borexino.flavours, (model.nu_e, model.nu_mu, model.nu_tau), strict=True)))

    n0, n1, n2 = borexino.counts(model, m)
    assert (n0 + n1 * g**2 + n2 * g**4) / n0 == pytest.approx(rate(g) / rate(0.0), rel=1e-3)


@pytest.mark.parametrize("model", CHIRAL)
@pytest.mark.parametrize("swap, bin_", [(False, 0), (True, 1)])
def test_antineutrinos_see_left_and_right_exchanged(model, swap, bin_):
    charm, m, g = bounds.get("CHARM II"), 0.5, 1e-3
    energy, top = charm.energies[bin_], charm.window[1]
    left, right = model.e - model.e_axial, model.e + model.e_axial

    def rate(g):
        def integrand(t):
            x = g**2 * model.nu_mu / (2 * np.sqrt(2) * G_FERMI * (m**2 + 2 * M_E * t))
            pair = SIN2_W_LOW - 0.5 + x * left, SIN2_W_LOW + x * right
            return nu_electron(t, energy, *(pair[::-1] if swap else pair))
        return quad(integrand, charm.window[0], min(top, 2 * energy**2 / (M_E + 2 * energy)))[0]

    kernel, products = charm.response(model, np.array([m]))
    n1, n2 = kernel.at(products)
    assert 1 + (n1 * g**2 + n2 * g**4)[bin_, 0, 0] == pytest.approx(rate(g) / rate(0.0), rel=1e-3)


@pytest.mark.parametrize("model", CHIRAL)
def test_tridents_have_an_axial_part(model):
    ccfr, m, g = bounds.get("CCFR"), 0.1, 1e-3
    k2, vv, aa = ccfr.bins()
    x = g**2 * model.nu_mu / (np.sqrt(2) * G_FERMI * (m**2 + k2))
    expected = vv @ (C_V + x * model.mu) ** 2 + aa @ (C_A - x * model.mu_axial) ** 2
    n0, n1, n2 = ccfr.counts(model, m)
    assert n0 + n1 * g**2 + n2 * g**4 == pytest.approx(expected)
    assert ccfr.limit(model, [m])[0] > 0 and ccfr.limit(ZPrimes.of([model] * 2), [m]).shape == (2, 1)


def test_a_left_handed_coupling_scatters_like_the_weak_one():
    """A heavy Z' of left-handed muons adds the same to C_V and C_A: with it scaled to C_V = C_A, an exact factor."""
    _, vv, aa = bounds.get("CCFR").bins()
    _, n1, n2 = bounds.get("CCFR").counts(ZPrime(mu=0.5, mu_axial=-0.5, nu_mu=1.0), 1e4)
    x = 1 / (np.sqrt(2) * G_FERMI * 1e8)
    assert n1 == pytest.approx(x * (C_V * vv.sum() + C_A * aa.sum()), rel=1e-6)
    assert n2 == pytest.approx(x**2 * (vv.sum() + aa.sum()) / 4, rel=1e-6)


def test_annihilation_does_not_tell_vector_from_axial_electrons():
    vector, axial = ZPrime(e=1.0, nu_e=1.0), ZPrime(e_axial=1.0, nu_e=1.0)
    for name in ("BaBar", "LEP mono-photon"):
        bound = bounds.get(name)
        np.testing.assert_allclose(bound.region(vector, bound.masses[bound.masses > 0.05]).lower,
                                   bound.region(axial, bound.masses[bound.masses > 0.05]).lower, rtol=1e-3)


def test_a_bound_that_does_not_know_axial_couplings_says_so():
    model = ZPrime(e=1.0, e_axial=1.0, mu=1.0, mu_axial=1.0, nu_e=1.0, nu_mu=1.0, u=0.3, d=0.3)
    table = bounds.summary(model, np.geomspace(0.002, 5, 60))
    unknown = table.index[table.why_not.fillna("").str.contains("does not know axial")]
    assert {"NA64 visible", "E137", "electron g-2 (Cs alpha)", "BaBar 4mu", "CMS 4mu", "NA64mu"} <= set(unknown)
    for name in unknown:
        assert bounds.get(name).region(model).empty
    assert not {"BaBar", "Borexino", "CCFR", "SHiP", "COHERENT", "NA48/2", "DUNE"} & set(unknown)
    small = ZPrime(e=1.0, e_axial=1e-3, nu_e=1.0)  # less than a percent where the electron is light
    assert bounds.get("NA64 visible").why_not(small) is None
    with pytest.raises(ValueError, match="axial couplings of the muon"):
        SHIP_MUONIC.reach(ZPrime(mu=1.0, mu_axial=1.0), [0.05])


# -- further decays --------------------------------------------------------------------------------------

def test_an_invisible_channel_counts_as_neutrinos_do():
    m = np.array([0.02, 0.1, 0.5])
    for reference in (ZPrime.muonic(g_nu=0.5), ZPrime(e=1.0, u=0.1, nu_tau=0.3)):
        bare = ZPrime(**reference.couplings | {"nu_e": 0.0, "nu_mu": 0.0, "nu_tau": 0.0})
        model = bare.with_channel("chi", lambda m, r=reference: decays.neutrino_width(m, r.nu))
        for name in ("SHiP", "NA64 invisible", "NA64mu", "NA48/2", "BaBar", "BaBar 4mu"):
            np.testing.assert_allclose(bounds.get(name).region(model, m).lower,
                                       bounds.get(name).region(reference, m).lower, rtol=1e-12)
            assert bounds.get(name).why_not(model) == bounds.get(name).why_not(reference)


def test_right_handed_neutrinos_double_the_invisible_width():
    plain, dirac = ZPrime.b_minus_l(), ZPrime.b_minus_l(dirac=True)
    widths = decays.partial_widths(dirac, 0.1)
    assert widths["nu_R"] == pytest.approx(widths["nu"]) == pytest.approx(3 * 0.1 / (24 * np.pi))
    visible = decays.partial_widths(plain, 0.1)["e"]
    assert decays.branching_ratio(dirac, 0.1) == pytest.approx(visible / (visible + 2 * widths["nu"]))
    assert decays.branching_ratio(2 * dirac, 0.1, "nu_R") == decays.branching_ratio(dirac, 0.1, "nu_R")
    borexino = bounds.get("Borexino")
    assert borexino.limit(dirac, [0.1]) == borexino.limit(plain, [0.1])
    assert "does not know decays to nu_R" in bounds.get("BBN+CMB").why_not(dirac)
    assert bounds.get("BBN+CMB").region(dirac, [1e-3]).empty and bounds.get("N_eff").region(dirac, [0.01]).empty


def test_a_visible_channel_counts_for_a_dump():
    m = np.array([0.05])
    dark = ZPrime(u=1.0).with_channel("a", 1e-2, invisible=False)
    blind = ZPrime(u=1.0).with_channel("a", 1e-2)
    assert SHIP.why_not(dark) is None and np.isfinite(SHIP.reach(dark, m)[0]) and np.isnan(SHIP.reach(blind, m)[0])


def events(dump, widths, source, m, g, chi, seen=0.0):
    """Eqs. 3.2, 3.5 and 3.15 by hand, with a width chi in GeV that is there whatever g is, `seen` of it visible."""
    visible = g**2 * sum(widths[c] for c in decays.VISIBLE) + seen
    width = g**2 * sum(widths.values()) + chi
    flight = HBAR_C / width * dump.geometry.momentum / m
    survival = np.exp(-dump.geometry.shield / flight) * -np.expm1(-dump.geometry.decay / flight)
    return g**2 * source * visible / width * survival


@pytest.mark.parametrize("width", [1e-24, 1e-18, 1e-16, 1e-15, 3e-15])
@pytest.mark.parametrize("visible", [False, True])
@pytest.mark.parametrize("model", [ZPrime.muonic(), ZPrime.muonic(g_nu=0.01), ZPrime.dark_photon()])
def test_a_fixed_width_against_brentq(width, visible, model):
    dark = model.with_channel("chi", width, invisible=not visible, scales=False)
    for m in (0.02, 0.1, 0.19):
        widths, source = decays.partial_widths(model, m), float(SHIP.source(model, np.array(m)))

        def surplus(log_g, m=m, widths=widths, source=source):
            rate = events(SHIP, widths, source, m, np.exp(log_g), width, width if visible else 0.0)
            return np.log(np.maximum(rate, 1e-300) / SHIP.sensitivity)
        log_g = np.linspace(np.log(1e-13), np.log(0.1), 40000)
        values = surplus(log_g)
        at = np.flatnonzero(np.diff(np.sign(values)))
        assert at.size in (0, 2)
        lower, upper = SHIP.reach(dark, m)
        if not at.size:
            assert np.isnan(lower) and np.isnan(upper)
        else:
            expected = [np.exp(brentq(surplus, log_g[i], log_g[i + 1], xtol=1e-13)) for i in at]
            np.testing.assert_allclose([lower, upper], expected, rtol=1e-8)
            assert SHIP.log_rate(dark, m, lower) == pytest.approx(np.log(SHIP.sensitivity))


def test_a_fixed_width_that_is_negligible_changes_nothing():
    m, tiny = np.geomspace(0.005, 0.5, 20), 1e-40
    for name in ("SHiP", "SeaQuest", "E137", "BaBar", "NA48/2", "BaBar 4mu", "NA64 invisible", "KLOE"):
        for model in (ZPrime.all_fermions(), ZPrime.l_mu_minus_l_tau()):
            dark = model.with_channel("chi", tiny, scales=False)
            for side in ("lower", "upper"):
                np.testing.assert_allclose(getattr(bounds.get(name).region(dark, m), side),
                                           getattr(bounds.get(name).region(model, m), side), rtol=1e-8)


def test_a_fixed_invisible_width_in_closed_form():
    """Invisible search without a lifetime: g^2 R (g^2 S + S0)/(g^2 W + G0) = N is a quadratic in g^2."""
    bound, m = bounds.get("NA64 invisible"), np.array([0.05])
    model, width = ZPrime.universal_leptons(), 1e-9
    kernel = bound.kernel(m)
    r, s, w, n = (float(x[0]) for x in (*kernel.rates(model)[:3], np.exp(kernel.log_events)))
    a, b, c = r * s, r * width - n * w, -n * width
    expected = np.sqrt((-b + np.sqrt(b**2 - 4 * a * c)) / (2 * a))
    found = bound.region(model.with_channel("chi", width, scales=False), m)
    assert found.lower[0, 0] == pytest.approx(expected) and np.isinf(found.upper[0, 0])


def test_fixed_widths_of_many_models():
    m = np.array([0.02, 0.1])
    models = [ZPrime.muonic().with_channel("chi", 1e-16, scales=False), ZPrime.muonic(),
              ZPrime.muonic(g_nu=0.1).with_channel("chi", 1e-17, scales=False)]
    region = SHIP.region(ZPrimes.of(models), m)
    for i, model in enumerate(models):
        np.testing.assert_allclose(region.lower[:, i], SHIP.region(model, m).lower, rtol=1e-9)
        np.testing.assert_allclose(region.upper[:, i], SHIP.region(model, m).upper, rtol=1e-9)


def test_what_needs_the_coupling_asks_for_it():
    dark = ZPrime.muonic().with_channel("chi", 1e-12, scales=False)
    with pytest.raises(ValueError, match="give the coupling"):
        decays.branching_ratio(dark, 0.1)
    half = np.sqrt(1e-12 / decays.total_width(dark, 0.1))
    assert decays.branching_ratio(dark, 0.1, g=half) == pytest.approx(0.5)
    assert decays.decay_length(dark, 0.1, 0.0) == pytest.approx(HBAR_C / 1e-12)
    with pytest.raises(ValueError, match="spectrum"):
        FASER_2.reach(dark, [0.1])
    assert np.isfinite(SHIP_ALL.reach(ZPrime.muonic().with_channel("chi", 1e-9), [0.05])[0])


@pytest.mark.parametrize("wrong, message", [
    ({"name": "e", "width": 1.0}, "one of those there are"), ({"name": "chi", "width": -1.0}, "width of channel chi"),
    ({"name": "chi", "width": np.nan}, "width of channel chi")])
def test_channels_that_are_none_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        ZPrime().with_channel(**wrong)


def test_a_width_that_turns_negative_and_a_name_that_comes_twice_are_refused():
    model = ZPrime.muonic().with_channel("chi", lambda m: m - 0.05)
    with pytest.raises(ValueError, match=r"width of channel chi at m = 0.01 GeV"):
        decays.total_width(model, [0.01, 0.1])
    with pytest.raises(ValueError, match="in both models"):
        model + model
    assert MASSES.size and CHARGE["e"] == -1

"""Dumps with a spectrum: tables, events against sums and integrals, edges against Brent's method, published reaches."""

import math
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from scipy.integrate import dblquad
from scipy.optimize import brentq

from zputils import FASER, SEAQUEST, SHIP, ZPrime, curves
from zputils.constants import E_CHARGE, HBAR_C, M_ETA, M_MU, M_PI0, M_PROTON
from zputils.experiments.predicted import (
    FASER_2,
    FASER_2_MUONIC,
    FASER_RUN_3,
    SEAQUEST_MUONIC,
    SEAQUEST_SPECTRUM,
    SHIP_ALL,
    SHIP_BREMSSTRAHLUNG,
    SHIP_MUONIC,
)
from zputils.methods.calibration import threshold
from zputils.methods.geometry import Geometry
from zputils.methods.muon_sources import MesonDecays, Muons
from zputils.methods.spectra import CHANNELS, Bremsstrahlung, Tabulated, Together, one_momentum
from zputils.paths import DATA
from zputils.physics import decays
from zputils.physics.meson_to_muon import branching_ratio
from zputils.physics.models import ZPrimes
from zputils.physics.production import bremsstrahlung, bremsstrahlung_spectrum, sigma_pp, splitting

PHOTON, MUONIC = ZPrime.dark_photon(), ZPrime.muonic(g_nu=0.1)
DUMPS = {"SHiP": SHIP_BREMSSTRAHLUNG, "SHiP with mesons": SHIP_ALL, "SeaQuest": SEAQUEST_SPECTRUM,
         "FASER Run 3": FASER_RUN_3, "FASER 2": FASER_2}
EVERY = pytest.mark.parametrize("name", DUMPS)
TABLES = ("spectrum_faser", "spectrum_faser2", "spectrum_seaquest", "spectrum_ship_mesons")
UNITS = {"GeV": "_GeV", "pb per": "_pb", "per proton": "_per_proton", "1": "_over_g_mu"}


# -- the tables ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", [name for name in curves.names("table")
                                  if curves.entry(name).file.startswith("spectra/")])
def test_the_unit_of_a_column_is_the_one_in_its_name(name):
    row = curves.entry(name)
    lines = (DATA / row.file).read_text(encoding="utf-8").splitlines()
    header = next(line for line in lines if not line.startswith("#")).split(",")
    assert sorted(header) == sorted([*row.x.split(), *row.y.split(), *row.labels.split()])
    assert row.x.endswith("_GeV")
    stated = {column: unit for group in row.y_unit.split("), ") for unit, columns in [group.rstrip(")").split(" (")]
              for column in columns.split(", ")}
    assert list(stated) == row.y.split()
    for column, unit in stated.items():
        ending = next(ending for part, ending in UNITS.items() if part in unit)
        assert column.endswith(ending), (column, unit)


@pytest.mark.parametrize("name", TABLES)
def test_a_spectrum_holds_bins_of_20_a_decade_with_momenta_inside_and_no_more_than_is_produced(name):
    table = curves.table(name)
    number = table.filter(like="N_").iloc[:, 0]
    bins = np.floor(20 * np.log10(table.p_GeV))
    beam = {"spectrum_ship_mesons": 400, "spectrum_seaquest": 120}.get(name, 7000)
    assert not table.assign(bin=bins).duplicated(["channel", "m_GeV", "bin"]).any()
    assert table.p_GeV.max() < beam and (number > 0).all()
    assert set(table.channel) <= set(CHANNELS)
    assert (table.m_GeV[table.channel == "pi0"] < M_PI0).all() and (table.m_GeV[table.channel == "eta"] < M_ETA).all()


@pytest.mark.parametrize(("name", "pions", "etas"), [("spectrum_ship_mesons", 3.87, 0.30),
                                                     ("spectrum_seaquest", 2.69, 0.301)])
def test_no_more_mesons_are_accepted_than_produced(name, pions, etas):
    """In the limit of no mass a meson gives 2 BR(2 gamma) Z's per epsilon^2."""
    table = curves.table(name)
    for channel, produced in (("pi0", pions * 2 * 0.98823), ("eta", etas * 2 * 0.3936)):
        accepted = table.N_per_proton[(table.channel == channel) & (table.m_GeV == 0.001)].sum() / produced
        assert 0.03 < accepted < 0.5


@pytest.mark.parametrize("name", TABLES)
def test_at_the_masses_of_the_table_its_numbers_come_back(name):
    table = curves.table(name)
    number = table.columns[table.columns.str.startswith("N_")][0]
    for channel, part in table.groupby("channel"):
        masses = np.unique(part.m_GeV)
        p, n = Tabulated(name, (channel,))(PHOTON, masses)
        grouped = part.assign(moment=part[number] * part.p_GeV).groupby("m_GeV")
        np.testing.assert_allclose(n.sum(axis=-1), grouped[number].sum(), rtol=1e-12)
        np.testing.assert_allclose((n * p).sum(axis=-1), grouped.moment.sum(), rtol=1e-12)


def test_between_its_masses_a_table_is_interpolated_to_a_few_per_cent():
    """Each mass above 10 MeV, off the muon threshold, from its neighbours, which are twice as far as usual."""
    for name in TABLES:
        table = curves.table(name)
        number = table.columns[table.columns.str.startswith("N_")][0]
        for channel, part in table.groupby("channel"):
            total = part.groupby("m_GeV")[number].sum()
            m, smooth = total.index.to_numpy(), total.to_numpy() / CHANNELS[channel][1](total.index.to_numpy())
            for i in range(1, len(m) - 1):
                if m[i] > 0.01 and not m[i - 1] < 2 * M_MU < m[i + 1]:
                    guess = np.interp(np.log(m[i]), np.log(m[[i - 1, i + 1]]), smooth[[i - 1, i + 1]])
                    assert guess == pytest.approx(smooth[i], rel=0.085), (name, channel, m[i])


def test_a_meson_is_gone_above_its_mass():
    p, n = Tabulated("spectrum_faser2", ("pi0",))(PHOTON, np.array([0.999, 1.001]) * M_PI0)
    assert n[0].sum() > 0 and n[1].sum() == 0 and (p > 0).all()


def test_seaquests_leptons_change_at_the_muon_threshold():
    """e+e- below, mu+mu- above: a step, which interpolation must not smear."""
    below, above = Tabulated("spectrum_seaquest", ("proton",))(PHOTON, 2 * M_MU * np.array([1 - 1e-9, 1 + 1e-9]))[1]
    assert below.sum() / above.sum() < 0.85 or below.sum() / above.sum() > 1.15


# -- bremsstrahlung ------------------------------------------------------------------------------------

@pytest.mark.parametrize(("pt_max", "angle"), [(1.0, np.inf), (4.0, np.inf), (4.0, 0.025)])
def test_bremsstrahlung_against_an_adaptive_integral(pt_max, angle):
    m, beam = 0.1, 400.0

    def density(pt2, z):
        energy = math.sqrt((z * beam) ** 2 + pt2 + m**2)
        attenuation = sigma_pp(2 * M_PROTON * (beam - energy)) / sigma_pp(2 * M_PROTON * beam)
        return attenuation * splitting(z, pt2, m)

    for low, high in ((0.1, 0.9), (0.4, 0.5)):
        expected = dblquad(density, low, high, 0, lambda z: min(pt_max, angle * z * beam) ** 2, epsrel=1e-8)[0]
        found = bremsstrahlung(m, beam, "none", pt_max, (low, high), angle)
        assert found == pytest.approx(expected, rel=1e-3 if angle < 1 else 1e-5)  # a kink in z


def test_the_spectrum_adds_up_to_the_total_and_to_its_mean_momentum():
    m = np.array([0.01, 0.3, 2.0])
    many = bremsstrahlung_spectrum(m, 400, pt_max=4.0, points=60)
    few = bremsstrahlung_spectrum(m, 400, pt_max=4.0, points=24)
    np.testing.assert_allclose(few[1].sum(-1), many[1].sum(-1), rtol=1e-6)
    np.testing.assert_allclose((few[1] * few[0]).sum(-1), (many[1] * many[0]).sum(-1), rtol=1e-6)


def test_a_smaller_angle_keeps_fewer():
    totals = [bremsstrahlung(0.1, 400, pt_max=4.0, angle=angle) for angle in (0.01, 0.03, np.inf)]
    assert totals[0] < totals[1] < totals[2]
    with pytest.raises(ValueError, match="angle"):
        bremsstrahlung(0.1, 400, angle=0.0)


# -- events --------------------------------------------------------------------------------------------

def brute_force(dump, model, m, g):
    """The sum of the formula, term by term."""
    width = g**2 * float(decays.total_width(model, m))
    momenta, weights = np.broadcast_arrays(*dump.spectrum(model, np.array([m])))
    lengths = dump.geometry.shield, dump.geometry.shield + dump.geometry.decay
    seen = math.fsum(w * (math.exp(-lengths[0] * x) - math.exp(-lengths[1] * x))
                     for p, w in zip(momenta[0].tolist(), weights[0].tolist(), strict=True)
                     for x in [m * width / (p * HBAR_C)])
    return dump.exposure * float(decays.branching_ratio(model, m, dump.visible)) * g**2 * seen


@EVERY
def test_events_against_a_sum_over_momenta(name):
    dump = DUMPS[name]
    for model, m, g in ((PHOTON, 0.05, 1e-5), (PHOTON, 0.4, 3e-7), (MUONIC, 0.05, 1e-4), (MUONIC, 0.12, 3e-5)):
        assert dump.events(model, m, g) == pytest.approx(brute_force(dump, model, m, g), rel=1e-9)


def test_a_channel_scales_with_its_own_couplings():
    """B - L has no couplings to the neutrinos' charge: protons +1, pi0 through omega alone (arXiv:1801.04847)."""
    model, m = ZPrime.b_minus_l(), np.array([0.05])
    ratio = {c: float(Tabulated("spectrum_faser2", (c,))(model, m)[1].sum()
                      / Tabulated("spectrum_faser2", (c,))(PHOTON, m)[1].sum()) for c in CHANNELS}
    assert ratio["proton"] == pytest.approx(1 / E_CHARGE**2)
    assert ratio["pi0"] == pytest.approx(1 / E_CHARGE**2, rel=0.02)  # 3 (g_u + g_d)/2 = 1 at light masses
    muonic = Tabulated("spectrum_faser2")(ZPrime.muonic(), m)[1] / Tabulated("spectrum_faser2")(PHOTON, m)[1]
    np.testing.assert_allclose(muonic, (ZPrime.muonic().proton / E_CHARGE) ** 2, rtol=1e-12)


@pytest.mark.slow
@EVERY
def test_edges_against_brentq_at_20_random_points(name):
    dump, random = DUMPS[name], np.random.default_rng(7)
    masses = np.exp(random.uniform(np.log(0.011), np.log(0.5), 20))
    for m, model in zip(masses, [PHOTON, ZPrime.muonic(), MUONIC, ZPrime.muonic(g_nu=1)] * 5, strict=True):
        lower, upper = dump.reach(model, m)
        grid = np.geomspace(1e-9, 1, 4001)
        events = dump.events(model, m, grid)
        if np.isnan(lower):
            assert events.max() < dump.needed
            continue
        top = grid[events.argmax()]

        def excess(log_g, dump=dump, model=model, m=m):
            return float(np.log(dump.events(model, m, math.exp(log_g))) - math.log(dump.needed))

        assert lower == pytest.approx(math.exp(brentq(excess, math.log(1e-9), math.log(top), xtol=1e-13)), rel=1e-9)
        end = grid[np.isfinite(np.log(events, where=events > 0, out=np.full_like(events, -np.inf)))][-1]
        assert upper == pytest.approx(math.exp(brentq(excess, math.log(top), math.log(end), xtol=1e-13)), rel=1e-9)


@pytest.mark.parametrize("dump", [SHIP, SEAQUEST, FASER], ids=lambda dump: dump.name)
@pytest.mark.parametrize("model", [PHOTON, MUONIC, ZPrime.muonic(g_nu=2)], ids=["photon", "0.1", "2"])
def test_a_spectrum_of_one_momentum_is_the_recipe(dump, model):
    m = np.geomspace(0.011, 1.0, 200)
    spectrum = partial(one_momentum, momentum=dump.geometry.momentum, source=dump.source)
    counted_dump = replace(dump, spectrum=spectrum, exposure=dump.needed / threshold(dump))
    np.testing.assert_allclose(counted_dump.reach(model, m), dump.reach(model, m), rtol=1e-12)
    counts = counted_dump.events(model, m, 1e-5), dump.events(model, m, 1e-5)
    normal = counts[1] > 1e-300
    assert normal.sum() > 100
    np.testing.assert_allclose(counts[0][normal], counts[1][normal], rtol=1e-10)


@EVERY
def test_more_exposure_reaches_further(name):
    dump, m = DUMPS[name], np.geomspace(0.011, 0.6, 40)
    seen = np.isfinite(dump.reach(PHOTON, m)[0])
    (lower, upper), (lower_more, upper_more) = (d.reach(PHOTON, m[seen]) for d in
                                                (dump, replace(dump, exposure=2 * dump.exposure)))
    assert seen.sum() > 20 and (lower_more < lower).all() and (upper_more > upper).all()


def test_the_edge_has_as_many_events_as_needed_and_calibration_puts_it_there():
    for dump in DUMPS.values():
        for edge in dump.reach(PHOTON, 0.1):
            assert dump.events(PHOTON, 0.1, edge) == pytest.approx(dump.needed, rel=1e-9)
        assert dump.calibrated(PHOTON, 0.1, 7e-8).reach(PHOTON, 0.1)[0] == pytest.approx(7e-8, rel=1e-9)
    assert SHIP.events(MUONIC, 0.1, SHIP.reach(MUONIC, 0.1)[0]) == pytest.approx(SHIP.needed)


def test_a_dump_says_what_it_reads():
    assert SHIP_ALL.needs(PHOTON) == ("spectrum_ship_mesons", "pdg_rratio_2020")
    assert FASER_2.needs(PHOTON) == ("spectrum_faser2", "pdg_rratio_2020")
    for dump in (*DUMPS.values(), SHIP_MUONIC, SEAQUEST_MUONIC, FASER_2_MUONIC):
        assert set(dump.needs()) <= set(curves.names())


def test_many_models_are_what_each_is_alone():
    models, m = [ZPrime.muonic(g_nu=g) for g in (0.0, 0.1, 2.0)], np.geomspace(0.011, 0.5, 15)
    for dump in (SHIP_ALL, FASER_2):
        together = dump.reach(ZPrimes.of(models), m)
        alone = np.moveaxis([dump.reach(model, m) for model in models], 1, 0)
        np.testing.assert_allclose(together, alone, rtol=1e-10)


def test_a_scalar_mass_gives_scalars():
    lower, upper = SHIP_ALL.reach(PHOTON, 0.1)
    assert np.shape(lower) == np.shape(upper) == np.shape(SHIP_ALL.events(PHOTON, 0.1, 1e-6)) == ()


def test_all_reaches_of_the_experiments_are_one_piece():
    m = np.geomspace(0.011, 1.2, 200)
    for dump in DUMPS.values():
        for model in (PHOTON, ZPrime.muonic(), MUONIC):
            assert dump.region(model, m).lower.shape == (1, 200)


def test_a_dip_gives_two_pieces_and_the_reach_its_outermost_edges():
    def slow_and_fast(model, m):
        return np.array([1.0, 1000.0]), np.broadcast_to([1e6, 1.0], (*np.shape(m), 2)) * model.proton**2

    dump = replace(SHIP, geometry=Geometry(60, 50, 200), spectrum=slow_and_fast, exposure=1.0, needed=1e-13)
    grid = np.geomspace(1e-8, 1e-2, 2001)
    enough = dump.events(PHOTON, 0.1, grid) >= dump.needed
    region, reach = dump.region(PHOTON, 0.1), dump.reach(PHOTON, 0.1)
    lower, upper = region.lower[:, 0], region.upper[:, 0]
    assert lower.shape == (2,) and np.count_nonzero(np.diff(enough)) == 4
    np.testing.assert_array_equal(enough, np.any((grid[:, None] > lower) & (grid[:, None] < upper), axis=1))
    assert reach == (lower[0], upper[1])


@pytest.mark.parametrize("name", DUMPS)
def test_what_does_not_couple_is_not_reached(name):
    dump = DUMPS[name]
    assert dump.why_not(ZPrime(mu=1.0)) == "no coupling to what produces it: protons"
    assert dump.why_not(PHOTON) is None
    assert np.isnan(dump.reach(ZPrime(mu=1.0), [0.05, 0.3])).all()
    assert np.isnan(dump.reach(ZPrime(u=1.0, d=1.0, nu_mu=1.0), [0.05])).all()  # neutrinos alone


# -- against what is published -------------------------------------------------------------------------

@pytest.mark.parametrize(("dump", "name", "m", "low", "high"), [
    (SHIP_BREMSSTRAHLUNG, "SHiP_Ahdida2020new_brem_dipole", None, (0.93, 1.12), (0.96, 1.06)),
    (SEAQUEST_SPECTRUM, "SeaQuest_phase1_Berlin2018", np.geomspace(0.02, 0.2, 20), (1.0, 1.12), (0.94, 1.08)),
    (FASER_2, "FASER2_Ariga2018uku", np.geomspace(0.0105, 0.2, 30), (0.94, 1.03), (0.95, 1.05))])
def test_published_reaches_are_predicted(dump, name, m, low, high):
    """SHiP's curve has one point in 50 MeV, too few for the rho: its own masses from 10 MeV to 1.5 GeV."""
    published = curves.load(name)
    m = published.m[(published.m >= 0.01) & (published.m <= 1.5)] if m is None else m
    for edge, at, (least, most) in zip(dump.reach(PHOTON, m), (published.lower_at, published.upper_at), (low, high),
                                       strict=True):
        ratio = edge / at(m)
        assert least < ratio.min() and ratio.max() < most, (ratio.min(), ratio.max())


@pytest.mark.parametrize(("call", "error", "message"), [
    (lambda: Tabulated("spectrum_faser2", ("rho",)), KeyError, "rho"),
    (lambda: Tabulated("spectrum_nowhere")(PHOTON, np.array([0.1])), KeyError, "spectrum_nowhere"),
    (lambda: replace(SHIP_ALL, exposure=0.0), ValueError, "exposure"),
    (lambda: replace(SHIP_ALL, needed=-1.0), ValueError, "needed"),
    (lambda: SHIP_ALL.events(PHOTON, 0.1, 0.0), ValueError, "g = 0"),
    (lambda: SHIP_ALL.reach(PHOTON, 1e-4), ValueError, "0.0001"),
    (lambda: Bremsstrahlung(400, "monopole")(PHOTON, np.array([0.1])), KeyError, "monopole")])
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_spectra_side_by_side_are_added():
    parts = Bremsstrahlung(400), Tabulated("spectrum_ship_mesons", ("pi0", "eta"))
    m = np.array([0.03, 0.2])
    together = Together(parts)(MUONIC, m)[1].sum(axis=-1)
    np.testing.assert_allclose(together, sum(part(MUONIC, m)[1].sum(axis=-1) for part in parts))


# -- through the coupling to muons ---------------------------------------------------------------------

@pytest.mark.parametrize("meson", ["K", "D", "Ds"])
def test_yields_of_meson_decays_come_back_at_every_ratio(meson):
    """Three of the table's ratios fix the form in g_mu and g_nu; the fourth, 0.01, is not used."""
    rows = curves.table("gmu_yields").query("facility == 'SHiP' and mechanism == @meson")
    for ratio, part in rows.groupby("g_nu_over_g_mu"):
        p, n = MesonDecays("gmu_yields", "SHiP", (meson,))(ZPrime.muonic(g_nu=ratio), part.m_GeV.to_numpy())
        np.testing.assert_allclose(n[:, 0], part.N_per_proton, rtol=3e-3)
        np.testing.assert_allclose(p[:, 0], part.p_mean_GeV, rtol=0.02)


def test_the_tables_share_of_kaons_follows_the_branching_ratio():
    """The yield over BR is how many kaons decay in flight, which hardly depends on the mass or on g_nu."""
    rows = curves.table("gmu_yields").query("facility == 'SHiP' and mechanism == 'K'")
    br = [branching_ratio(ZPrime.muonic(g_nu=r), m) for r, m in zip(rows.g_nu_over_g_mu, rows.m_GeV, strict=True)]
    decaying = rows.N_per_proton / np.array(br)
    assert decaying.max() / decaying.min() < 2 and 1e-4 < decaying.median() < 1e-3


def test_an_exponential_spectrum_keeps_number_and_mean():
    m = np.array([0.02, 0.1])
    (p, n), (p_mean, n_mean) = (MesonDecays("gmu_yields", "SHiP", ("K",), spread)(MUONIC, m)
                                for spread in ("exponential", "mean"))
    np.testing.assert_allclose(n.sum(-1), n_mean[:, 0], rtol=1e-12)
    np.testing.assert_allclose((n * p).sum(-1) / n.sum(-1), p_mean[:, 0], rtol=1e-12)


def test_muons_have_the_tables_number_and_do_not_ask_for_neutrinos():
    rows = curves.table("gmu_yields").query("mechanism == 'mu brem' and g_nu_over_g_mu == 0")
    for facility, part in rows.groupby("facility"):
        for model in (ZPrime.muonic(), ZPrime.muonic(g_nu=1), 2 * ZPrime.muonic()):
            n = Muons(facility)(model, part.m_GeV.to_numpy())[1]
            np.testing.assert_allclose(n.sum(-1), model.mu**2 * part.N_per_proton, rtol=1e-10)


@pytest.mark.parametrize(("few", "more"), [(SHIP_ALL, SHIP_MUONIC), (SEAQUEST_SPECTRUM, SEAQUEST_MUONIC),
                                           (FASER_2, FASER_2_MUONIC)])
def test_production_through_muons_only_adds(few, more):
    m = np.geomspace(0.0101, 0.2, 30)
    for model in (ZPrime.muonic(), ZPrime.muonic(g_nu=0.01)):
        (lower, upper), (lower_more, upper_more) = few.reach(model, m), more.reach(model, m)
        assert (lower_more <= lower * (1 + 1e-12)).all() and (upper_more >= upper * (1 - 1e-12)).all()
    np.testing.assert_allclose(more.reach(PHOTON, m)[0], few.reach(PHOTON, m)[0], rtol=0.05)  # epsilon e at the muon


@pytest.mark.parametrize(("call", "message"), [
    (lambda: MesonDecays("gmu_yields", "FASER"), "FASER"), (lambda: MesonDecays("gmu_yields", "SHiP", ("rho",)), "rho"),
    (lambda: MesonDecays("gmu_yields", "SHiP", spread="flat"), "flat"), (lambda: Muons("FASER2 23 m"), "FASER2")])
def test_bad_names(call, message):
    with pytest.raises(KeyError, match=message):
        call()

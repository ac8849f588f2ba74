"""`methods.recast` against a scalar solution of the event-rate equation with formulas and conditions of its own.

Only hadronic widths come from `zputils.physics.hadrons`, which has tests of its own.
"""

import csv
import shutil
from dataclasses import replace
from functools import cache
from math import exp, inf, log, nan, pi, sqrt

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar

from zputils import Recast, bounds, curves, facts
from zputils.methods import published_events
from zputils.paths import DATA
from zputils.physics import hadrons
from zputils.physics.mechanisms import mechanism_ratio
from zputils.physics.models import QUARKS, ZPrime

ALL = [bound for bound in bounds.register().values() if type(bound) is Recast]
BY_DATA = {limit.data: limit for limit in ALL}
NAMES = list(BY_DATA)
PHOTON = ZPrime.dark_photon()
LEPTONIC_PHOTON = replace(PHOTON, **dict.fromkeys(QUARKS, 0.0))


def limit_of(data):
    return BY_DATA[data]


def edges(region):
    """(m, lower, upper) of a region with one interval."""
    ((lower, upper),) = region.intervals
    return region.m, lower, upper


MODELS = {"universal leptons": ZPrime.universal_leptons(), "B-L": ZPrime.b_minus_l(),
          "all fermions": ZPrime.all_fermions(),
          # Long-lived, so that a prompt search loses decays.
          "nearly leptophobic": ZPrime(e=1e-2, mu=1e-3, nu_e=1e-3, u=1.0, d=-0.5, s=0.2)}

# -- the same physics, one mass at a time ------------------------------------------------------------

E = sqrt(4 * pi / 137.035999177)
LEPTON_MASS = {"e": 0.51099895069e-3, "mu": 0.1056583755, "tau": 1.77693}
METRE = 1 / 1.973269804e-16  # 1/GeV
PICOSECOND = 299792458e-12 * METRE
M_PI, M_PI0, M_ETA, M_OMEGA, M_PHI = 0.13957039, 0.1349768, 0.547862, 0.78266, 1.019460
CONDITIONS = {  # (L_dec, L_sh) in m, largest proper time in 1/GeV, or a branching ratio
    "E774_Bross1989mp": (2.0, 0.3), "E141_Riordan1987aw": (35.0, 0.12), "E137_Andreas2012mt": (204, 179),
    "Orsay_Davier1989wz": (2.0, 1.0), "KEK_Konaka1986cb": (2.2, 2.4), "NuCAL_Blumlein1990ay": (23, 64),
    "NuCAL_Blumlein1991xh": (23, 64), "CHARM_Tsai2019mtm": (10, 480), "NA64_Banerjee2019hmi": (4.0, 1.0),
    "FASER_Abreu2023tle": (1.5, 480), "FASER_Ariga2018uku_run3": (1.5, 480), "NuCAL_Tsai2019mtm": (23, 64),
    "CHARM_Bergsma1985qz": (10, 480), "E137_Bjorken2009mm": (204, 179), "PS191_Bernardi1985ny": (7, 128),
    "NOMAD_Astier2001ck": (7.5, 835), "NA64_Banerjee2018vgk": (4, 1),
    **dict.fromkeys(["NA62_CortinaGil2023qyn", "NA62_CortinaGil2023nhs", "NA62_Tsai2019mtm"], (75, 142)),
    **dict.fromkeys(["SeaQuest_Tsai2019mtm_phase2", "LongQuest_Tsai2019mtm"], (7, 5)),
    **dict.fromkeys([name for name in NAMES if name.startswith("SHiP")], (50, 60)),
    "NA48_Batley2015lha": lambda m: m / 50 * METRE,
    **dict.fromkeys([name for name in NAMES if name.startswith("KLOE")],
                    lambda m: 0.08 * METRE * 2 * M_PHI * m / (M_PHI**2 + m**2)),
    "KLOE_Babusci2012cr": lambda m: 0.08 * METRE * 2 * M_PHI * m / (M_PHI**2 + m**2 - M_ETA**2),
    **dict.fromkeys(["LHCb_Aaij2019bvg_prompt", "LHCb_Ilten2016tkc_prompt"],
                    lambda m: (0.004 / (m - 2 * LEPTON_MASS["mu"]) + 0.1) * PICOSECOND),
    **dict.fromkeys(["NA64_Andreev2023wbi", "NA64_Andreev2023ehh", "NA64e_1e13"], 1.0),
    **dict.fromkeys(["BaBar_Lees2017lec", "NA64_NA642019imj", "LEP_Fox2011fx", "NA62_CortinaGil2019nuo"], 0.99)}


def breit_wigner(meson, m):
    """With the running widths of arXiv:1801.04847 Eq. A.3."""
    pi0, eta, charged, neutral = 0.1349768, 0.547862, 0.493677, 0.497611
    mass, width, decays = {
        "rho": (0.77526, 0.1474, [(1.0, M_PI, M_PI)]),
        "omega": (0.78266, 0.00868, [(0.892, 2 * M_PI, pi0), (0.0835, pi0, 0), (0.0153, M_PI, M_PI)]),
        "phi": (1.019461, 0.004249, [(0.491, charged, charged), (0.339, neutral, neutral), (0.154, 2 * M_PI, pi0),
                                     (0.0130, eta, 0)])}[meson]

    def q(m, a, b):
        return sqrt((m**2 - (a + b) ** 2) * (m**2 - (a - b) ** 2)) / (2 * m) if m > a + b else 0.0

    running = sum(share * (q(m, a, b) / q(mass, a, b)) ** 3 for share, a, b in decays) / sum(x[0] for x in decays)
    return mass**2 / (mass**2 - m**2 - 1j * mass**2 / m * width * running)


def pi0_amplitude(u, d, s, m):
    return (u - d) * breit_wigner("rho", m) + 3 * (u + d) * breit_wigner("omega", m)


def eta_amplitude(u, d, s, m):
    return (9 * (u - d) * breit_wigner("rho", m) + 3 * (u + d) * breit_wigner("omega", m)
            + 6 * s * breit_wigner("phi", m))


def eta_prime_amplitude(u, d, s, m):
    return (9 * (u - d) * breit_wigner("rho", m) + 3 * (u + d) * breit_wigner("omega", m)
            - 12 * s * breit_wigner("phi", m))


def meson_ratio(amplitude, model, m):
    return abs(amplitude(model.u, model.d, model.s, m) / amplitude(2 * E / 3, -E / 3, -E / 3, m)) ** 2


@cache
def columns(table):
    with open(DATA / "tables" / f"{table}.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def cms_ratio(model, m):
    column = columns("cms_production_fractions")
    shares = {q: float(np.interp(m, column["m_GeV"], column[f"{q}_{q}"])) for q in QUARKS}
    charge = {"u": 2 / 3, "c": 2 / 3, "d": -1 / 3, "s": -1 / 3, "b": -1 / 3}
    return sum(shares[q] * (getattr(model, q) / (charge[q] * E)) ** 2 for q in QUARKS) / sum(shares.values())


def yields_ratio(model, m):
    column = columns("dark_photon_yields_120GeV")
    brem, eta, pi0 = (float(np.interp(m, column["m_GeV"], column[name])) for name in ("N_brem", "N_eta", "N_pi0"))
    found = brem * proton_ratio(model) + eta * meson_ratio(eta_amplitude, model, m)
    return (found + pi0 * meson_ratio(pi0_amplitude, model, m)) / (brem + eta + pi0)


def proton_ratio(model):
    return ((2 * model.u + model.d) / E) ** 2


def lhcb_ratio(model, m):
    column = columns("lhcb_production_fractions")
    u, d, s = model.u / E, model.d / E, model.s / E
    ratios = {"rho0": (u - d) ** 2, "omega_pi0": (u - d) ** 2, "omega": 9 * (u + d) ** 2, "phi": 9 * s**2,
              "eta_gamma": meson_ratio(eta_amplitude, model, m), "u_u": 9 / 4 * u**2, "d_d": 9 * d**2,
              "s_s": 9 * s**2, "c_c": 9 / 4 * (model.c / E) ** 2, "b_b": 9 * (model.b / E) ** 2}
    shares = {name: float(np.interp(m, column["m_GeV"], column[name])) for name in ratios}
    return sum(shares[name] * ratios[name] for name in ratios) / sum(shares.values())


def produced(name, model, m):
    if name.startswith("LHCb"):
        return lhcb_ratio(model, m)
    if name.startswith("CMS"):
        return cms_ratio(model, m)
    if name.startswith(("SeaQuest", "LongQuest")):
        return yields_ratio(model, m)
    if name == "SHiP_Ahdida2020new_dy":
        return 4 / 5 * (3 * model.u / (2 * E)) ** 2 + 1 / 5 * (3 * model.d / E) ** 2
    if name == "SHiP_Ahdida2020new_meson_omega":
        return ((model.u - model.d) / E) ** 2  # the rho's propagator cancels
    if name == "SHiP_Ahdida2020new_meson_etap":
        return meson_ratio(eta_prime_amplitude, model, m)
    if name == "KLOE_Babusci2012cr":
        return (3 * model.s / E) ** 2  # the phi's propagator cancels
    if name == "NuCAL_Blumlein1991xh" or (name == "NuCAL_Tsai2019mtm" and m > M_PI0):
        return proton_ratio(model)
    if name == "NA62_Tsai2019mtm" and m > M_ETA:
        return proton_ratio(model)
    if name.startswith("CHARM") or name in ("SHiP_Ahdida2020new_meson_eta", "NA62_CortinaGil2023qyn"):
        return meson_ratio(eta_amplitude, model, m)
    if name in ("NA62_Tsai2019mtm", "NA62_CortinaGil2023nhs") and m > M_PI0:
        return meson_ratio(eta_amplitude, model, m)
    if name.startswith(("NA48", "NA62", "NuCAL", "FASER", "PS191", "NOMAD", "SHiP_Ahdida2020new_meson_pi0")):
        return meson_ratio(pi0_amplitude, model, m)
    return (model.e / E) ** 2


def widths(model, m):
    def lepton(name):
        x = (LEPTON_MASS[name] / m) ** 2
        return getattr(model, name) ** 2 * m / (12 * pi) * sqrt(1 - 4 * x) * (1 + 2 * x) if x < 0.25 else 0.0

    found = {name: lepton(name) for name in LEPTON_MASS}
    found["nu"] = (model.nu_e**2 + model.nu_mu**2 + model.nu_tau**2) * m / (24 * pi)
    quarks = any(getattr(model, q) for q in QUARKS)
    found["hadrons"] = float(hadrons.hadronic_width(model, m)) if quarks else 0.0
    pions = float(hadrons.channel_ratio(model, m, "pi+_pi-")) if quarks and m < 1.7 else 0.0
    return sum(found.values()), found | {"pi+_pi-": pions * E**2 * m / (12 * pi)}


def seen(name, model, m):
    """Production x branching ratio, and the total width, per coupling squared."""
    if name.startswith("AMMe"):
        return produced(name, model, m), 0.0
    total, part = widths(model, m)
    states = {"BaBar_Lees2014xha": "e mu", "BESIII_Ablikim2017aab": "e mu", "KLOE_Babusci2014sta": "mu",
              "KLOE_Anastasi2018azp_combined": "mu pi+_pi-", "LHCb_Aaij2019bvg_prompt": "mu",
              "LHCb_Ilten2016tkc_prompt": "mu", "CMS_CMS2019buh": "mu", "NA62_CortinaGil2023qyn": "mu",
              "KLOE_Anastasi2016ktq": "pi+_pi-", "KLOE_Anastasi2018azp_mumu": "mu",
              **dict.fromkeys(["SeaQuest_Tsai2019mtm_phase2", "LongQuest_Tsai2019mtm", "NA62_Tsai2019mtm",
                               "BelleII_Kou2018nap"], "e mu"),
              **dict.fromkeys([name for name in NAMES if name.startswith("SHiP")], "e mu hadrons")}
    invisible = isinstance(CONDITIONS.get(name), float)
    wanted = "nu" if invisible else states.get(name, "e")
    return produced(name, model, m) * sum(part[state] for state in wanted.split()) / total, total


def decayed(first, last, width):
    """Fraction of decays between two proper times, from the decay law."""
    a, b = first * width, last * width
    points = [x for x in (a + 1.0, a + 5.0) if x < b]
    return quad(lambda u: exp(-u), a, min(b, a + 60.0), epsabs=0, epsrel=1e-11, points=points or None)[0]


def brute_force(name, model, m, edges):
    """(lower, upper) at one mass from the published edges, all by quad and brentq in ln g."""
    condition = CONDITIONS.get(name)
    rate, width = seen(name, model, m)
    photon_rate, photon_width = (condition, 0.0) if isinstance(condition, float) else seen(name, PHOTON, m)
    if name == "KLOE_Babusci2012cr":  # published for a boson that decays to leptons alone
        photon_width, part = widths(LEPTONIC_PHOTON, m)
        photon_rate = part["e"] / photon_width
    if rate == 0:
        return nan, nan
    if condition is None or isinstance(condition, float):
        return edges[0] * sqrt(photon_rate / rate), inf
    first, last = 0.0, condition(m) if callable(condition) else None
    if last is None:
        stretch = 1 + condition[0] / condition[1]

        def imbalance(log_t0):
            t0 = exp(log_t0)
            low, high = (2 * log(g) + log(decayed(0, t0 * (stretch - 1), photon_width * g**2))
                         - t0 * photon_width * g**2 for g in edges)
            return high - low

        scale = log(1 / photon_width)
        first = exp(brentq(imbalance, scale - 2 * log(edges[1]) - 12, scale - 2 * log(edges[0]) + 8, xtol=1e-13))
        last = stretch * first

    def log_events(log_g, rate, width):
        w = width * exp(2 * log_g)
        return 2 * log_g + log(rate) - first * w + log(decayed(0, last - first, w))

    wanted = log_events(log(edges[0]), photon_rate, photon_width)

    def excess(log_g):
        return log_events(log_g, rate, width) - wanted

    if not first:
        return exp(brentq(excess, -35, 20, xtol=1e-13)), inf
    middle = log(1 / (first * width)) / 2
    best = minimize_scalar(lambda x: -excess(x), bounds=(middle - 4, middle + 2), method="bounded",
                           options={"xatol": 1e-9}).x
    if excess(best) < 0:
        return nan, nan
    return exp(brentq(excess, best - 12, best, xtol=1e-13)), exp(brentq(excess, best, best + 4, xtol=1e-13))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("name", NAMES)
def test_against_a_scalar_solution_of_the_event_rate(name, model):
    curve = curves.load(name)
    known = np.isfinite(curve.lower) & (curve.m < hadrons.MASS_MAX)
    if curve.upper is not None:
        known &= curve.lower < 0.99 * curve.upper  # where they meet, any proper time fits both edges
    known = np.flatnonzero(known)
    for i in known[np.linspace(0, len(known) - 1, 6).astype(int)]:
        published = curve.lower[i], inf if curve.upper is None else curve.upper[i]
        expected = brute_force(name, model, curve.m[i], published)
        found = edges(limit_of(name).region(model, curve.m[i]))[1:]
        assert found == pytest.approx(expected, rel=1e-6, nan_ok=True), curve.m[i]


def test_largest_proper_times():
    """That of KLOE's annihilation never matters: what g_e produces decays to e+e- at least 140 times as fast."""
    for limit in ALL:
        rule = CONDITIONS.get(limit.data)
        assert (limit.proper_time is not None) == callable(rule)
        if callable(rule):
            m = limit.curve.m
            np.testing.assert_allclose(limit.proper_time(m), rule(m), rtol=1e-6)


# -- back to the dark photon -------------------------------------------------------------------------

@pytest.mark.parametrize("limit", [limit for limit in ALL if limit.final_states != ("nu",) and not limit.leptons_alone],
                         ids=lambda limit: limit.data)
@pytest.mark.parametrize("scale", [1.0, 0.1])
def test_the_dark_photon_gets_every_published_edge_back(limit, scale):
    m, lower, upper = edges(limit.region(scale * PHOTON))
    np.testing.assert_array_equal(m, limit.curve.m)
    np.testing.assert_allclose(lower * scale, limit.curve.lower, rtol=1e-6)
    if limit.curve.upper is None:
        np.testing.assert_array_equal(upper, np.where(np.isnan(lower), np.nan, np.inf))
    else:
        np.testing.assert_allclose(upper * scale, limit.curve.upper, rtol=1e-6)


def test_kloes_limit_from_phi_decays_is_for_a_boson_without_hadronic_decays():
    """Below 2 m_pi that is the dark photon; above, its share of decays to hadrons weakens the limit on epsilon^2."""
    limit = limit_of("KLOE_Babusci2012cr")
    m, lower, _ = edges(limit.region(PHOTON))
    light = m < 2 * M_PI
    hadronic = np.array([1 - widths(LEPTONIC_PHOTON, x)[0] / widths(PHOTON, x)[0] for x in m])
    np.testing.assert_allclose((limit.curve.lower / lower) ** 2, 1 - hadronic, rtol=1e-3)
    assert hadronic[light].max() < 1e-4 and 0.1 < hadronic.max() < 0.2


@pytest.mark.parametrize("name", [limit.data for limit in ALL if limit.final_states == ("nu",)])
def test_a_dark_photon_that_is_invisible_gets_every_published_limit_back(name):
    """With neutrinos that take 99 % of the decays, or nearly all, another coupling at each mass."""
    curve, share = curves.load(name), min(limit_of(name).published_br, 1 - 1e-9)
    for m, published in zip(curve.m, curve.lower, strict=True):
        visible = widths(PHOTON, m)[0]
        if np.isfinite(published) and visible > 0:  # below 2 m_e nothing is visible
            model = replace(PHOTON, nu_mu=sqrt(share / (1 - share) * visible * 24 * pi / m))
            assert limit_of(name).region(model, m).lower[0] == pytest.approx(published, rel=1e-6)


def test_every_limit_of_the_catalogue_is_there():
    assert len(ALL) == 24 + 30 and sum(limit.future for limit in ALL) == 13
    kinds = {"displaced": [limit.shield for limit in ALL], "invisible": [limit.published_br for limit in ALL],
             "indirect": [not limit.final_states for limit in ALL]}
    assert {kind: sum(map(bool, marks)) for kind, marks in kinds.items()} == {
        "displaced": 9 + 18, "invisible": 4 + 3, "indirect": 2}
    assert len([limit for limit in ALL if "fig-2.2" in limit.figures]) == 24  # the paper's
    assert all(limit.references and limit.look for limit in ALL)
    assert sum(len(limit.curve.m) for limit in ALL) > 11_000


# -- where the edges are -----------------------------------------------------------------------------

@pytest.mark.parametrize("limit", [limit for limit in ALL if limit.shield], ids=lambda limit: limit.data)
def test_tips_are_kept(limit):
    """Both edges or none at every mass; where the reach ends between two masses, a tip where the edges meet.

    Its mass is that of the interpolated published edges but for a twentieth of the step; where a coarse step crosses
    the omega, whose width changes the lifetime within it, it is in the step.
    """
    m, lower, upper = edges(limit.region(ZPrime.universal_leptons() + 0.3 * PHOTON))
    np.testing.assert_array_equal(np.isnan(lower), np.isnan(upper))
    assert not np.any(lower > upper)
    tips = np.flatnonzero(lower == upper)
    ends = np.flatnonzero(np.isnan(lower[1:]) != np.isnan(lower[:-1]))
    assert len(tips) == len(ends)
    for tip in tips:
        grid = np.geomspace(m[tip - 1], m[tip + 1], 2001)
        inside = grid[np.isfinite(limit.region(ZPrime.universal_leptons() + 0.3 * PHOTON, grid).lower[0])]
        step = m[tip + 1] - m[tip - 1]
        resonant = m[tip - 1] < M_OMEGA < m[tip + 1] and step > 0.01
        assert min(abs(inside[[0, -1]] - m[tip])) < step / (1 if resonant else 20)


def test_more_events_keep_the_published_tip_and_widen_the_region():
    """Twice the quark couplings: below 2 m_pi four times the pi0 decays at the same lifetime, at the tip too."""
    limit = limit_of("NuCAL_Blumlein1990ay")
    m, lower, upper = edges(limit.region(replace(PHOTON, **{q: 2 * getattr(PHOTON, q) for q in QUARKS})))
    np.testing.assert_array_equal(m, limit.curve.m)
    assert np.all(lower < limit.curve.lower) and np.all(upper > limit.curve.upper)


def test_interpolation_and_shape():
    limit = limit_of("E141_Riordan1987aw")
    m = np.sqrt(limit.curve.m[:-1] * limit.curve.m[1:])[:40].reshape(5, 8)
    same_m, lower, upper = edges(limit.region(PHOTON, m))
    np.testing.assert_array_equal(same_m, m)
    np.testing.assert_allclose(lower, np.sqrt(limit.curve.lower[:-1] * limit.curve.lower[1:])[:40].reshape(5, 8))
    np.testing.assert_allclose(upper, np.sqrt(limit.curve.upper[:-1] * limit.curve.upper[1:])[:40].reshape(5, 8))


@pytest.mark.parametrize("limit", ALL, ids=lambda limit: limit.data)
def test_no_extrapolation_and_gaps_stay(limit):
    model = ZPrime.universal_leptons() + PHOTON
    outside = np.array([limit.curve.m[0] * 0.999, limit.curve.m[-1] * 1.001, 1e-9, 1e4])
    assert limit.region(model, outside).empty
    gaps = np.isnan(limit.curve.lower)
    m, lower, _ = edges(limit.region(model))
    assert np.isnan(lower[np.isin(m, limit.curve.m[gaps])]).all()


def test_gaps_exist():
    assert sum(int(np.isnan(limit.curve.lower).sum()) for limit in ALL) >= 20


@pytest.mark.parametrize("model", [ZPrime.all_fermions(), ZPrime.b_minus_l(), PHOTON + ZPrime(nu_mu=0.1)],
                         ids=lambda model: model.name)
@pytest.mark.parametrize("name", ["LEP_Fox2011fx", "BESIII_Ablikim2017aab"])
def test_no_limit_is_lost_for_want_of_a_hadronic_width(name, model):
    """LEP's curve goes to 90 GeV, where R is that of free quarks."""
    m, lower, _ = edges(limit_of(name).region(model))
    published = curves.load(name)
    np.testing.assert_array_equal(np.isfinite(lower), np.isfinite(published.lower))
    assert m[-1] > 80 or name.startswith("BESIII")


# -- what cannot be seen -----------------------------------------------------------------------------

@pytest.mark.parametrize("limit", ALL, ids=lambda limit: limit.data)
def test_a_reason_is_given_exactly_where_nothing_is_excluded(limit):
    for model in (*MODELS.values(), PHOTON, ZPrime.muonic(g_nu=1.0), ZPrime(nu_mu=1.0), ZPrime(s=1.0)):
        nothing = np.isnan(limit.region(model).lower[0]).all()
        assert nothing == isinstance(limit.why_not(model), str), model


def test_reasons():
    leptons = ZPrime.universal_leptons()
    for name in ("LHCb_Aaij2019bvg_prompt", "NA48_Batley2015lha", "NuCAL_Blumlein1991xh", "CHARM_Tsai2019mtm"):
        assert "no coupling to what produces it" in limit_of(name).why_not(leptons)
    assert "no decay to what is searched for: e" in limit_of("NA48_Batley2015lha").why_not(ZPrime(u=1.0, mu=1.0))
    assert "too few decays" in limit_of("E774_Bross1989mp").why_not(ZPrime(e=1.0, nu_mu=1e3))
    assert limit_of("BaBar_Lees2014xha").why_not(leptons) is None


@pytest.mark.parametrize("name", ["NA48_Batley2015lha", "NuCAL_Blumlein1990ay", "NuCAL_Blumlein1991xh"])
def test_protophobia_is_a_reason(name):
    """2 g_u + g_d = 0: neither pi0 decays nor protons make it."""
    model = ZPrime(e=1.0, u=-1 / 3, d=2 / 3)
    assert limit_of(name).why_not(model).startswith("no coupling to what produces it")
    assert limit_of(name).region(model).empty
    assert limit_of(name).why_not(model + ZPrime(u=0.02)) is None


def test_isoscalar_couplings_have_no_rho():
    """Equal u and d couplings: no pi+ pi- from the rho, and pi0 -> gamma Z' through the omega alone."""
    model, m = ZPrime.all_fermions(), np.array([0.6, 0.77])
    np.testing.assert_allclose(hadrons.channel_ratio(model, m, "pi+_pi-"), 0, atol=1e-12)
    ratio = mechanism_ratio(model, np.array([0.05]), "pi0 -> gamma X")
    omega_alone = abs(6 / E * breit_wigner("omega", 0.05) / pi0_amplitude(2 / 3, -1 / 3, -1 / 3, 0.05)) ** 2
    assert ratio == pytest.approx(omega_alone, rel=1e-4)


def test_electron_g_minus_2_depends_on_the_electron_alone():
    limit = limit_of("AMMe_Bodas2021fsy_rb")
    _, lower, _ = edges(limit.region(ZPrime(e=-0.5, mu=3.0, nu_e=1.0, u=1.0)))
    np.testing.assert_allclose(lower, limit.curve.lower * E / 0.5, rtol=1e-8)


# -- bad input ---------------------------------------------------------------------------------------

def test_unknown_names():
    for field, value in {"group": "guess", "production": "magic", "final_states": ("x",)}.items():
        with pytest.raises(KeyError, match="E774"):
            replace(limit_of("E774_Bross1989mp"), **{field: value})
    for value in (0.0, None):
        with pytest.raises(ValueError, match="E774"):
            replace(limit_of("E774_Bross1989mp"), shield=value)
    with pytest.raises(ValueError, match="E774: a search behind a shield takes no proper_time"):
        replace(limit_of("E774_Bross1989mp"), proper_time=abs)


@pytest.mark.parametrize("data, lengths", [("E774_Bross1989mp", (None, None)), ("BaBar_Lees2014xha", (1.0, 1.0))])
def test_a_curve_of_another_sort_of_search_is_refused(data, lengths):
    """Two edges without a shield would lose one of them in silence."""
    wrong = replace(limit_of(data), shield=lengths[0], decay=lengths[1])
    with pytest.raises(ValueError, match="a curve with two edges is of a displaced search"):
        wrong.region(PHOTON, [0.005])


@pytest.mark.parametrize("bad", [0.0, -1.0, nan, 1j])
def test_bad_masses(bad):
    with pytest.raises(ValueError, match="m = "):
        limit_of("E774_Bross1989mp").region(PHOTON, bad)


@pytest.mark.parametrize("bad", [nan, inf, 1j, "1"])
def test_bad_couplings(bad):
    with pytest.raises(ValueError, match="coupling e = "):
        ZPrime(e=bad)


def swap_edges(lines):
    m, lower, upper = lines[10].split(",")
    lines[10] = f"{m},{upper},{lower}"


def repeat_mass(lines):
    lines[10] = lines[9].split(",")[0] + "," + lines[10].split(",", 1)[1]


def drop_column(lines):
    lines[:] = [line if line.startswith("#") else line.rsplit(",", 1)[0] for line in lines]


def put_nan(lines):
    lines[10] = lines[10].rsplit(",", 1)[0] + ",nan"


@pytest.mark.parametrize(("damage", "message"), [
    (swap_edges, "line 11.*must not exceed"), (repeat_mass, "line 11.*masses must rise"),
    (drop_column, "columns"), (put_nan, "line 11.*not a finite number")])
def test_a_damaged_limit_is_refused_by_name_and_row(damage, message, tmp_path, monkeypatch):
    name, file = "E774_Bross1989mp", "dark_photon/E774_Bross1989mp.csv"
    shutil.copytree(DATA, tmp_path / "data")
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    damage(lines)
    text = "\n".join(lines) + "\n"
    (tmp_path / "data" / file).write_text(text, encoding="utf-8")
    catalogue = (DATA / "catalogue.csv").read_text(encoding="utf-8")
    path = tmp_path / "data" / "catalogue.csv"
    old = curves.sha256((DATA / file).read_text(encoding="utf-8"))
    path.write_text(catalogue.replace(old, curves.sha256(text)), encoding="utf-8")
    for module in (curves, facts):
        monkeypatch.setattr(module, "DATA", tmp_path / "data")
    curves.forget()
    published_events.kept.cache_clear()
    try:
        with pytest.raises(ValueError, match=f"{name}.*{message}"):
            limit_of(name).region(PHOTON)
    finally:
        curves.forget()
        published_events.kept.cache_clear()

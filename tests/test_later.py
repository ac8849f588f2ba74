"""What came after the paper against what is published of it: other models, other sources, other editions."""

from dataclasses import replace

import numpy as np
import pytest

from zputils import ZPrime, bounds, curves
from zputils.pages import today
from zputils.paths import DATA
from zputils.physics import mixtures
from zputils.physics.mechanisms import mechanism_ratio

B_MINUS_L = ZPrime.b_minus_l()


def test_fasers_dark_photon_limit_recast_covers_its_own_limit_on_b_minus_l():
    """Two figures of one publication, the second digitised by hand; the recast takes one momentum for all.

    Its region is the wider one, by a quarter at most in each edge below 30 MeV: near the tip it is too optimistic.
    """
    published = curves.load("FASER_Abreu2023tle_BL")
    m = published.m[(published.m > 0.0101) & (published.m < 0.03)]
    region = bounds.get("FASER 2023").region(B_MINUS_L, m)
    lower, upper = region.lowest / published.lower_at(m), region.highest / published.upper_at(m)
    assert np.all((lower > 0.75) & (lower < 1)) and np.all((upper < 1.25) & (upper > 1))


@pytest.mark.parametrize(("name", "electrons", "low", "high"), [("NA64 invisible", 2.84, 0.75, 1.2),
                                                                 ("NA64 invisible (2022)", 9.37, 0.69, 0.76)])
def test_na64s_dark_photon_limits_recast_are_near_its_own_limit_on_b_minus_l(name, electrons, low, high):
    """With 3.22e11 electrons; the square root of the ratio of their numbers is taken out.

    For the later limit the number of electrons counts for a half less: its efficiency is lower, as its own step from
    the earlier limit says.
    """
    published = curves.load("NA64_Andreev2022yly_BL")
    m = np.geomspace(3.2e-3, 0.1, 20)
    ratio = published.lower_at(m) / bounds.get(name).region(B_MINUS_L, m).lowest / np.sqrt(electrons / 3.22)
    assert np.all((ratio > low) & (ratio < high)), ratio


def test_na64mus_projections_are_its_limit_scaled():
    """Four times the efficiency and no background, at every mass: half the coupling over the root of the muons."""
    today = curves.load("NA64mu_Andreev2024klw")
    for muons in ("3e11", "2e13", "1e14"):
        planned = curves.load(f"NA64mu_{muons}")
        np.testing.assert_allclose(planned.m, today.m, rtol=1e-5)
        np.testing.assert_allclose((today.limit / planned.limit) ** 2, 4 * float(muons) / 1.98e10, rtol=2e-4)


def test_belle_ii_is_the_abstracts_level():
    """arXiv:1912.11276: 5e-2 to 1 for masses up to 6 GeV."""
    curve = curves.load("BelleII_Adachi2019otg")
    assert curve.m[-1] == pytest.approx(6, abs=0.1)
    assert curve.limit.min() == pytest.approx(5e-2, rel=0.05) and 0.5 < curve.limit[curve.m < 5.9].max() < 1.3


def test_kloes_limit_from_phi_decays_is_the_abstracts_level():
    """arXiv:1210.3927: epsilon^2 below 1.7e-5 from 30 to 400 MeV, below 8e-6 from 50 to 210 MeV.

    The figure it was read from is smooth: at the ends of these ranges it is above, 10 MeV inside it is not.
    """
    curve = curves.load("KLOE_Babusci2012cr")
    for low, high, level in ((0.04, 0.39, 1.7e-5), (0.06, 0.2, 8e-6)):
        inside = (curve.m >= low) & (curve.m <= high)
        assert level / 1.5 < (curve.limit[inside] ** 2).max() < 1.1 * level


@pytest.mark.parametrize(("name", "low", "high"), [("FASER_Abreu2023tle", 0.017, 0.07),
                                                    ("NA62_CortinaGil2023qyn", 0.2155, 0.53),
                                                    ("NA62_CortinaGil2023nhs", 0.05, 0.48)])
def test_masses_of_the_abstracts_are_covered(name, low, high):
    curve = curves.load(name)
    assert curve.m[0] <= low and curve.m[-1] >= high


def test_newer_curves_of_one_experiment_go_further():
    """At the masses of both: the limit of 2018, 2022 or 2019 against the one the paper draws."""
    for newer, older in (("KLOE_Anastasi2018azp_mumu", "KLOE_Babusci2014sta"),
                         ("NA64_Andreev2023wbi", "NA64_NA642019imj")):
        new, old = curves.load(newer), curves.load(older)
        m = np.geomspace(max(new.m[0], old.m[0]) * 1.01, min(new.m[-1], old.m[-1]) * 0.99, 50)
        ratio = new.lower_at(m) / old.lower_at(m)
        assert np.nanmedian(ratio) < 0.75, newer


@pytest.mark.parametrize(("mixture", "mechanisms"), [
    (mixtures.pi0_then_eta_decays, (mixtures.PIONS, mixtures.ETAS)),
    (mixtures.pi0_decays_then_proton_bremsstrahlung, (mixtures.PIONS, mixtures.PROTONS)),
    (mixtures.pi0_then_eta_decays_then_proton_bremsstrahlung, (mixtures.PIONS, mixtures.ETAS, mixtures.PROTONS))])
def test_first_of_the_mechanisms_that_is_open(mixture, mechanisms):
    m = np.array([0.1, 0.2, 0.6])[:len(mechanisms)]
    expected = [float(mechanism_ratio(B_MINUS_L, x, name)) for x, name in zip(m, mechanisms, strict=True)]
    np.testing.assert_allclose(mixture(B_MINUS_L, m), expected)
    np.testing.assert_allclose(mixture(2 * ZPrime.dark_photon(), m), 4)


def test_shares_of_the_yields_are_those_of_the_table():
    """Above the eta's mass only bremsstrahlung is left; in between each counts by its number."""
    heavy, light = np.array([1.0]), np.array([0.1])
    np.testing.assert_allclose(mixtures.mesons_and_bremsstrahlung_at_120_GeV(B_MINUS_L, heavy),
                               mechanism_ratio(B_MINUS_L, heavy, mixtures.PROTONS))
    row = curves.table(mixtures.YIELDS).set_index("m_GeV")
    weights = [np.interp(0.1, row.index, row[column]) for column in ("N_pi0", "N_eta", "N_brem")]
    each = [mechanism_ratio(B_MINUS_L, light, name)[0] for name in (mixtures.PIONS, mixtures.ETAS, mixtures.PROTONS)]
    np.testing.assert_allclose(mixtures.mesons_and_bremsstrahlung_at_120_GeV(B_MINUS_L, light),
                               np.average(each, weights=weights))


def test_eta_primes_and_photons_add_up_as_squares_of_charges():
    """Far below every meson: 9 + 1 + 4 from rho, omega and phi for a photon; strange quarks alone make 4 of 14."""
    m, strange = np.array([1e-3]), replace(ZPrime(), s=ZPrime.dark_photon().s)
    assert mechanism_ratio(strange, m, "eta' -> gamma X")[0] == pytest.approx((4 / 14) ** 2, rel=1e-3)
    assert mechanism_ratio(strange, m, "eta -> gamma X")[0] == pytest.approx((2 / 8) ** 2, rel=1e-3)
    assert mechanism_ratio(strange, m, "phi -> eta X")[0] == pytest.approx(1)
    assert mechanism_ratio(ZPrime(u=1.0, d=1.0), m, "phi -> eta X")[0] == 0


# -- what is missing ---------------------------------------------------------------------------------------------------

def test_what_is_missing_names_its_publication_and_why():
    frame = today.missing()
    assert len(frame) > 20 and {"MATHUSLA", "CODEX-b", "PIENU"} <= set(frame.experiment)
    assert not set(frame.what) & set(today.every_bound().index)


@pytest.mark.parametrize(("old", "new", "message"), [
    ("2101.07381", "", "row 6 .PIENU.: arxiv = ''"), ("2101.07381", "PIENU", "row 6 .PIENU.: arxiv = 'PIENU'"),
    (",no,No numbers were found.\nNA64e", ",no,\nNA64e", "row 6 .PIENU.: why = ''"),
    (",no,No numbers were found.\nNA64e", ",maybe,none\nNA64e", "row 6 .PIENU.: future = 'maybe'")])
def test_a_missing_bound_without_publication_or_reason_is_refused(old, new, message, tmp_path):
    text = (DATA / today.MISSING).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "missing.csv"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        today.missing(path)


def test_every_bound_says_how_it_was_obtained():
    table = today.every_bound()
    assert (table != "").all(axis=None) and set(table.trust) <= {"high", "medium", "inferred", "computed"}
    assert set(table.index[table.trust == "inferred"]) == {"SeaQuest"}

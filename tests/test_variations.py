from dataclasses import replace

import numpy as np
import pytest

from zputils import FASER, SEAQUEST, SHIP, ZPrime, variations
from zputils.variations import Choice

M = np.geomspace(3e-3, 0.9, 25)
NAMES = pytest.mark.parametrize("name", variations.DUMPS)


@NAMES
def test_the_central_choice_is_the_experiment_itself(name):
    dump = variations.DUMPS[name]
    for model in (ZPrime.muonic(g_nu=0.1), ZPrime.dark_photon()):
        np.testing.assert_allclose(variations.CENTRAL[name].apply(dump).reach(model, M), dump.reach(model, M),
                                   rtol=1e-6)


@NAMES
def test_every_variant_keeps_the_dark_photons_lower_edge(name):
    photon = ZPrime.dark_photon()
    anchor = variations.DUMPS[name].reach(photon, 0.1)[0]
    for choice, dump in variations.variants(name).items():
        assert dump.reach(photon, 0.1)[0] == pytest.approx(anchor, rel=1e-9), choice


def test_the_upper_edge_goes_a_little_faster_than_the_root_of_the_momentum():
    slow, fast = (Choice(fraction=fraction).apply(SHIP).reach(ZPrime.muonic(), 0.05)[1] for fraction in (0.25, 0.75))
    assert np.sqrt(3) < fast / slow < 1.1 * np.sqrt(3)


def test_more_hadrons_shorten_the_life_of_a_dark_photon_at_the_rho():
    few, many = (Choice(r_shift=shift).apply(SHIP).reach(ZPrime.dark_photon(), 0.75)[1] for shift in (-3.0, 3.0))
    muonic = [Choice(r_shift=shift).apply(SHIP).reach(ZPrime.muonic(), 0.15) for shift in (-3.0, 3.0)]
    assert many < few
    np.testing.assert_allclose(*muonic, rtol=1e-12)  # no hadrons below two pions


@pytest.mark.slow
@NAMES
def test_envelope_against_one_variant_at_a_time(name):
    model = ZPrime.muonic(g_nu=2 if name == "SHiP" else 0.1)  # with masses that are out of reach
    (low, high), (lowest, highest) = variations.envelope(name, model, M)
    for i, m in enumerate(M):
        edges = np.array([dump.reach(model, m) for dump in variations.variants(name).values()])
        seen = edges[~np.isnan(edges[:, 0])]
        np.testing.assert_allclose(lowest[i], seen[:, 0].min() if len(seen) else np.nan)
        np.testing.assert_allclose(highest[i], seen[:, 1].max() if len(seen) else np.nan)
        always = len(seen) == len(edges) and seen[:, 0].max() < seen[:, 1].min()
        np.testing.assert_allclose([low[i], high[i]], [seen[:, 0].max(), seen[:, 1].min()] if always else [np.nan] * 2)
    assert np.isfinite(low).any() and np.isnan(low).any()


def test_spread_is_over_central_and_corners():
    def upper(dump):
        return dump.reach(ZPrime.muonic(), 0.1)[1]

    every = [upper(dump) for dump in variations.variants("SHiP").values()]
    assert variations.spread(upper, "SHiP") == (min(every), max(every))
    seen = []
    variations.spread(lambda *dumps: seen.append([dump.name for dump in dumps]) or 0.0, "SHiP", "SeaQuest")
    assert seen == [["SHiP", "SeaQuest"]] * 33


def test_effects_are_those_of_one_choice():
    table = variations.effects("SeaQuest", ZPrime.muonic(), 0.05)
    moved = replace(variations.CENTRAL["SeaQuest"], fraction=0.75).apply(SEAQUEST)
    expected = np.divide(moved.reach(ZPrime.muonic(), 0.05), SEAQUEST.reach(ZPrime.muonic(), 0.05))
    np.testing.assert_allclose(table.loc["fraction = 0.75"], expected)
    assert len(table) == 11
    more = replace(variations.CENTRAL["SeaQuest"], spectrum=True, mesons=1.6).apply(SEAQUEST)
    np.testing.assert_allclose(table.loc["spectrum, mesons x 1.6"],
                               np.divide(more.reach(ZPrime.muonic(), 0.05), SEAQUEST.reach(ZPrime.muonic(), 0.05)))


def test_half_of_the_corners_have_a_spectrum_and_mesons_matter_to_seaquest_alone():
    spectral = [choice for choice in variations.CORNERS if choice.spectrum]
    assert len(spectral) == 16 == len(variations.CORNERS) - len(spectral)
    few, many = (Choice(spectrum=True, mesons=factor) for factor in variations.MESONS)
    assert few.apply(SHIP).reach(ZPrime.muonic(), 0.05) == many.apply(SHIP).reach(ZPrime.muonic(), 0.05)
    assert few.apply(SEAQUEST).reach(ZPrime.muonic(), 0.05)[1] > many.apply(SEAQUEST).reach(ZPrime.muonic(), 0.05)[1]
    assert Choice().apply(SHIP).spectrum is None


@pytest.mark.parametrize("call, error, message", [
    (lambda: variations.variants("FASER"), KeyError, "dump = 'FASER'"),
    (lambda: Choice().apply(FASER), KeyError, "dump = 'FASER'"),
    (lambda: Choice(fraction=0.0), ValueError, "fraction"),
    (lambda: Choice(form_factor="monopole").apply(SHIP), KeyError, "monopole"),
    (lambda: Choice(r_shift=np.nan).apply(SHIP), ValueError, "r_shift")])
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()

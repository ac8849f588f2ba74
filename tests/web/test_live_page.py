"""The page on which a model meets every bound, alone in a folder and without a network."""

import json
import re
import shutil
from io import StringIO
from statistics import median
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import sync_playwright
from test_live import MODELS, wrong

from zputils import ZPrime, bounds
from zputils.methods.bound import GROUPS
from zputils.pages import live_element
from zputils.physics import decays

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
HEAD = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>live</title>"
PLAIN = """g => JSON.stringify(zputilsLive.evaluate(g), (_, y) => ArrayBuffer.isView(y) ? Array.from(y) :
    Number.isNaN(y) ? "nan" : y === Infinity ? "inf" : y)"""
TIMED = """models => models.map(g => { const start = performance.now(); zputilsLive.evaluate(g);
    return performance.now() - start; })"""
SPEED_OF_LIGHT = 299792458.0  # m/s
ROUNDED = dict(rtol=2e-8)  # the file has eight digits, as bounds.to_csv


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("live") / "page.html"
    file.write_text(HEAD + live_element.element(), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def idle():
    """Tabs that no test uses."""
    return []


@pytest.fixture
def opened(browser, address, idle):
    """A function that opens the page, in a tab that a test has left in order or a new one; complaints fail."""
    complaints, used = [], []

    def complain(error):
        complaints.append(str(error))

    def open_page(fragment="", width=1000):
        page = idle.pop() if idle else browser.new_context(offline=True).new_page()
        used.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", complain)
        page.bring_to_front()
        page.goto(address + fragment)
        page.wait_for_selector("#live[data-ready]")
        return page

    yield open_page
    for page in used:
        page.remove_listener("pageerror", complain)
        page.goto("about:blank")
    assert not complaints
    idle.extend(used)


def settled(page):
    """The page once what was asked for is drawn."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page


def filled(page, **fields):
    for name, value in fields.items():
        page.fill(f"[name={name}]", repr(value))
    return settled(page)


def saved(page, name):
    """The text of a file that a button gives."""
    with page.expect_download() as download:
        page.click(f"[name={name}]")
    with open(download.value.path(), encoding="utf-8") as file:
        return file.read()


def test_every_bound_is_that_of_the_package_in_the_browser_too(opened):
    page = opened()
    for model in (*MODELS[:8], *MODELS[-4:]):
        assert wrong(json.loads(page.evaluate(PLAIN, model.couplings)), model) is None, model.couplings


def test_how_long_all_bounds_take_is_reported(opened, capsys):
    page, models = opened(), [model.couplings for model in MODELS[-30:]]
    first = page.evaluate(TIMED, models[:1])
    rounds = [page.evaluate(TIMED, models) for _ in range(4)][1:]
    times = [min(times) for times in zip(*rounds, strict=True)]  # others use the machine too
    with capsys.disabled():
        print(f"\nall {len(bounds.register())} bounds for one model in Chromium: median {median(times):.1f} ms, "
              f"largest {max(times):.1f} ms of {len(times)} models; the first that is asked for {first[0]:.0f} ms")


@pytest.mark.parametrize("preset, model", live_element.PRESETS.items())
def test_a_point_is_excluded_by_what_the_package_says(opened, preset, model):
    page, place = opened(), 210
    page.select_option("[name=preset]", preset)
    page.check("[name=future]")
    filled(page, mass=bounds.MASSES[place].item(), coupling=0.02)
    expected = bounds.excluded_by(model, bounds.MASSES[place], 0.02)
    rows = [row.split("\t") for row in page.locator("#live .by tr").all_inner_texts()]
    assert [row[0] for row in rows] == list(expected.index)
    factors = [float(row[2].replace("∞", "inf")) for row in rows]
    np.testing.assert_allclose(factors, expected.margin, rtol=6e-3)
    shares = {channel: decays.branching_ratio(model, bounds.MASSES[place], channel) for channel in decays.CHANNELS}
    assert page.locator("#live .share").count() == sum(share >= 5e-4 for share in shares.values())


def test_a_coupling_moves_the_bounds_and_a_link_keeps_all_of_it(opened):
    page = filled(opened(), mu=2.0, mass=0.5, momentum=3.0)
    page.check("[name=photon]")
    page.uncheck("[name='group muons']")
    link, drawn = settled(page).evaluate("location.hash"), page.inner_html("#live svg")
    assert "mu=2" in link and "mu=2," in page.text_content("#live pre")
    again = opened(link)
    assert again.inner_html("#live svg") == drawn != opened().inner_html("#live svg")
    assert again.evaluate("location.hash") == link
    assert again.is_checked("[name=photon]") and again.input_value("[name=momentum]") == "3.0"


def test_linked_couplings_follow(opened):
    page = opened()
    page.check("[name=universal]")
    page.fill("[name=e]", "0.5")
    assert page.input_value("[name=tau]") == "0.5"
    page.check("[name=photon]")
    page.fill("[name=u]", "0.2")
    assert float(page.input_value("[name=d]")) == pytest.approx(-0.1)


def test_the_muonic_model_follows_its_two_numbers(opened):
    page = filled(opened(), g_nu=0.3, Lambda=1000.0)
    found = {name: float(page.input_value(f"[name={name}]")) for name in live_element.FERMIONS}
    assert found == pytest.approx(ZPrime.muonic(g_nu=0.3, scale=1e3).couplings, rel=1e-12)


def test_the_slider_moves_the_coupling_that_was_touched(opened):
    page = filled(opened(), tau=-1.0)
    page.focus("[name=size]")
    page.keyboard.press("ArrowLeft")
    assert float(page.input_value("[name=tau]")) == pytest.approx(-(10**-0.01), rel=1e-2)


def test_the_point_moves_by_keyboard_and_by_dragging(opened):
    page = opened()
    before = float(page.input_value("[name=mass]"))
    page.focus("#live svg")
    page.keyboard.press("Shift+ArrowRight")
    assert float(page.input_value("[name=mass]")) == pytest.approx(before * 10**0.1, rel=0.02)
    settled(page).locator("#live .handle").scroll_into_view_if_needed()
    box = page.locator("#live .handle").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=4)
    page.mouse.up()
    assert float(page.input_value("[name=mass]")) > before * 2
    assert float(page.input_value("[name=coupling]")) > 5e-4


def test_the_pointer_is_told_experiment_and_reference(opened):
    page = opened()
    page.locator("#live svg").first.hover(position={"x": 70, "y": 440})  # light, and as weakly coupled as there is
    assert "BBN+CMB (2 sigma" in page.text_content("#live .under") and "arXiv" in page.text_content("#live .under")


def test_what_is_said_of_the_lifetime_is_that_of_the_package(opened):
    m, g, p, model = bounds.MASSES[210].item(), 3e-6, 150.0, ZPrime.b_minus_l()
    page = opened()
    page.select_option("[name=preset]", "B − L")
    text = filled(page, mass=m, coupling=g, momentum=p).text_content("#live .length")
    length, lifetime, flight = re.fullmatch("cτ = (.*) m, τ = (.*) s, flight at 150 GeV: (.*) m", text).groups()
    assert float(length) == pytest.approx(decays.decay_length(model, m, g), rel=6e-3)
    assert float(lifetime) == pytest.approx(decays.decay_length(model, m, g) / SPEED_OF_LIGHT, rel=6e-3)
    assert float(flight) == pytest.approx(decays.flight_length(model, m, g, p), rel=6e-3)


NAMES = """[...document.querySelectorAll("#live svg text.name")].map(text => {
    const { x, y, width, height } = text.getBBox();
    return [text.textContent, x, y + 2, x + width, y + height - 2];
})"""


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("preset", live_element.PRESETS)
def test_no_name_stands_on_another_and_all_are_inside(opened, preset, width):
    page = opened(width=width)
    page.select_option("[name=preset]", preset)
    page.check("[name=future]")
    names, right = settled(page).evaluate(NAMES), page.evaluate("document.querySelector('#live svg').clientWidth")
    assert len(names) > 8
    for k, (one, a, b, c, d) in enumerate(names):
        assert a >= 0 and c <= right + 1, one
        assert [other for other, x, y, z, w in names[:k] if a < z and x < c and b < w and y < d] == [], one


def test_a_silent_bound_says_why(opened):
    page, model = opened(), ZPrime.universal_leptons()
    page.select_option("[name=preset]", "universal leptons")
    text = settled(page).text_content("#live .silent")
    assert f"{bounds.get('CHARM').why_not(model)}: " in text and "CHARM (1985)" in text


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_is_wider_than_the_screen(opened, width):
    page = opened(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#live svg path").count() > 40


def test_what_is_drawn_is_saved_as_the_package_writes_it(opened, tmp_path):
    page = opened()
    page.uncheck("[name='group hadrons']")
    settled(page)
    model = live_element.PRESETS[live_element.START]
    names = [name for name, bound in bounds.register().items()
             if bound.group in GROUPS and bound.group != "hadrons" and not bound.future
             and not bound.region(model).empty]
    expected = pd.read_csv(bounds.to_csv(model, tmp_path / "mine.csv", names), comment="#")
    found = pd.read_csv(StringIO(saved(page, "csv")), comment="#")
    pd.testing.assert_frame_equal(found, expected, **ROUNDED)
    assert saved(page, "bib") == bounds.bibtex(model, names)
    drawing = ElementTree.fromstring(saved(page, "svg"))
    assert {node.get("data-name") for node in drawing.iter() if node.get("data-name")} == set(names)


def test_the_five_lines_of_python_give_the_same(opened, tmp_path, monkeypatch, capsys):
    page = opened()
    page.uncheck("[name='group hadrons']")
    lines = settled(page).text_content("#live pre")
    assert len(lines.splitlines()) == 5
    monkeypatch.chdir(tmp_path)
    said = {}
    exec(lines, said)
    pd.testing.assert_frame_equal(pd.read_csv(StringIO(saved(page, "csv")), comment="#"),
                                  pd.read_csv(said["path"], comment="#"), **ROUNDED)
    assert saved(page, "bib") == said["cite"]

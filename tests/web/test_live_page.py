"""The page on which a model meets every bound, alone in a folder and without a network."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from zputils import ZPrime, bounds
from zputils.pages import live_element

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
HEAD = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>live</title>"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("live") / "page.html"
    file.write_text(HEAD + live_element.element(), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture
def opened(browser, address):
    """A function that opens the page; complaints fail."""
    complaints, contexts = [], []

    def open_page(fragment="", width=1000):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, offline=True))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + fragment)
        page.wait_for_selector("#live[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def reached(page, mass, coupling):
    """What the page says of a point."""
    page.fill("[name=mass]", repr(mass))
    page.fill("[name=coupling]", repr(coupling))
    return page.text_content("#live output")


@pytest.mark.parametrize("preset, model", [("B - L", ZPrime.b_minus_l()), ("dark photon", ZPrime.dark_photon())])
def test_the_edge_of_a_preset_is_that_of_the_package(opened, preset, model):
    page = opened()
    page.select_option("[name=preset]", preset)
    region = bounds.get("BaBar").region(model)
    mass, edge = float(region.m[1000]), float(region.lower[0, 1000])
    assert "BaBar (1.00 times its edge)" in reached(page, mass, edge * (1 + 1e-9))
    assert "BaBar (" not in reached(page, mass, edge * (1 - 1e-9))


def test_a_coupling_moves_the_bounds_and_a_link_keeps_it(opened):
    page = opened()
    page.fill("[name=mu]", "2")
    drawn, link = page.inner_html("#live svg"), page.evaluate("location.hash")
    assert "mu=2" in link and "mu=2," in page.text_content("#live pre")
    assert opened(link).inner_html("#live svg") == drawn != opened().inner_html("#live svg")


def test_linked_couplings_follow(opened):
    page = opened()
    page.check("[name=universal]")
    page.fill("[name=e]", "0.5")
    assert page.input_value("[name=tau]") == "0.5"
    page.check("[name=photon]")
    page.fill("[name=u]", "0.2")
    assert float(page.input_value("[name=d]")) == pytest.approx(-0.1)


def test_the_point_moves_by_keyboard(opened):
    page = opened()
    before = float(page.input_value("[name=mass]"))
    page.focus("#live svg")
    page.keyboard.press("ArrowRight")
    assert float(page.input_value("[name=mass]")) == pytest.approx(1.05 * before, rel=0.01)


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_is_wider_than_the_screen(opened, width):
    page = opened(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#live svg path").count() > 40


def test_what_is_drawn_can_be_saved(opened):
    page = opened()
    for name, begins in (("csv", "bound,interval,m_GeV,lower,upper\n"), ("svg", "<svg ")):
        with page.expect_download() as saved:
            page.click(f"[name={name}]")
        with open(saved.value.path(), encoding="utf-8") as file:
            assert file.read().startswith(begins)

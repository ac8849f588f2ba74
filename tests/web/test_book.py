"""The built book in a browser without a network: what a reader sees on a laptop and on a phone.

`make test-web` after `make book`; plain `make test` does not come here. Skipped where there is no Chromium.
"""

import gzip
import re
import shutil
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from zputils import SHIP, ZPrime, bounds, figures, paths
from zputils.pages import explore
from zputils.physics import g_minus_2

HTML = paths.BUILD / "html"
PAGES = sorted(str(page.relative_to(HTML)) for page in HTML.rglob("*.html")
               if "_static" not in page.parts and page != HTML / "index.html")
WIDTHS = {"laptop": 1280, "phone": 375}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
LOUD = ("error", "warning")
FOREIGN = re.compile(r"(?:https?:)?//")
LOADED = re.compile(r"""<(?:script|img|iframe|source|link[^>]+rel="(?:stylesheet|preload|icon)")[^>]*?"""
                    r"""(?:src|href)="([^"]*)\"""")
ROUNDED = 5.01e-4  # largest relative error of the four digits in the page

MATHEMATICS = """async () => {
  await window.MathJax?.startup.promise;
  const formulas = [...document.querySelectorAll('.math')], copy = document.body.cloneNode(true);
  copy.querySelectorAll('pre, code, .sig, script, style, mjx-container').forEach(element => element.remove());
  return {bare: formulas.filter(formula => !formula.querySelector('mjx-container')).map(formula => formula.textContent),
          errors: [...document.querySelectorAll('mjx-merror')].map(error => error.textContent),
          raw: copy.textContent.match(/\\$[^$\\n]+\\$|\\\\[([][^\\n]*/g) ?? []};
}"""
IMAGES = """() => [...document.querySelectorAll('img:not(.toggler)')].map(image => ({
  file: image.src.split('/').pop(), width: image.naturalWidth, alt: image.alt.trim(),
  filter: getComputedStyle(image).filter, background: getComputedStyle(image).backgroundColor}))"""
STICKING_OUT = """() => {
  const scrolls = element => element && (/auto|scroll/.test(getComputedStyle(element).overflowX)
    || scrolls(element.parentElement));
  return [...document.querySelectorAll('main *:not(mjx-assistive-mml, mjx-assistive-mml *)')].filter(element =>
    element.getClientRects().length
    && element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element.parentElement)
    && getComputedStyle(element).visibility !== 'hidden').map(element => element.outerHTML.slice(0, 90));
}"""

# Of each displayed equation: what lies left or right of where its box can scroll to, and whether it has to scroll.
EQUATIONS = """() => [...document.querySelectorAll('.bd-content div.math')].map(box => {
  const at = box.getBoundingClientRect(), scrolled = box.scrollLeft;
  const parts = [...box.querySelectorAll('mjx-mtd, mjx-mi, mjx-mo, mjx-mn')].map(part => part.getBoundingClientRect())
    .filter(part => part.width > 0);
  return {tex: box.textContent.trim().slice(0, 40), scrolls: box.scrollWidth > box.clientWidth + 1,
          left: at.left - Math.min(...parts.map(part => part.left)) - scrolled,
          right: Math.max(...parts.map(part => part.right)) - at.left + scrolled - box.scrollWidth};
})"""


CUT_CODE = """() => [...document.querySelectorAll('div.cell_input pre')].filter(code =>
  code.clientWidth && code.scrollWidth > code.clientWidth + 1).map(code => code.textContent.slice(0, 60))"""
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of axe on them
SCROLLING = ["scrollable-region-focusable"]  # the one on what a narrow page has more of
# Marks the first element of each look that is not known: of all that these decide by, and of the class (cells have
# their row and column there). Gives the looks. What is behind a wall is not seen, unless something makes it
# transparent. Of a formula axe sees what is read aloud: it is not on the screen.
LOOKS = r"""known => {
  const seen = new Set(known), found = [], walls = new WeakMap(), transparent = /^rgba\(.*, 0\)$|^transparent$/;
  const opaque = /^rgb\(/, VEIL = 'veil';
  const says = element => element.matches('input, select, textarea')
    || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const behind = element => {
    if (!element) return '';
    if (!walls.has(element)) {
      const {backgroundColor, backgroundImage, opacity, filter} = getComputedStyle(element), own = [];
      if (opacity !== '1' || filter !== 'none') own.push(VEIL, opacity, filter);
      if (backgroundImage !== 'none' || !transparent.test(backgroundColor)) own.push(backgroundColor, backgroundImage);
      const farther = behind(element.parentElement), wall = opaque.test(backgroundColor) && backgroundImage === 'none';
      walls.set(element, (wall && ![...own, farther].join().includes(VEIL) ? own : [...own, farther]).join('|'));
    }
    return walls.get(element);
  };
  document.querySelectorAll('[data-look]').forEach(element => element.removeAttribute('data-look'));
  const shown = document.body.querySelectorAll('*:not(mjx-container *, title, script, style)');
  for (const element of [...shown].filter(says)) {
    const {color, fontSize, fontWeight, textShadow, textDecoration} = getComputedStyle(element);
    const look = [element.tagName, `${element.className}`.replace(/\d+/g, ''), color, fontSize, fontWeight, textShadow,
                  textDecoration, getComputedStyle(element.parentElement).color, behind(element)].join(' | ');
    if (seen.has(look)) continue;
    element.setAttribute('data-look', '');
    seen.add(look);
    found.push(look);
  }
  return found;
}"""


AXE = Axe().axe_script
FOUND = """([place, options]) => axe.run(place, options).then(({violations, incomplete}) => {
  const short = ({any}) => any.some(({data}) => data?.messageKey === 'shortTextContent' && data.contrastRatio > 0);
  return [...violations, ...incomplete.map(rule => ({...rule, nodes: rule.nodes.filter(short)}))]
    .filter(rule => rule.nodes.length);
})"""
THEME = "document.documentElement.dataset.theme"


def address(page):
    return (HTML / page).as_uri()


@dataclass(frozen=True)
class Visit:
    """What one page asked for and said, and what it showed at one width and in one scheme."""

    title: str
    theme: str
    requests: list
    failed: list
    complaints: list
    fonts: list
    mathematics: dict
    images: list
    width: int
    sticking_out: list
    cut_code: list
    equations: dict
    shut_out: list


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine: the book is not tried in a browser")
    if not PAGES:
        pytest.fail(f"there is no book in {HTML}: make book")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


HEARD = {}  # {tab: what it complains of}
IDLE = defaultdict(list)  # tabs of one kind that no test uses


@contextmanager
def tab(browser, width, **options):
    """An empty tab without a network: one that a test has left in order, or a new one, which takes long."""
    idle = IDLE[browser, *sorted(options.items())]
    page = idle.pop() if idle else browser.new_context(offline=True, **options).new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.bring_to_front()  # behind another one nothing moves
    yield page
    page.goto("about:blank")
    idle.append(page)


@contextmanager
def explored(browser, width, fragment="", **options):
    """The page of the interactive figure, once it is drawn; complaints fail."""
    with tab(browser, width, **options) as page:
        complaints = listen(page)
        page.goto(address("book/appendix-explore.html") + fragment)
        page.wait_for_selector("#explore .explore-plot path.curve", state="attached")
        yield page
        assert not complaints


def listen(page):
    """A list that collects what the page complains of from now on."""
    if page not in HEARD:
        page.on("pageerror", lambda error: HEARD[page].append(str(error)))
        page.on("console", lambda message: HEARD[page].append(message.text) if message.type in LOUD else None)
    HEARD[page] = []
    return HEARD[page]


def settle(page):
    """Wait until a page is typeset, and let what moves arrive: its width, its colours."""
    page.evaluate("async () => { await window.MathJax?.startup.promise; await document.fonts.ready; }")
    page.evaluate("() => document.getAnimations().forEach(each => each.finish())")


def schemed(page, scheme):
    """The page in the light or in the dark."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(f"scheme => {THEME} === scheme", arg=scheme)


def resize(page, width):
    """Give a page a width, and wait until the theme has looked what scrolls there: 300 ms later by the page's clock."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 350)))")


def shut_out(page, rules=True, colours=True, known=None):
    """What breaks the rules of axe that are critical, serious or moderate, [(rule, elements)]; `rules`: all, or some.

    Colours, which take longer than all other rules, are looked at once for each look that text has: `known` are those
    that were found in order, on this page or another, and is added to.
    """
    known = set() if known is None else known
    settle(page)
    which = {"rules": {rule: {"enabled": False} for rule in COLOURS}} if rules is True else {"runOnly": rules}
    found = violations(page, **which) if rules else []
    if colours and (looks := page.evaluate(LOOKS, [*known])):
        wrong = violations(page, [["[data-look]"]], runOnly=COLOURS)
        known.update([] if wrong else looks)
        found += wrong
    return found


def violations(page, include=None, **options):
    """What axe finds in the page, or in some elements of it; a letter alone too, of which it says it is not sure."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(FOUND, [{"include": include or [["html"]]},
                                  {"resultTypes": ["violations", "incomplete"], "preload": False, **options}])
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found if rule["impact"] != "minor"]


def equations(page, widths):
    """{width: what `EQUATIONS` finds there}; the page stays at the last of the widths."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        found[width] = page.evaluate(EQUATIONS)
    return found


def shown(page, width):
    """What a page shows at a width, as `Visit` has it."""
    return {"equations": equations(page, [width] if width >= 1000 else [320, width]), "images": page.evaluate(IMAGES),
            "width": page.evaluate("document.documentElement.scrollWidth"),
            "sticking_out": page.evaluate(STICKING_OUT), "cut_code": page.evaluate(CUT_CODE)}


@pytest.fixture(scope="module")
def visit(browser):
    """visit(page, width, scheme): a `Visit`.

    A page is opened once, every other one on a phone, then it gets the other width; on a laptop it is darkened at last.
    """
    laptop, phone, known = WIDTHS["laptop"], WIDTHS["phone"], set()
    with tab(browser, laptop, color_scheme="light") as page:
        requests, failed, complaints = [], [], listen(page)
        page.on("request", lambda request: requests.append(request.url))
        page.on("requestfailed", lambda request: failed.append(request.url))

        @cache
        def made(name):
            widths = (phone, laptop) if PAGES.index(name) % 2 else (laptop, phone)
            page.bring_to_front()  # after tests with tabs of their own
            page.goto("about:blank")
            page.set_viewport_size({"width": widths[0], "height": 900})
            for heard in (requests, failed, complaints):
                heard.clear()
            page.goto(address(name))
            said = {"mathematics": page.evaluate(MATHEMATICS), "title": page.title(),
                    "fonts": page.evaluate("async () => [...await document.fonts.ready].map(font => font.status)")}
            seen = shown(page, widths[0])
            # Copies: what axe asks for is no reader's.
            said |= {"requests": [*requests], "failed": [*failed], "complaints": [*complaints]}
            made = {}
            for width in widths:
                if width != widths[0]:
                    resize(page, width)
                    seen = shown(page, width)
                # Colours are the same at every width, and what a page has to operate, but for its own controls.
                some = width == laptop or page.locator("main :is(input, select, textarea)").count() > 0
                found = shut_out(page, some or SCROLLING, colours=width == laptop, known=known)
                made[width, "light"] = Visit(**said, **seen, theme=page.evaluate(THEME), shut_out=found)
                if width == laptop:
                    schemed(page, "dark")
                    made[width, "dark"] = replace(made[width, "light"], theme=page.evaluate(THEME),
                                                  images=page.evaluate(IMAGES),
                                                  shut_out=shut_out(page, rules=False, known=known))
                    schemed(page, "light")
            return made
        yield lambda name, width=laptop, scheme="light": made(name)[width, scheme]


on_every_page = pytest.mark.parametrize("name", PAGES)
at_both_widths = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)

# -- every page -------------------------------------------------------------------------------------------------


@on_every_page
def test_no_complaints_and_nothing_from_elsewhere(visit, name):
    seen = visit(name)
    assert not seen.complaints and not seen.failed
    assert len(seen.requests) > 5 and all(url.startswith(("file:", "data:", "blob:")) for url in seen.requests)


@on_every_page
def test_mathematics_is_typeset(visit, name):
    assert visit(name).mathematics == {"bare": [], "errors": [], "raw": []}


def test_the_first_file_leads_to_the_first_page(browser):
    with tab(browser, 1280) as page:
        page.goto(address("index.html"))
        page.wait_for_url(address("book/index.html"))


def test_mathematics_has_its_own_fonts(visit):
    fonts = visit("book/02-3-muon-g-minus-2.html").fonts
    assert "loaded" in fonts and "error" not in fonts


@on_every_page
@at_both_widths
def test_images_load_and_say_what_they_show(visit, name, width):
    for image in visit(name, width).images:
        assert image["width"] > 0, image
        assert len(image["alt"]) > 30 and image["file"] not in image["alt"], image


@on_every_page
@at_both_widths
def test_nothing_sticks_out(visit, name, width):
    seen = visit(name, width)
    assert seen.width <= width and not seen.sticking_out


@on_every_page
@at_both_widths
def test_no_equation_is_cut(visit, name, width):
    found = visit(name, width).equations
    assert min(found) == (320 if width < 1000 else 1280)
    assert not [one for some in found.values() for one in some if one["left"] > 1 or one["right"] > 1.5]
    assert width < 1000 or not [one for one in found[width] if one["scrolls"]]


@on_every_page
def test_no_code_is_cut(visit, name):
    assert not visit(name, 1280).cut_code


@on_every_page
@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 1280), ("light", 375)])
def test_nobody_is_shut_out(visit, name, scheme, width):
    """The rules of axe: nothing critical, serious or moderate."""
    assert not visit(name, width, scheme).shut_out


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_phone_alone_shows_can_be_read(browser, scheme):
    with tab(browser, 375, color_scheme=scheme) as page:
        page.goto(address("book/index.html"))
        assert not shut_out(page)


def test_who_is_shut_out_is_seen(browser):
    with tab(browser, 1280) as page:
        page.set_content('<html lang="en"><title>t</title><main><h1>h</h1><p>black</p><p>black</p><img src="x">'
                         '<p style="color: #aaa">grey</p><p style="color: #bbb">z</p>'
                         '<div style="background: #666"><p>on grey</p></div>'
                         '<div style="opacity: 0.3"><p>faint</p></div><p style="background: #fff">a wall</p>'
                         '<div style="opacity: 0.3"><p style="background: #fff">veiled</p></div>'
                         '<p>A long text with <a href="#" '
                         'style="color: #111; text-decoration: none">a link that nobody sees</a> in the middle.</p>'
                         '<label>number <input value="typed" style="color: #bbb"></label>')
        found = {}
        for rule, elements in shut_out(page):
            found[rule] = found.get(rule, []) + elements
        assert found.keys() == {"color-contrast", "image-alt", "link-in-text-block"}
        assert re.findall("grey|on grey|faint|black|wall|veiled|typed|z", "".join(found["color-contrast"])) == [
            "grey", "on grey", "faint", "veiled", "typed", "z"]


def test_what_scrolls_without_a_key_is_seen(browser):
    with tab(browser, 375) as page:
        page.set_content('<html lang="en"><title>t</title><main><pre style="overflow: auto">a line that is far too '
                         'long for a phone, and without a key to move it</pre></main>')
        assert [rule for rule, _ in shut_out(page, SCROLLING, colours=False)] == SCROLLING


def test_a_look_that_was_wrong_is_found_on_every_page(browser):
    known = set()
    with tab(browser, 1280) as page:
        for text, colour, wrong in (("one", "#000", 0), ("two", "#aaa", 1), ("three", "#000", 0), ("four", "#aaa", 1)):
            page.set_content(f'<html lang="en"><title>t</title><main><p style="color: {colour}">{text}</p></main>')
            assert len(shut_out(page, rules=False, known=known)) == wrong, text
            assert len(known) == 1


@pytest.mark.parametrize("name, heaviest", [("book/index.html", 0.8e6), ("book/appendix-explore.html", 1.5e6)])
def test_a_page_is_quickly_fetched(visit, name, heaviest):
    """All that it loads, each file compressed as a server does it."""
    files = {Path(unquote(urlsplit(url).path)) for url in visit(name).requests if url.startswith("file:")}
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < heaviest


@on_every_page
def test_a_page_describes_itself(name):
    text = (HTML / name).read_text(encoding="utf-8")
    assert 'name="description" content="' in text or not name.startswith("book/")


@on_every_page
def test_the_title_of_a_tab_is_plain(visit, name):
    assert not set("\\${}") & set(visit(name).title)


def test_a_citation_opens_its_publication(browser):
    with tab(browser, 1280) as page:
        page.goto(address("book/01-introduction.html"))
        links = page.eval_on_selector_all("main a[href*='arxiv.org/abs/hep-ex/0602035']", "all => all.length")
        inside = page.eval_on_selector_all("main p a[href^='references.html#']", "all => all.length")
    assert links == 1 and inside == 0


def test_the_ledger_is_filtered_without_a_script(browser):
    with tab(browser, 375, java_script_enabled=True) as page:
        page.goto(address("book/appendix-claims.html"))
        shown = "cards => cards.filter(card => card.checkVisibility()).length"
        every = page.eval_on_selector_all(".claim", shown)
        page.get_by_label("not reproduced", exact=True).check()
        failed = page.eval_on_selector_all(".claim", shown)
        page.get_by_label("3.3", exact=True).check()
        assert every > failed > page.eval_on_selector_all(".claim", shown) > 0


@on_every_page
def test_figures_are_white_cards_in_the_dark(visit, name):
    seen = visit(name, 1280, "dark")
    assert seen.theme == "dark"
    assert {(image["filter"], image["background"]) for image in seen.images} <= {("none", "rgb(255, 255, 255)")}


@on_every_page
def test_nothing_foreign_is_written_into_a_page(name):
    loaded = LOADED.findall((HTML / name).read_text(encoding="utf-8"))
    assert len(loaded) > 5 and not [url for url in loaded if FOREIGN.match(url)]


def test_nothing_foreign_is_written_into_a_style():
    styles = list((HTML / "_static").rglob("*.css"))
    urls = [url for style in styles
            for url in re.findall(r"""(?:url\(|@import )["']?([^"')]+)""", style.read_text(encoding="utf-8"))]
    assert urls and not [url for url in urls if FOREIGN.match(url)]


def test_search_finds_the_page(browser):
    with tab(browser, 1280) as page:
        complaints = listen(page)
        page.goto(address("search.html") + "?q=wedges")
        page.wait_for_selector("#search-results li a")
        found = page.eval_on_selector_all("#search-results li a", "links => links.map(link => link.pathname)")
    assert any(link.endswith("book/appendix-explore.html") for link in found)
    assert [("/api" in link) for link in found] == sorted("/api" in link for link in found)  # pages before modules
    assert not complaints


# -- downloads --------------------------------------------------------------------------------------------------


def downloads(name, suffix):
    """Local files that a page offers for download."""
    links = re.findall(rf'<a class="[^"]*\bdownload\b[^"]*"[^>]*href="([^"]+\.{suffix})"',
                       (HTML / name).read_text(encoding="utf-8"))
    return [((HTML / name).parent / unquote(link)).resolve() for link in links]


SOURCES = {file.name: file for folder in (paths.DATA, paths.FIGURES) for file in folder.rglob("*.*")}
TABLES = [(name, file) for name in PAGES for file in downloads(name, "csv") if file.stem.startswith("fig-")]


@pytest.mark.parametrize("name, file", TABLES, ids=lambda value: Path(value).name)
def test_a_click_brings_the_table_of_the_figure(browser, name, file):
    with tab(browser, 1280) as page:
        page.goto(address(name))
        with page.expect_download() as download:
            page.locator(f"a.download[href$='{file.parent.name}/{file.name}']").first.click()
        assert Path(download.value.path()).read_bytes() == (paths.FIGURES / file.name).read_bytes()
        assert download.value.suggested_filename == file.name


@on_every_page
@pytest.mark.parametrize("suffix", ["csv", "svg", "pdf"])
def test_what_is_offered_is_what_the_build_has(name, suffix):
    for file in downloads(name, suffix):
        assert file.read_bytes() == SOURCES[file.name].read_bytes(), file.name


@pytest.mark.parametrize("figure", figures.NAMES)
@pytest.mark.parametrize("suffix", ["csv", "svg", "pdf"])
def test_every_figure_is_offered(figure, suffix):
    files = [file for name in PAGES for file in downloads(name, suffix) if file.stem == figure]
    assert files and all(file.is_file() for file in files)


# -- the interactive figure -------------------------------------------------------------------------------------


def plotted(page, name):
    """(m, g) of the visible line of a curve, without gaps: two arrays, empty when it is not drawn."""
    points = page.evaluate("""name => document.querySelector('.explore-plot').drawn.traces
      .filter(trace => trace.name === name && trace.line.width !== 0).map(trace => [trace.x, trace.y])""", name)
    x, y = np.array(points[0], float) if points else np.empty((2, 0))
    return x[~np.isnan(y)], y[~np.isnan(y)]


def edges(page, name):
    """(m, lowest, highest) of the points of a curve at each mass."""
    m, g = plotted(page, name)
    masses = np.unique(m)
    return masses, *(np.array([pick(g[m == mass]) for mass in masses]) for pick in (np.min, np.max))


def is_ship(page, ratio):
    """The plotted curve of SHiP is what zputils computes at this ratio."""
    lower, upper = np.full((2, explore.MASSES.size), np.nan)
    inside = explore.MASSES <= SHIP.mass_range[1]
    lower[inside], upper[inside] = SHIP.reach(ZPrime.muonic(g_nu=ratio), explore.MASSES[inside])
    m, lowest, highest = edges(page, "SHiP")
    there = ~np.isnan(lower)
    np.testing.assert_array_equal(m, explore.MASSES[there])
    np.testing.assert_allclose([lowest, highest], [lower[there], upper[there]], rtol=ROUNDED)
    return True


@at_both_widths
def test_the_slider_moves_ship_by_keyboard(browser, width):
    with explored(browser, width) as page:
        slider = page.get_by_label("g", exact=False).and_(page.get_by_role("slider"))
        assert slider.count() == 1
        step, drawn = int(slider.input_value()), set()
        assert explore.RATIOS[step] == pytest.approx(0.1, rel=0.01) and is_ship(page, explore.RATIOS[step])
        slider.focus()
        for key, moved in (("ArrowRight", step + 1), ("Home", 0), ("ArrowRight", 1), ("End", len(explore.RATIOS) - 1)):
            page.keyboard.press(key)
            assert int(slider.input_value()) == moved and is_ship(page, explore.RATIOS[moved])
            assert float(page.text_content("#explore output")) == pytest.approx(explore.RATIOS[moved], rel=0.05)
            assert slider.get_attribute("aria-valuetext").startswith(page.text_content("#explore output"))
            drawn.add(page.inner_html("#explore .explore-plot svg"))
        assert len(drawn) == 4


def test_every_bound_can_be_switched(browser):
    with explored(browser, 1280) as page:
        boxes = page.locator("#explore input[name=bound]")
        names = [box.get_attribute("value") for box in boxes.all()]
        assert names == list(explore.NAMES)
        step = int(page.locator("#explore-ratio").input_value())
        model = ZPrime.muonic(g_nu=explore.RATIOS[step])
        for name, box in zip(names, boxes.all(), strict=True):
            box.uncheck()
            assert plotted(page, name)[0].size == 0
            box.check()
            m, lowest, highest = edges(page, name)
            if name == "BBN+CMB":
                np.testing.assert_allclose(m, bounds.get(name).mass(model), rtol=ROUNDED)
                assert [lowest[0], highest[0]] == pytest.approx([1e-6, 0.1])
                continue
            masses = explore.masses(bounds.get(name))
            expected = bounds.get(name).region(model, masses).lowest
            there = ~np.isnan(expected)
            np.testing.assert_array_equal(m, masses[there])
            np.testing.assert_allclose(lowest, expected[there], rtol=ROUNDED)


def test_the_band_has_two_years(browser):
    with explored(browser, 1280) as page:
        for year, anomaly in (("2021", g_minus_2.ANOMALY_2021), ("2025", g_minus_2.ANOMALY_2025)):
            page.get_by_role("radio", name=year).check()
            m, low, high = edges(page, "g-2")
            expected = bounds.band(ZPrime.muonic(), m, anomaly)
            np.testing.assert_allclose(low, np.maximum(expected[1], 1e-6), rtol=ROUNDED)
            np.testing.assert_allclose(high, expected[3], rtol=ROUNDED)
        assert (low == 1e-6).all()


def test_an_address_holds_a_view(browser):
    with explored(browser, 1280, "#ratio=0.01&band=2025&bound=SHiP&bound=COHERENT+future") as page:
        assert is_ship(page, explore.RATIOS[np.argmin(abs(np.log(explore.RATIOS / 0.01)))])
        checked = page.locator("#explore input:checked")
        assert checked.evaluate_all("inputs => inputs.map(input => input.value)") == ["2025", "SHiP", "COHERENT future"]
        page.get_by_role("radio", name="2021").check()
        page.locator("#explore-ratio").press("Home")
        page.click("text=Link to this view")
        assert page.evaluate("location.hash") == "#ratio=0.00010&band=2021&bound=SHiP&bound=COHERENT+future"
        assert is_ship(page, explore.RATIOS[0])


@pytest.mark.parametrize("fragment", ["#ratio=-1", "#ratio=none&band=1999", "#bound=nobody", "#what-the-slider-does"])
def test_an_address_that_makes_no_sense(browser, fragment):
    with explored(browser, 1280, fragment) as page:
        assert page.locator("#explore-ratio").input_value() == str(np.argmin(abs(np.log(explore.RATIOS / 0.1))))
        assert page.get_by_role("radio", name="2021").is_checked()


def test_a_ratio_can_be_typed_or_taken_from_the_paper(browser):
    with explored(browser, 1280) as page:
        page.fill("#explore input[name=typed]", "0.02")
        page.press("#explore input[name=typed]", "Enter")
        assert float(page.text_content("#explore output")) == pytest.approx(0.02, rel=0.06)
        page.click("#explore button[value='0.001']")
        assert is_ship(page, explore.RATIOS[np.argmin(abs(np.log(explore.RATIOS / 0.001)))])


def test_every_curve_that_is_shown_has_its_name_on_it(browser):
    with explored(browser, 1280) as page:
        labels = page.locator("#explore input[name=bound]:checked ~ span").all_text_contents()
        named = page.locator("#explore .explore-plot text.name").all_text_contents()
        assert sorted(named) == sorted(labels) and len(named) > 5


def test_a_link_keeps_no_bounds_and_the_zoom_and_one_to_a_section_changes_nothing(browser):
    with explored(browser, 1280, "#ratio=0.01&band=2025&bound=&x=0.01,0.1") as page:
        assert page.locator("#explore input[name=bound]:checked").count() == 0
        whole = page.get_attribute("#explore a", "href")
        assert "bound=&" in whole and "x=0.01000%2C0.1000" in whole
        page.evaluate("location.hash = '#what-the-slider-does'")
        assert page.get_attribute("#explore a", "href") == whole


def test_the_line_below_says_what_holds_at_the_pointer(browser):
    with explored(browser, 1280) as page:
        box = page.locator(".explore-plot").bounding_box()
        page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.55 * box["height"])
        assert "Will be probed by: SeaQuest, SHiP" in page.text_content("#explore .explore-readout")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_file_says_what_it_is(browser, kind):
    with explored(browser, 1280) as page, page.expect_download() as download:
        page.click(f"#explore button[value={kind}]")
        assert download.value.suggested_filename == f"muonic-z-prime-ratio-0.10-band-2021.{kind}"


def test_no_button_is_inside_the_picture(browser):
    with explored(browser, 1280) as page:
        assert page.locator("[role=img] button, [role=img] a").count() == 0


@pytest.mark.parametrize("width, touch", [(1280, False), (375, True)])
def test_a_point_names_its_experiment_and_source(browser, width, touch):
    with explored(browser, width, has_touch=touch) as page:
        m, lower, _ = edges(page, "SHiP")
        at = np.argmin(abs(m - 0.05))
        page.locator(".explore-plot").scroll_into_view_if_needed()
        x, y = page.evaluate("""([m, g]) => {
          const plot = document.querySelector('.explore-plot'), box = plot.getBoundingClientRect();
          return [box.x + plot.scale.x(m), box.y + plot.scale.y(g)]; }""", [m[at], lower[at]])
        (page.touchscreen.tap if touch else page.mouse.move)(x, y)
        page.wait_for_selector(".explore-hint")
        text = page.text_content(".explore-hint")
        box = page.locator(".explore-hint").bounding_box()
    for part in ("SHiP", f"{m[at]:.3g} GeV", f"{lower[at]:.2e}".replace("e-0", " × 10−"), "2021, arXiv:2011.05115"):
        assert part in text
    assert box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_plot_follows_the_width(browser):
    with explored(browser, 1280) as page:
        page.set_viewport_size({"width": 375, "height": 800})
        page.wait_for_function("document.querySelector('.explore-plot svg').clientWidth <= 375")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_drag_zooms_and_a_double_click_returns(browser):
    with explored(browser, 1280) as page:
        page.locator(".explore-plot").scroll_into_view_if_needed()
        box = page.locator(".explore-plot").bounding_box()
        x, y = box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"]
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 200, y + 120, steps=3)
        page.mouse.up()
        low, high = page.evaluate("document.querySelector('.explore-plot').drawn.range.x")
        assert 1e-3 < low < high < 10 and "x=" in page.get_attribute("#explore a", "href")
        page.mouse.dblclick(x, y)
        assert "x=" not in page.get_attribute("#explore a", "href")


def test_its_scripts_are_on_its_page_alone():
    loading = [name for name in PAGES if "explore_plot.js" in (HTML / name).read_text(encoding="utf-8")]
    assert loading == ["book/appendix-explore.html"]

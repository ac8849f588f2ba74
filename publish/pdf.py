"""The book as one PDF, _build/book.pdf: Sphinx writes it as one page of HTML, Chromium prints that.

`python publish/pdf.py find` only looks for Chromium, and says what to install when there is none.
"""

import os
import shutil
import sys

from playwright.sync_api import sync_playwright

from zputils.paths import BUILD, replacing

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PAGE = BUILD / "singlehtml"
FOOTER = '<div style="width: 100%; text-align: center; font-size: 8px"><span class="pageNumber"></span></div>'
LAYOUT = {"format": "A4", "scale": 0.75, "outline": True, "tagged": True, "print_background": True,
          "margin": dict.fromkeys(("top", "bottom", "left", "right"), "18mm"),
          "display_header_footer": True, "header_template": "<span></span>", "footer_template": FOOTER}


def browser():
    """The path of Chromium: the environment's CHROMIUM, or what the system has; exits with what to install."""
    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)
    if found is None:
        sys.exit("make pdf prints with Chromium, which is not here: install your system's package (Debian: chromium), "
                 "or set CHROMIUM to the path of a browser of its family.")
    return found


def printed(executable, source, target):
    """Print one page of HTML; RuntimeError when an image is missing or a formula is not typeset."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = chromium.new_page(offline=True)
        page.goto(source.as_uri())
        page.evaluate("MathJax.startup.promise")
        missing = page.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
        wrong = page.locator("mjx-merror").count()
        if missing or wrong:
            raise RuntimeError(f"{source}: images missing: {', '.join(missing) or 'none'}; "
                               f"formulas not typeset: {wrong}")
        page.pdf(path=target, **LAYOUT)
        chromium.close()


def main(executable):
    """Write _build/book.pdf whole or not at all."""
    # Sphinx writes the page into the root document's folder, with addresses relative to the folder above.
    source = PAGE / "book.html"
    shutil.copy(PAGE / "book" / "index.html", source)
    with replacing(BUILD / "book.pdf") as temporary:
        printed(executable, source, temporary)
    print(f"The book is in {BUILD / 'book.pdf'}")


if __name__ == "__main__":
    found = browser()
    if sys.argv[1:] != ["find"]:
        main(found)

"""Write the pages as JupyterLab saves them, so that saving one unchanged changes no line.

    python publish/pages.py [PAGE ...]     every page with code when none is given
"""

import sys
from pathlib import Path

import jupytext
from jupytext.config import load_jupytext_configuration_file

from zputils.paths import BOOK, plain_errors, replacing

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def as_saved(text):
    """The text of a page as it is after a save.

    >>> print(as_saved("---\\nkernelspec:\\n  name: x\\n---\\n\\n# Title")[-70:])
      display_name: Python 3 (ipykernel)
      language: python
      name: python3
    ---
    <BLANKLINE>
    # Title
    <BLANKLINE>
    """
    page = jupytext.reads(text, fmt="md:myst")
    page.metadata["kernelspec"] = KERNEL
    return jupytext.writes(page, fmt="md:myst", config=load_jupytext_configuration_file(str(BOOK / "jupytext.toml")))


def main(pages):
    for page in pages:
        with replacing(page) as temporary:
            temporary.write_text(as_saved(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    with plain_errors():
        main([Path(name) for name in sys.argv[1:]] or [page for page in sorted(BOOK.glob("*.md"))
                                                       if "\nkernelspec:" in page.read_text(encoding="utf-8")])

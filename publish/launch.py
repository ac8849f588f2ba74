"""What the Binder and Colab buttons need: `python publish/launch.py https://github.com/OWNER/NAME BRANCH`.

Writes _build/launch.yml, the configuration with the buttons, and book/*.ipynb, because Colab opens no text notebooks.
Their first cell fetches the package where it is missing. Binder opens the same files.
"""

import re
import sys
from pathlib import Path

import jupytext
from nbformat.v4 import new_code_cell

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+")
BUTTONS = """
repository: {{url: {repository}, branch: {branch}}}
launch_buttons:
  notebook_interface: jupyterlab
  binderhub_url: https://mybinder.org
  colab_url: https://colab.research.google.com
"""
FETCH = '''# Fetches the package where it is missing, as on Colab.
from importlib.util import find_spec

if not find_spec("zputils"):
    !git clone --quiet --depth 1 --branch {branch} {repository} zputils-book
    %pip install --quiet pybtex -e ./zputils-book
    import sys; sys.path.insert(0, "zputils-book")'''


def notebook(page, repository, branch):
    """The text of a page as a notebook that begins by fetching the package."""
    opened = jupytext.read(page)
    opened.cells.insert(0, new_code_cell(FETCH.format(repository=repository, branch=branch), id="fetch"))
    return jupytext.writes(opened, fmt="ipynb")


def configuration(repository, branch):
    """The text of _config.yml with the buttons added."""
    return (ROOT / "_config.yml").read_text(encoding="utf-8") + BUTTONS.format(repository=repository, branch=branch)


def main(repository="", branch="launch"):
    """Write both, or exit with what is wrong with the address."""
    if not ADDRESS.fullmatch(repository):
        sys.exit(f"REPOSITORY = {repository!r}: Colab needs an address like https://github.com/OWNER/NAME")
    (ROOT / "_build").mkdir(exist_ok=True)
    (ROOT / "_build" / "launch.yml").write_text(configuration(repository, branch), encoding="utf-8")
    for page in sorted((ROOT / "book").glob("*.md")):
        if "\nkernelspec:" in page.read_text(encoding="utf-8"):
            page.with_suffix(".ipynb").write_text(notebook(page, repository, branch), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

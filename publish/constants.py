"""`make tables`: measured constants as zputils/measured.py, from the `particle` package and `scipy.constants`.

Both take longer to load than a bound takes to compute, and another edition of the masses moves the figures by up to
3e-7: zputils reads what is written here.
"""

from importlib.metadata import version
from pprint import pformat

from particle import Particle
from scipy import constants as codata

from zputils.paths import PACKAGE, plain_errors, replacing

MASSES = {"electron": 11, "muon": 13, "tau": 15, "proton": 2212, "neutron": 2112, "pi+": 211, "pi0": 111, "K+": 321,
          "K0": 311, "eta": 221, "rho": 113, "omega": 223, "phi": 333, "D0": 421, "D+": 411, "Ds": 431, "B+": 521,
          "charm": 4, "bottom": 5, "top": 6, "Z": 23}  # PDG numbers
CODATA = {"fine structure": "fine-structure constant", "Fermi [1/GeV^2]": "Fermi coupling constant",
          "atomic mass [MeV]": "atomic mass constant energy equivalent in MeV",
          "Planck mass [GeV]": "Planck mass energy equivalent in GeV"}
EXACT = {"hbar [J s]": codata.hbar, "c [m/s]": codata.c, "e [C]": codata.e, "Avogadro [1/mol]": codata.Avogadro}
HEAD = '''"""Measured constants: masses in GeV (Review of Particle Physics: {particle}) and those of CODATA ({scipy}).

Written by `make tables` (publish/constants.py); `zputils.constants` has them under their symbols.
"""

'''


def computed() -> tuple[dict, dict]:
    """(masses in GeV, constants) as the libraries have them; `particle` has MeV."""
    masses = {name: Particle.from_pdgid(number).mass * 1e-3 for name, number in MASSES.items()}
    return masses, {name: codata.value(key) for name, key in CODATA.items()} | EXACT


def text() -> str:
    """The module."""
    names = {library: f"{library} {version(library)}" for library in ("particle", "scipy")}
    masses, constants = (pformat(values, sort_dicts=False, width=100) for values in computed())
    return HEAD.format(**names) + f"MASSES = {masses}\n\nCONSTANTS = {constants}\n"


if __name__ == "__main__":
    with plain_errors(), replacing(PACKAGE / "measured.py") as temporary:
        temporary.write_text(text(), encoding="utf-8", newline="\n")

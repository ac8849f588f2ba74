"""The element of the page on which a reader's model meets every bound: a form, a plot, and the scripts that fill it."""

import json
import re
from html import escape

from .. import paths
from ..constants import CHARGE
from ..experiments.register import register
from ..methods.bound import GROUPS
from ..physics.models import FERMIONS, QUARKS, ZPrime
from . import bibliography, live

SCRIPTS = ("live_solvers.js", "live_data.js", "live.js", "live_point.js", "live_page.js")  # of _ext, in this order
LINKED = re.compile(r"^(import|export \{).* from .*\n", re.MULTILINE)  # what joins them, when they are apart
PRESETS = {"dark photon": ZPrime.dark_photon(), "B - L": ZPrime.b_minus_l(),
           "L_mu - L_tau": ZPrime.l_mu_minus_l_tau(), "muonic, g_nu = 0.1": ZPrime.muonic(g_nu=0.1),
           "L_e - L_mu": ZPrime(e=1.0, mu=-1.0, nu_e=1.0, nu_mu=-1.0),
           "universal leptons": ZPrime.universal_leptons(), "all fermions": ZPrime.all_fermions(),
           "protophobic": ZPrime(e=1.0, u=-1 / 3, d=2 / 3, s=2 / 3)}
START = "muonic, g_nu = 0.1"
STYLE = """<style>#live fieldset {border: 1px solid #ccc; margin: 0.5em 0; padding: 0.3em 0.6em}
#live label {display: inline-block; margin: 0.15em 0.6em 0.15em 0} #live input[type=number] {width: 7.5em}
#live svg {width: 100%; height: auto; background: white; touch-action: manipulation; font: 11px sans-serif}
#live pre {overflow-x: auto} #live fieldset {min-width: 0}</style>"""

PLOT = """<svg viewBox="0 0 720 480" role="img" tabindex="0" aria-label="Couplings that each bound excludes or will
probe, against the mass; arrow keys move the point"></svg><p><output aria-live="polite"></output></p>
<p>Nothing to draw for: <span class="silent"></span>.</p>"""


def payload() -> dict:
    """What the page's script has beside the kernels: presets, charges of the quarks, references in words.

    >>> sorted(payload())
    ['presets', 'quarks', 'references']
    """
    return {"presets": {name: model.couplings for name, model in PRESETS.items()},
            "quarks": {quark: CHARGE[quark] for quark in QUARKS},
            "references": {name: "; ".join(map(bibliography.citation, bound.references))
                           for name, bound in register().items()}}


def element() -> str:
    """All of it as HTML.

    >>> element().count('type="number"')  # eleven couplings, a mass and a coupling
    13
    """
    said = json.dumps(payload(), ensure_ascii=False).replace("</", "<\\/")
    scripts = ((paths.ROOT / "_ext" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    module = "\n".join(LINKED.sub("", script) for script in scripts)
    return (f'{STYLE}<div id="live">{_form()}{PLOT}<pre></pre><script type="application/json">{said}</script></div>'
            f'<script>{live.script()}</script><script type="module">{module}</script>')


def _number(name, value, words=None):
    field = f'<input type="number" step="any" name="{name}" value="{value!r}">'
    return f"<label>{escape(words or name)} {field}</label>"


def _tick(name, words, checked=True):
    on = " checked" if checked else ""
    return f'<label><input type="checkbox" name="{escape(name)}"{on}> {escape(words)}</label>'


def _form():
    options = "".join(f'<option{" selected" if name == START else ""}>{escape(name)}</option>' for name in PRESETS)
    couplings = "".join(_number(fermion, getattr(PRESETS[START], fermion)) for fermion in FERMIONS)
    links = _tick("universal", "e, mu, tau alike", False) + _tick("photon", "quarks as their charges", False)
    groups = "".join(_tick(f"group {group}", group) for group in GROUPS) + _tick("future", "planned", False)
    at = _number("mass", 0.017, "mass [GeV]") + _number("coupling", 5e-4, "coupling")
    return (f'<fieldset><legend>Couplings per unit of g</legend><label>preset <select name="preset">{options}</select>'
            f"</label>{couplings}{links}</fieldset><fieldset><legend>Shown</legend>{groups}</fieldset>"
            f'<fieldset><legend>A point</legend>{at}<button type="button" name="csv">CSV</button> '
            '<button type="button" name="svg">SVG</button></fieldset>')

"""The element of the page on which a reader's model meets every bound: a form, a plot, and the scripts that fill it."""

import json
import re
from html import escape

import numpy as np

from .. import paths
from ..constants import CHARGE, M_MU, M_TAU
from ..methods.bound import GROUPS
from ..physics.couplings import CHARGED_LEPTONS, FERMIONS, NEUTRINOS, QUARKS
from ..physics.mixing import loop_couplings
from ..physics.models import ZPrime
from . import live

SCRIPTS = ("live_solvers.js", "live_data.js", "live.js", "live_point.js", "live_plot.js", "live_exports.js",
           "live_page.js")  # of _ext, each after those that it takes from
LINKED = re.compile(r"^(import|export \{).* from .*\n", re.MULTILINE)  # what joins them, when they are apart
PRESETS = {"muonic, g_ν = 0.1 g_μ": ZPrime.muonic(g_nu=0.1), "dark photon": ZPrime.dark_photon(),
           "B − L": ZPrime.b_minus_l(), "L_μ − L_τ": ZPrime.l_mu_minus_l_tau(), "L_e − L_μ": ZPrime.l_e_minus_l_mu(),
           "universal leptons": ZPrime.universal_leptons(), "all fermions": ZPrime.all_fermions(),
           "protophobic": ZPrime(e=1.0, u=-1 / 3, d=2 / 3, s=2 / 3)}
START = next(iter(PRESETS))
NAMES = dict(zip(FERMIONS, ("e", "μ", "τ", *(f"ν<sub>{lepton}</sub>" for lepton in "eμτ"), *QUARKS), strict=True))
FAMILIES = {"charged leptons": CHARGED_LEPTONS, "neutrinos": NEUTRINOS, "quarks": QUARKS}
STYLE = """<style>
#live { font-size: 0.95rem; } #live fieldset { border: 1px solid #8886; border-radius: 6px; margin: 0.6em 0;
  min-width: 0; padding: 0.2em 0.8em 0.6em; display: flex; flex-wrap: wrap; gap: 0.4em 1.1em; align-items: center; }
#live legend { font-weight: 600; font-size: 1em; float: none; width: auto; margin: 0; padding: 0 0.3em; }
#live label { display: inline-flex; align-items: center; gap: 0.35em; white-space: nowrap; min-height: 2em; margin: 0; }
#live input[type=number] { width: 6.6em; } #live input[type=range] { width: min(22em, 60vw); }
#live .family { display: flex; flex-wrap: wrap; gap: 0 0.9em; width: 100%; align-items: center; }
#live .family > b { width: 8.5em; font-weight: normal; }
#live label.group::before { content: ""; width: 0.8em; height: 0.8em; background: var(--swatch); border-radius: 2px; }
#live svg { display: block; width: 100%; height: auto; background: white; cursor: crosshair; }
#live svg:focus-visible { outline: 2px solid #1d4ed8; } #live .handle { cursor: grab; touch-action: none; }
#live .under { min-height: 3em; font-size: 0.9em; margin: 0.2em 0; } #live output { font-weight: 600; }
#live table { border-collapse: collapse; font-size: 0.9em; margin: 0; }
#live .table { max-height: 16em; overflow: auto; margin: 0.6em 0; }
#live .table:has(tbody:empty) { display: none; }
#live td, #live th { padding: 0.1em 0.9em 0.1em 0; text-align: left; white-space: nowrap; border: 0; }
#live dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2em 1em; margin: 0.5em 0; }
#live dt { font-weight: normal; } #live dd { margin: 0; min-width: 0; }
#live .bar { display: flex; height: 1.7em; color: white; font-size: 0.85em; border-radius: 3px; overflow: hidden; }
#live .share { flex-basis: 0; min-width: 2px; overflow: hidden; white-space: nowrap; line-height: 2em; }
#live .share > span { padding: 0 0.4em; } #live .e { background: #1d4ed8; } #live .mu { background: #c2410c; }
#live .tau { background: #9d174d; } #live .nu { background: #475569; } #live .hadrons { background: #15803d; }
#live pre { overflow-x: auto; } #live button { min-height: 2em; padding: 0 0.9em; }
@media (max-width: 600px) { #live .family { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0 0.6em; }
  #live .family > b { grid-column: 1 / -1; } #live .family label { min-width: 0; }
  #live .family input[type=number] { width: 100%; min-width: 0; } #live input[type=number] { width: 6em; }
  #live dl { grid-template-columns: 1fr; } #live fieldset { padding: 0.2em 0.5em 0.5em; gap: 0.2em 0.7em; } }
</style>"""

PLOT = """<svg viewBox="0 0 720 480" role="img" tabindex="0" aria-label="Couplings that each bound excludes or will
probe, against the mass; arrow keys move the point, with the shift key by ten steps"></svg>
<p class="under">Under the pointer: experiment, confidence level, reference.</p>"""
POINT = """<p><output aria-live="polite"></output></p><dl>
<dt>muon g−2</dt><dd class="moment"></dd><dt>lifetime</dt><dd class="length"></dd>
<dt>decays</dt><dd><div class="bar"></div></dd></dl>
<div class="table" tabindex="0" role="region" aria-label="Bounds that reach the point">
<table><thead><tr><th>bound</th><th></th><th>margin</th><th>couplings</th></tr></thead>
<tbody class="by"></tbody></table>
</div>"""
SILENT = '<details><summary class="silent-count">bounds that say nothing</summary><ul class="silent"></ul></details>'


def payload() -> dict:
    """What the page's script has beside the kernels: presets, names, charges of the quarks, the muonic model's loop.

    >>> sorted(payload())
    ['loop', 'names', 'presets', 'quarks']
    """
    induced = loop_couplings(M_MU * np.exp(0.5))  # where ln(m_mu^2/scale^2) = -1
    return {"presets": {name: model.couplings for name, model in PRESETS.items()}, "names": NAMES,
            "quarks": {quark: CHARGE[quark] for quark in QUARKS},
            "loop": {"factor": induced["e"] / CHARGE["e"], "mass": M_MU, "charge": {f: CHARGE[f] for f in induced}}}


def element() -> str:
    """All of it as HTML.

    >>> element().count('type="number"')  # eleven couplings, g_nu and Lambda, a mass, a coupling and a momentum
    16
    """
    said = json.dumps(payload(), ensure_ascii=False).replace("</", "<\\/")
    scripts = ((paths.ROOT / "_ext" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    module = "\n".join(LINKED.sub("", script) for script in scripts)
    return (f'{STYLE}<div id="live">{_model()}{_shown()}{PLOT}{_point()}{SILENT}{_files()}'
            f'<script type="application/json">{said}</script></div>'
            f'<script>{live.script()}</script><script type="module">{module}</script>')


def _number(name, value, words):
    field = f'<input type="number" step="any" name="{name}" value="{value!r}">'
    return f"<label><span>{words}</span> {field}</label>"


def _tick(name, words, checked=True, kind=""):
    on = " checked" if checked else ""
    return f'<label class="{kind}"><input type="checkbox" name="{escape(name)}"{on}> {escape(words)}</label>'


def _fieldset(legend, *parts):
    return f"<fieldset><legend>{legend}</legend>{''.join(parts)}</fieldset>"


def _model():
    options = "".join(f"<option{' selected' if name == START else ''}>{escape(name)}</option>" for name in PRESETS)
    preset = f'<label>preset <select name="preset"><option value="">your own</option>{options}</select></label>'
    families = "".join(f'<div class="family"><b>{words}</b>' + "".join(
        _number(fermion, getattr(PRESETS[START], fermion), NAMES[fermion]) for fermion in family) + "</div>"
        for words, family in FAMILIES.items())
    links = _tick("universal", "e, μ, τ alike", False) + _tick("photon", "quarks as their charges", False)
    slider = ('<label>size of <b class="turned"></b> <input type="range" name="size" min="-8" max="1" step="0.01">'
              "</label>")
    muonic = _number("g_nu", 0.1, "muonic model: g<sub>ν</sub>/g<sub>μ</sub>") + _number("Lambda", M_TAU, "Λ [GeV]")
    return _fieldset("Couplings per unit of g", preset, muonic, families, links, slider)


def _shown():
    groups = (_tick(f"group {group}", group, kind="group") for group in GROUPS if group != "your own")
    return _fieldset("Shown", *groups, _tick("future", "planned (dashed)", False))


def _point():
    fields = {"mass": (0.017, "mass [GeV]"), "coupling": (5e-4, "g"), "momentum": (10.0, "momentum [GeV]")}
    return _fieldset("A point", *(_number(name, *field) for name, field in fields.items())) + POINT


def _files():
    buttons = {"csv": "CSV", "svg": "SVG", "bib": "BibTeX"}
    return "<p>What is drawn: " + " ".join(f'<button type="button" name="{name}">{words}</button>'
                                           for name, words in buttons.items()) + "</p><pre></pre>"

"""Mathematics in plain text, as the ledger writes it, typeset."""

import re

LETTERS = {name: rf"\{name}" for name in ("mu", "nu", "tau", "sigma")} | {"vis": r"{\rm vis}"}
NUMBER = r"(?P<digits>\d+(?:\.\d+)?)e(?P<power>[+-]?\d+)"
ORDER = r"O\((?P<order>\d+(?:e[+-]?\d+)?)\)"
SYMBOL = r"(?P<letter>\b[gmr]|\bBR)_(?P<index>nu_(?:mu|e|tau)|mu|nu|tau|vis|[a-z])\b(?P<square>\^2)?"
NEUTRINO = r"\bnu_(?P<flavour>mu|e|tau)\b"
FIXED = {"L_mu - L_tau": r"L_\mu-L_\tau", "R-bar": r"\bar R", "Z'": "Z'", "Lambda": r"\Lambda", "epsilon": r"\epsilon",
         "sqrt(10)": r"\sqrt{10}", "sqrt(g_nu/g_mu)": r"\sqrt{g_\nu/g_\mu}", "ab^-1": r"{\rm ab}^{-1}",
         "K^2": "K^2", "N_eff": r"N_{\rm eff}",
         "Gamma_ee/Gamma_nunu": r"\Gamma_{ee}/\Gamma_{\nu\nu}", "mu mu": r"\mu\mu",
         "e+e-": "e^+e^-", "mu+mu-": r"\mu^+\mu^-"}
EVERY = re.compile("|".join([*map(re.escape, sorted(FIXED, key=len, reverse=True)), NUMBER, ORDER, SYMBOL, NEUTRINO]))


def _power_of_ten(digits: str, power: str) -> str:
    r"""A number with an exponent as TeX.

    >>> _power_of_ten("1", "-08"), _power_of_ten("2.3", "17")
    ('10^{-8}', '2.3\\times10^{17}')
    """
    return ("" if digits == "1" else rf"{digits}\times") + f"10^{{{int(power)}}}"


def _index(name):
    return "_".join(LETTERS.get(part, part) for part in name.split("_"))


def _typeset(match):
    found = match.groupdict()
    if found["digits"]:
        return _power_of_ten(found["digits"], found["power"])
    if found["order"]:
        return rf"\mathcal O({EVERY.sub(_typeset, found['order'])})"
    if found["letter"]:
        letter = r"{\rm BR}" if found["letter"] == "BR" else found["letter"]
        return f"{letter}_{{{_index(found['index'])}}}{found['square'] or ''}"
    return rf"\nu_{{{_index(found['flavour'])}}}" if found["flavour"] else FIXED[match.group()]


def typeset(text: str) -> str:
    r"""Text with its symbols and powers of ten as mathematics (MyST).

    :param text: as the catalogue has it.

    >>> typeset("g_nu = 0.2 g_mu: below 2e-8")
    '$g_{\\nu}$ = 0.2 $g_{\\mu}$: below $2\\times10^{-8}$'
    """
    return EVERY.sub(lambda match: f"${_typeset(match)}$", text)

"""A model in writing, for a command line: a preset with its parameters, or couplings. Read, never evaluated."""

import inspect
import re
from fractions import Fraction
from typing import Any

from .. import checks
from .models import AXIAL, CHARGED_LEPTONS, FERMIONS, NEUTRINOS, QUARKS, ZPrime

MANY = {"l": CHARGED_LEPTONS, "nu": NEUTRINOS, "q": QUARKS}  # all of a kind at once


def presets() -> dict[str, str]:
    """{how a preset is written: the name of its method of `ZPrime`}.

    >>> presets()["b-l"], presets()["dark-photon"]
    ('b_minus_l', 'dark_photon')
    """
    members = {name: member for kind in reversed(ZPrime.__mro__) for name, member in vars(kind).items()}
    methods = [name for name, member in members.items() if isinstance(member, classmethod) and not name.startswith("_")
               and all(p.default is not p.empty for p in _parameters(name).values())]
    return {name.replace("_minus_", "-").replace("_", "-"): name for name in methods}


def read(text: str) -> ZPrime:
    """The model that a text names, such as `muonic:g_nu=0.1`, `b-l`, or couplings, `e=-1,mu=-1,u=1/3`.

    In couplings `e_axial` and its like are axial, `l` is every charged lepton, `nu` every neutrino, `q` every quark;
    what comes later holds.

    :param text: a preset with its parameters after a colon, or couplings.
    :raises ValueError: for a number that is none.
    :raises KeyError: with what there is, for a preset, a parameter or a fermion that is unknown.

    >>> read("q=1/3,l=-1,nu=-1").couplings == ZPrime.b_minus_l().couplings
    True
    >>> read("L_mu-L_tau").name, read("muonic:g_nu=0.1,loop=no").nu_mu
    ('$L_\\\\mu-L_\\\\tau$', 0.1)
    """
    name, colon, rest = (part.strip() for part in text.partition(":"))
    if not colon and "=" in name:
        return _couplings(text)
    by_text = {_plain(written): method for written, method in presets().items()}
    if _plain(name) not in by_text:
        checks.choice("model", name, [*presets(), "couplings such as e=-1,mu=-1"])
    method = getattr(ZPrime, by_text[_plain(name)])
    defaults = {key: parameter.default for key, parameter in _parameters(by_text[_plain(name)]).items()}
    given = {checks.choice(f"parameter of {name}", key, defaults): value for key, value in _pairs(rest)}
    return method(**{key: _value(key, value, defaults[key]) for key, value in given.items()})


def parameters(text: str) -> dict[str, Any]:
    """{parameter: its default} of the preset that a text names; none for couplings.

    :param text: of a model.

    >>> parameters("muonic:g_nu=0.1")["g_nu"], parameters("e=-1")
    (0.0, {})
    """
    name, colon, _ = (part.strip() for part in text.partition(":"))
    if not colon and "=" in name:
        return {}
    by_text = {_plain(spelled): method for spelled, method in presets().items()}
    if _plain(name) not in by_text:
        checks.choice("model", name, [*presets(), "couplings such as e=-1,mu=-1"])
    return {key: parameter.default for key, parameter in _parameters(by_text[_plain(name)]).items()}


def number(name: str, text: str) -> float:
    """A number in writing, a fraction too.

    :param name: what the error calls it.
    :param text: as "0.1" or "1/3".
    :returns: a float.
    :raises ValueError: for what is no number.

    >>> number("u", "-1/3")
    -0.3333333333333333
    """
    try:
        return float(Fraction(text.strip())) if "/" in text else float(text)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"{name} = {text!r} is no number; write 0.1, 1e-3 or 1/3") from error


def _parameters(method):
    return inspect.signature(getattr(ZPrime, method)).parameters


def _couplings(text):
    found: dict[str, Any] = {}
    for name, value in _pairs(text):
        fermions = MANY.get(name) or (checks.choice("fermion", name, (*FERMIONS, *AXIAL, *MANY)),)
        found |= dict.fromkeys(fermions, number(name, value))
    return ZPrime(**found, name=text.replace(" ", ""))


def _pairs(text):
    for part in filter(None, (part.strip() for part in text.split(","))):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise ValueError(f"{part!r} in a model is written name=value")
        yield key, value


def _value(key, text, default):
    if isinstance(default, bool):
        choices: dict[str, bool | str] = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
        choices |= {"one-loop": "one-loop"} if key == "loop" else {}
        return choices[checks.choice(key, text.lower(), choices)]
    return text if isinstance(default, str) else number(key, text)


def _plain(text):
    return re.sub(r"[^a-z0-9]", "", text.lower().replace("minus", ""))

"""NA64: electrons of 100 and 150 GeV on an active dump; decays behind it, or energy that is missing."""

from typing import Any

from ..methods.look import GREEN, TEAL, Look
from ..methods.recast import Recast

VISIBLE = Recast(
    name="NA64 visible", group="electron targets", data="NA64_Banerjee2019hmi", production="electron bremsstrahlung",
    final_states=("e",), references=("Banerjee:2019hmi",),
    shield=1.0, decay=4.0,
    look=Look("NA64", TEAL), figures=("fig-2.2",))

INVISIBLE = Recast(
    name="NA64 invisible", group="electron targets", data="NA64_NA642019imj", production="electron bremsstrahlung",
    final_states=("nu",), references=("NA64:2019imj",), published_br=0.99,
    look=Look("NA64 invisible", TEAL, ":"), figures=("fig-2.2",))

VISIBLE_2018 = Recast(
    name="NA64 visible (2018)", group="electron targets", data="NA64_Banerjee2018vgk",
    production="electron bremsstrahlung", final_states=("e",), references=("Banerjee:2018vgk",),
    shield=1.0, decay=4.0,
    look=Look("NA64 (2018)", TEAL, (0, (1, 1))))

_MISSING: dict[str, Any] = dict(group="electron targets", final_states=("nu",), published_br=1.0)
INVISIBLE_2022 = Recast(
    name="NA64 invisible (2022)", data="NA64_Andreev2023wbi", production="electron bremsstrahlung",
    references=("NA64:2023wbi",), look=Look("NA64 $e^-$", TEAL, (0, (3, 1, 1, 1))), **_MISSING)
POSITRONS = Recast(
    name="NA64 positrons", data="NA64_Andreev2023ehh", production="e+e- annihilation", references=("NA64:2023ehh",),
    look=Look("NA64 $e^+$", GREEN, (0, (1, 1))), **_MISSING)
PLANNED = Recast(
    name="NA64 1e13 electrons", data="NA64e_1e13", production="electron bremsstrahlung", references=("NA64:2025ddk",),
    future=True, look=Look("NA64 $e^-$, $10^{13}$", GREEN, "--"), **_MISSING)

BOUNDS = (VISIBLE, INVISIBLE, VISIBLE_2018, INVISIBLE_2022, POSITRONS, PLANNED)

"""What the paper states, computed and judged: under each section as a list, on the ledger's page as cards."""

import pandas as pd

from .. import claims
from .notes import Note, dropdown
from .words import typeset

WORST_FIRST = ("not reproduced", "reproduced with a caveat", "cannot be checked", "reproduced")
CARD = """\
::::{{card}}
:class-card: claim {classes}

<span id="claim-{id}"></span><strong>{verdict}</strong> <small>Section {section}</small>

{statement}

- Paper: {paper}
- Computed: {computed}

<small>{note}</small>
::::
"""


def note(section: str) -> Note:
    """A `Note` with the count of verdicts in a section of the paper, and its claims with links into the ledger.

    :param section: of the paper.

    >>> print(note("2.1").text.splitlines()[0])
    :::{dropdown} What the paper states in Section 2.1: 1 cannot be checked
    """
    found = claims.ledger().set_index("id").loc[[claim.id for claim in claims.of(section)]]
    count = found.verdict.value_counts().reindex(claims.VERDICTS).dropna().astype(int)
    title = f"What the paper states in Section {section}: " + ", ".join(f"{n} {name}" for name, n in count.items())
    return Note(dropdown(title, short(found).text))


def short(found: pd.DataFrame) -> Note:
    """Rows of the ledger, their index the ids, as a table whose statements lead to their cards.

    :param found: rows of the ledger.

    >>> short(claims.ledger().set_index("id").loc[["dark-photon"]]).text.splitlines()[-1][:46]
    '| <a href="appendix-claims.html#claim-dark-pho'
    """
    rows = [f'| <a href="appendix-claims.html#claim-{row.Index}">{typeset(row.statement)}</a> | {typeset(row.paper)} '
            f"| {_value(row)} | {row.verdict} |" for row in found.itertuples()]
    return Note("\n".join(["| statement | paper | computed | verdict |", "|---|---|---|---|", *rows]))


def _value(row):
    return typeset(f"{row.computed:.3g} {row.unit}".strip()) if pd.notna(row.computed) else ""


# -- cards --------------------------------------------------------------------------------------------------


def cards(verdicts: tuple[str, ...] = WORST_FIRST) -> Note:
    """Every claim with one of these verdicts as a card, in the order of the verdicts, then of the paper.

    :param verdicts: of `claim.VERDICTS`.

    >>> cards(("not reproduced",)).text.count("::::{card}") == sum(claims.ledger().verdict == "not reproduced")
    True
    """
    table = claims.ledger()
    found = pd.concat([table[table.verdict == verdict] for verdict in verdicts])
    return Note("\n".join(_card(row) for row in found.itertuples()))


def _card(row):
    sections = sorted(_sections(row.section))
    classes = " ".join([f"is-{_slug(row.verdict)}", *(f"in-{_slug(section)}" for section in sections)])
    return CARD.format(classes=classes, id=row.id, verdict=row.verdict, section=row.section,
                       statement=typeset(row.statement), paper=typeset(row.paper),
                       computed=_value(row) or "nothing", note=typeset(row.note))


def _sections(places):
    return {place.split(",")[0].strip() for place in places.split(";")}


def _slug(text):
    return text.replace(" ", "-").replace(".", "-")


def filters() -> str:
    """HTML with two groups of buttons that leave the cards of one verdict or section; a style sheet does it, no script.

    >>> filters().count('type="radio"')
    15
    """
    table = claims.ledger()
    sections = sorted({section for places in table.section for section in _sections(places)})
    groups = {"Verdict": ("is", WORST_FIRST), "Section": ("in", sections)}
    return ('<form class="claims-filter" autocomplete="off">'
            + "".join(_group(title, *group) for title, group in groups.items())
            + "</form><style>" + "".join(map(_rule, _slugs(groups))) + "</style>")


def _group(title, prefix, values):
    buttons = [_button(prefix, "all", "all", " checked"),
               *(_button(prefix, _slug(value), value) for value in values)]
    return f"<fieldset><legend>{title}</legend>{''.join(buttons)}</fieldset>"


def _button(prefix, slug, text, checked=""):
    return f'<label><input type="radio" name="{prefix}" id="only-{prefix}-{slug}"{checked}> {text}</label>'


def _slugs(groups):
    return [f"{prefix}-{_slug(value)}" for prefix, values in groups.values() for value in values]


def _rule(slug):
    return f"main:has(#only-{slug}:checked) .claim:not(.{slug}){{display:none}}"

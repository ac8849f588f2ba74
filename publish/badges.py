"""The README's badges, _static/badge-*.svg: what pyproject.toml says, drawn here so that nothing has to be fetched."""

import tomllib

from zputils.paths import ROOT, replacing

FOLDER = ROOT / "_static"
CHARACTER, PADDING = 6.6, 12  # pixels
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{total:.0f}" height="20" role="img">
<title>{label}: {value}</title>
<rect width="{total:.0f}" height="20" rx="3" fill="#0072b2"/>
<path d="M3 0h{left:.0f}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#444444"/>
<g fill="#ffffff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="{middle_label:.0f}" y="14">{label}</text>
<text x="{middle_value:.0f}" y="14">{value}</text>
</g>
</svg>
"""


def badge(label, value):
    """The SVG of a badge: label on grey, value on blue."""
    left, right = (CHARACTER * len(text) + PADDING for text in (label, value))
    return SVG.format(label=label, value=value, left=left - 3, total=left + right,
                      middle_label=left / 2, middle_value=left + right / 2)


def badges():
    """{file name: SVG} of every badge."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    values = {"python": project["requires-python"].replace(">=", "≥ "), "license": project["license"],
              "arXiv": "2108.05147"}
    return {f"badge-{label.lower()}.svg": badge(label, value) for label, value in values.items()}


if __name__ == "__main__":
    for name, text in badges().items():
        with replacing(FOLDER / name) as temporary:
            temporary.write_text(text, encoding="utf-8")

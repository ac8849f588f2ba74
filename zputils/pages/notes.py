"""Text that a notebook and the book show as text, not as output."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """Markdown; the book understands its roles and directives too.

    :param text: Markdown (MyST).

    >>> Note("**bold**")._repr_markdown_()
    '**bold**'
    """

    text: str

    def _repr_markdown_(self):
        return self.text


def dropdown(title: str, body: str) -> str:
    """Markdown that shows `body` when the reader opens `title`.

    :param title: what the reader opens.
    :param body: Markdown, which that shows.

    >>> print(dropdown("More", "text"))
    :::{dropdown} More
    text
    :::
    """
    return f":::{{dropdown}} {title}\n{body}\n:::"

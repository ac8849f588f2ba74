"""The figures of the paper and the limit plot they share. `python -m zputils.figures` writes them."""

from .draw import (
    DRAW,
    ELECTRON_DUMP,
    FOUR_MODELS,
    NAMES,
    RATIOS,
    combined,
    credits,
    draw,
    electron_model,
    main,
    seaquest_and_faser,
    ship,
    ship_fits,
    simplified,
    today,
    viable,
)

__all__ = ["DRAW", "ELECTRON_DUMP", "FOUR_MODELS", "NAMES", "RATIOS", "combined", "credits", "draw", "electron_model",
           "main", "seaquest_and_faser", "ship", "ship_fits", "simplified", "today",
           "viable"]

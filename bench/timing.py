"""How long a call takes, and one line of the report."""

from time import perf_counter


def best(function, repeats=10):
    """(shortest time in s of `repeats` warm calls, what the call returns)."""
    result = function() if repeats > 1 else None
    seconds = []
    for _ in range(repeats):
        start = perf_counter()
        result = function()
        seconds.append(perf_counter() - start)
    return min(seconds), result


def row(what, seconds, ratio=None):
    """Print a time in ms and, when given, its ratio to the time it is compared with."""
    print(f"{what:56} {seconds * 1e3:12.4g} ms" + ("" if ratio is None else f" {ratio:8.1f} x"), flush=True)

"""What the package costs, against plain implementations of the same equations: `python -m bench` prints it."""

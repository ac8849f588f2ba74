"""How a measurement becomes a bound: recasts, beam dumps, counting experiments."""

"""How a measurement, or an experiment described by numbers, becomes a bound."""

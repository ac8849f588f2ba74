"""Formulas of the field, no experiment: models, widths, production, displaced decays, the early universe, tridents."""

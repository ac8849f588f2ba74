"""Formulas of the field: no experiment is named here."""

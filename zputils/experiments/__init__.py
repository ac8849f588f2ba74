"""One experiment, one file: geometry, exposure, spectrum, references."""

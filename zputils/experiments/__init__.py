"""The experiments, one file each: what they measured, where it stands, how they are drawn. `register` finds them."""

"""Every bound on a light Z', computed: the helper package of the book."""

from .models import ZPrime

__all__ = ["ZPrime"]

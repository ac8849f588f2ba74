from ..paths import plain_errors
from . import write

with plain_errors():
    print(write().verdict.value_counts())

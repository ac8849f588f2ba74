from . import write

print(write().verdict.value_counts())

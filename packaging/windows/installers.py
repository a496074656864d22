"""x"""
def build(*a, **k): return []

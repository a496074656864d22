"""Pure functions, numbers in and numbers out; no SQL, no entities."""

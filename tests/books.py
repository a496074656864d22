"""Books for tests; filled in by the storage tests' fixtures."""

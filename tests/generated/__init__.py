"""The committed package in generated/: it is fresh, it imports, it type-checks and it runs."""

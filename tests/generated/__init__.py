"""The committed package in generated/ is up to date, can be imported and type-checked, and runs."""

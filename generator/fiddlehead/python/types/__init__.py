"""Modules of types: models, unions, enums and errors."""

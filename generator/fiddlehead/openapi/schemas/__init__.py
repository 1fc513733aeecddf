"""Schemas to types: models, unions, enums and aliases."""

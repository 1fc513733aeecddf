"""Swagger 2.0 descriptions."""

"""The OpenAPI frontend: from descriptions to `ir.Api` and diagnostics."""

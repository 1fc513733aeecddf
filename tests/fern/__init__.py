"""The Fern frontend: from definitions to `ir.Api` and diagnostics."""

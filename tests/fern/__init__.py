"""The Fern frontend: definitions in, `ir.Api` and diagnostics out."""

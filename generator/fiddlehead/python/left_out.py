"""What a description or the settings ask for and the package does not have, said aloud."""

from __future__ import annotations

from .context import Context


def report(context: Context) -> None:
    """Warns of each thing that nothing is generated for."""
    for channel in context.api.channels:
        context.diagnostics.warning(
            "not-expressible",
            f"the channel '{'.'.join(channel.name)}' gets no client: only the types of its messages"
            " are generated",
            channel.span,
        )
    settings = context.settings.python
    if settings.flatten_union_request_bodies:
        context.diagnostics.warning(
            "unused-setting",
            "python.flatten_union_request_bodies has no effect: a union is one argument, `request`",
        )
    if settings.default_bytes_stream_chunk_size is not None:
        context.diagnostics.warning(
            "unused-setting",
            "python.default_bytes_stream_chunk_size has no effect: give `chunk_size` with"
            " `request_options`",
        )

"""Shared reasons for skipping, so that the summary has one line for each."""

NEEDS_SHARED = "needs ../shared, with real descriptions"

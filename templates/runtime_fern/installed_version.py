"""The version of an installed distribution."""

from importlib import metadata


def installed_version(distribution: str, otherwise: str) -> str:
    """The version of ``distribution``; ``otherwise`` if it is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return otherwise

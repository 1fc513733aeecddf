"""Logging of a client, with the methods of Fern's packages."""

from typing import Any

from . import _logging
from ._logging import ConsoleLogger as ConsoleLogger
from ._logging import ILogger as ILogger
from ._logging import LogConfig as LogConfig
from ._logging import LogLevel as LogLevel

_LOG_LEVEL_MAP: dict[LogLevel, int] = {"debug": 1, "info": 2, "warn": 3, "error": 4}


class Logger(_logging.Logger):
    """Filters messages below a level."""

    is_default = False
    """Whether a client was given no configuration of its logger."""

    def is_debug(self) -> bool:
        """Whether messages of level ``debug`` are logged."""
        return self._passes("debug")

    def is_info(self) -> bool:
        """Whether messages of level ``info`` are logged."""
        return self._passes("info")

    def is_warn(self) -> bool:
        """Whether messages of level ``warn`` are logged."""
        return self._passes("warn")

    def is_error(self) -> bool:
        """Whether messages of level ``error`` are logged."""
        return self._passes("error")


class _NoLogger:
    def debug(self, message: str, **kwargs: Any) -> None:
        """Log nothing."""

    info = warn = error = debug


_default_logger = Logger(level="error", logger=_NoLogger(), silent=True)
"""The default of `create_logger`: the logger of the package."""
_default_logger.is_default = True


def create_logger(config: LogConfig | Logger | None = None) -> Logger:
    """The logger of a client, which logs nothing unless ``silent`` is False."""
    if isinstance(config, Logger):
        return config
    if config is None:
        return _default_logger
    return Logger(
        level=config.get("level", "info"),
        logger=config.get("logger") or ConsoleLogger(),
        silent=config.get("silent", True),
    )

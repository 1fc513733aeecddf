"""Logging of a client."""

import logging
import typing

LogLevel = typing.Literal["debug", "info", "warn", "error"]
_LEVELS: dict[LogLevel, int] = {"debug": 10, "info": 20, "warn": 30, "error": 40}


class ILogger(typing.Protocol):
    """The interface of a logger. Details of a message are keyword arguments."""

    def debug(self, message: str, **kwargs: typing.Any) -> None: ...
    def info(self, message: str, **kwargs: typing.Any) -> None: ...
    def warn(self, message: str, **kwargs: typing.Any) -> None: ...
    def error(self, message: str, **kwargs: typing.Any) -> None: ...


class ConsoleLogger:
    """Writes to the standard logger of the package."""

    def __init__(self) -> None:
        package = (__package__ or "core").rpartition(".")[0]
        self._logger = logging.getLogger(package)
        if not self._logger.handlers:
            self._logger.addHandler(logging.StreamHandler())
        self._logger.setLevel(logging.DEBUG)

    def debug(self, message: str, **kwargs: typing.Any) -> None:
        self._logger.debug("%s %s", message, kwargs)

    def info(self, message: str, **kwargs: typing.Any) -> None:
        self._logger.info("%s %s", message, kwargs)

    def warn(self, message: str, **kwargs: typing.Any) -> None:
        self._logger.warning("%s %s", message, kwargs)

    def error(self, message: str, **kwargs: typing.Any) -> None:
        self._logger.error("%s %s", message, kwargs)


class LogConfig(typing.TypedDict, total=False):
    """The logging options of a client. Logging is off by default."""

    level: LogLevel
    logger: ILogger
    silent: bool


class Logger:
    """Filters messages below a level."""

    def __init__(self, *, level: LogLevel, logger: ILogger, silent: bool) -> None:
        self._level = _LEVELS[level]
        self._logger = logger
        self._silent = silent

    def _passes(self, level: LogLevel) -> bool:
        return not self._silent and self._level <= _LEVELS[level]

    def debug(self, message: str, **kwargs: typing.Any) -> None:
        if self._passes("debug"):
            self._logger.debug(message, **kwargs)

    def info(self, message: str, **kwargs: typing.Any) -> None:
        if self._passes("info"):
            self._logger.info(message, **kwargs)

    def warn(self, message: str, **kwargs: typing.Any) -> None:
        if self._passes("warn"):
            self._logger.warn(message, **kwargs)

    def error(self, message: str, **kwargs: typing.Any) -> None:
        if self._passes("error"):
            self._logger.error(message, **kwargs)


def create_logger(config: LogConfig | Logger | None) -> Logger | None:
    """The logger of a client, or None if logging is off."""
    if config is None or isinstance(config, Logger):
        return config
    return Logger(
        level=config.get("level", "info"),
        logger=config.get("logger") or ConsoleLogger(),
        silent=config.get("silent", True),
    )

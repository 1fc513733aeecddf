"""A headless Chromium, controlled over the Chrome DevTools Protocol with the standard library only.

The browser reads commands from file descriptor 3 and writes responses to 4, each ended by a zero
byte, so that no port and no driver is needed.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    (
        actual
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (actual := shutil.which(name))
    ),
    None,
)
NEEDS_CHROMIUM = pytest.mark.skipif(
    CHROMIUM is None or sys.platform == "win32", reason="Chromium is not installed"
)

KEYS = {
    "Enter": ("Enter", 13, "\r"),
    "Escape": ("Escape", 27, ""),
    "Tab": ("Tab", 9, ""),
    "Down": ("ArrowDown", 40, ""),
    "Up": ("ArrowUp", 38, ""),
    "Right": ("ArrowRight", 39, ""),
}
"""The keys that tests press: name in the browser, code on Windows, typed text."""


# WCAG 2.2, 1.4.3: a contrast of at least 4.5 to 1 between text and background.
CONTRAST = """
const parse = (text) => {
  const parts = text.match(/[\\d.]+/g).map(Number);
  return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
};
const light = (rgb) => {
  const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (; element; element = element.parentElement) {
    const color = parse(getComputedStyle(element).backgroundColor);
    if (color.alpha === 1) return color.rgb;
  }
  return [255, 255, 255];
};
const weak = [];
for (const element of document.querySelectorAll("body *")) {
  const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  if (!own || !element.offsetParent || element.disabled) continue;
  if (["SCRIPT", "STYLE"].includes(element.tagName)) continue;
  const [a, b] = [light(parse(getComputedStyle(element).color).rgb), light(behind(element))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) weak.push(`${element.className} ${element.textContent.trim()} ${ratio}`);
}
return weak;
"""


class Browser:
    """One window. Errors of the browser raise RuntimeError with its message."""

    def __init__(self, process: subprocess.Popen[bytes], send: int, receive: int) -> None:
        self._process, self._out, self._in = process, send, receive
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []
        target = self._command("Target.createTarget", url="about:blank")["targetId"]
        attached = self._command("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._command(f"{domain}.enable")

    def open(self, path: Path | str, fragment: str = "") -> None:
        """Load a file or a URL, and wait until it is loaded."""
        url = path.as_uri() if isinstance(path, Path) else path
        self._events.clear()
        self._command("Page.navigate", url="about:blank")
        self._wait_for("Page.loadEventFired")
        self._events.clear()
        self._command("Page.navigate", url=f"{url}{fragment}")
        self._wait_for("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The result of a script as JSON; the script is the body of a function."""
        reply = self._command(
            "Runtime.evaluate",
            expression=f"(async () => {{{script}}})()",
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in reply:
            raise RuntimeError(json.dumps(reply["exceptionDetails"]))
        return reply["result"].get("value")

    def run_until(self, script: str, wanted: Any, seconds: float = 30) -> None:
        """Run a script until it returns the wanted value, also across page loads."""
        end = time.monotonic() + seconds
        result: Any = None
        while time.monotonic() < end:
            try:
                result = self.run(script)
            except RuntimeError:
                continue  # The page is being unloaded.
            if result == wanted:
                return
            time.sleep(0.05)
        raise AssertionError(f"{script}: {result!r}, not {wanted!r}")

    def press(self, *keys: str) -> None:
        """Press keys in order, by name or as characters."""
        for key in keys:
            name, code, text = KEYS.get(key, (key, ord(key[0].upper()), key))
            about = {"key": name, "windowsVirtualKeyCode": code}
            kind = "keyDown" if text else "rawKeyDown"
            self._command("Input.dispatchKeyEvent", type=kind, text=text, **about)
            self._command("Input.dispatchKeyEvent", type="keyUp", **about)

    def show(self, width: int, height: int, *, dark: bool = False, media: str = "") -> None:
        """Set the size of the page, the user's preferences, and the medium (`print`)."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self._command("Emulation.setDeviceMetricsOverride", **metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._command("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def scripts(self, on: bool) -> None:
        """Turn scripts on or off for pages that are opened later."""
        self._command("Emulation.setScriptExecutionDisabled", value=not on)

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._command("Page.captureScreenshot")["data"]))

    def pdf(self) -> bytes:
        """The printed page."""
        return base64.b64decode(self._command("Page.printToPDF", preferCSSPageSize=True)["data"])

    def complaints(self) -> list[str]:
        """The messages on the console since the page was opened: errors, and violations of its
        policy."""
        self._command("Runtime.evaluate", expression="0")
        results: list[str] = []
        for event in self._events:
            if event["method"] == "Log.entryAdded":
                results.append(event["params"]["entry"]["text"])
            elif event["method"] == "Runtime.exceptionThrown":
                results.append(json.dumps(event["params"]["exceptionDetails"]))
        return results

    def requests(self) -> list[str]:
        """The requested URLs since the page was opened."""
        sent = [event for event in self._events if event["method"] == "Network.requestWillBeSent"]
        return [item["params"]["request"]["url"] for item in sent]

    def close(self) -> None:
        self._session = None
        self._command("Browser.close")

    def _command(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            reply = self._next()
            if reply.get("id") == self._number:
                if "error" in reply:
                    raise RuntimeError(f"{method}: {reply['error']['message']}")
                result: dict[str, Any] = reply["result"]
                return result

    def _wait_for(self, event: str) -> None:
        while not any(item["method"] == event for item in self._events):
            self._next()

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            data = os.read(self._in, 1 << 20)
            if not data:
                raise RuntimeError("the browser ended")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self._events.append(message)
        return message


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with a temporary profile, which ends with the block."""
    # Not on Windows, where no browser is started.
    import fcntl

    assert CHROMIUM is not None
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    # File descriptors other than the two that the browser uses.
    from_us, to_us = (fcntl.fcntl(item, fcntl.F_DUPFD, 50) for item in (theirs_in, theirs_out))

    def arrange() -> None:
        os.dup2(from_us, 3)
        os.dup2(to_us, 4)

    process = subprocess.Popen(
        [
            CHROMIUM,
            "--headless=new",
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--disable-dev-shm-usage",
            "--no-first-run",
            f"--user-data-dir={folder}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=arrange,
        pass_fds=(3, 4),
    )
    for item in (theirs_in, theirs_out, from_us, to_us):
        os.close(item)
    try:
        opened = Browser(process, ours_out, ours_in)
        try:
            yield opened
        finally:
            opened.close()
            process.wait(10)
    finally:
        process.kill()
        process.wait(10)
        os.close(ours_out)
        os.close(ours_in)

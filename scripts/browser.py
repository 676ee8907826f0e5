"""Find the Chromium that the tests drive, or bring one.

In this order: what ``CHROMIUM`` names, an installed Chromium or Chrome, Playwright's own
download, and for root on Debian the package ``chromium`` with a font for Chinese. Root on Debian
also gets Firefox and WebKit, for the tests that every engine has to pass; others skip these.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import (
    Browser,
    Error,
    Playwright,
    sync_playwright,
)

from generator.runtime import node

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
QUIET = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
MISSING = "No browser for the tests: install Chromium or Chrome, or name one in CHROMIUM."


def driver() -> AbstractContextManager[Playwright]:
    """Playwright, run by the Node of the build; its own needs more than small machines have."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node()))
    return sync_playwright()


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium that asks nothing of the network by itself."""
    return playwright.chromium.launch(executable_path=find(playwright), args=arguments())


def arguments() -> list[str]:
    """What the browser is told when it starts; root has no sandbox to start it in."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, "--no-sandbox"] if root else list(QUIET)


def find(playwright: Playwright) -> Path:
    """The browser's program.

    Raises
    ------
    FileNotFoundError
        If there is none; says what to install.
    """
    if "CHROMIUM" in os.environ:
        return Path(os.environ["CHROMIUM"])
    commands = [place for command in COMMANDS if (place := shutil.which(command))]
    candidates = map(Path, (*commands, *PLACES, playwright.chromium.executable_path))
    found = next((path for path in candidates if path.exists()), None)
    if found is None:
        raise FileNotFoundError(MISSING)
    return found


def main() -> int:
    """Exit status after bringing a browser if there is none, and other engines if that is easy."""
    _install({"firefox-esr": "firefox-esr", "webkit2gtk-driver": "WebKitWebDriver", "xvfb": "Xvfb"})
    if _starts():
        return 0
    for bring in (_download, _install_chromium):
        bring()
        if _starts():
            return 0
    print(MISSING, file=sys.stderr)
    return 1


def _starts() -> bool:
    """Whether there is a browser, with all the libraries it needs."""
    with driver() as playwright:
        try:
            launch(playwright).close()
        except (FileNotFoundError, Error):
            return False
    return True


def _download() -> None:
    print("Downloading a browser for the tests", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, capture_output=True, check=False)


def _install_chromium() -> None:
    _install({"chromium": "chromium", "fonts-noto-cjk": "fonts-noto-cjk"})


def _install(packages: Mapping[str, str]) -> None:
    """Install those of Debian's packages whose program is missing; others may do without."""
    absent = [package for package, program in packages.items() if not shutil.which(program)]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not absent or not root or not shutil.which("apt-get"):
        return
    print(f"Installing Debian's {' and '.join(absent)}", flush=True)
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends"]
    for command in (["apt-get", "update", "-qq"], [*install, *absent]):
        subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())

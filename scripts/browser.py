"""Find the Chromium that the tests drive, or bring one.

In this order: what ``CHROMIUM`` names, an installed Chromium or Chrome, Playwright's own
download, and for root on Debian the package ``chromium`` with a font for Chinese.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

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


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium that asks nothing of the network by itself."""
    executable = find(playwright)
    if executable is None:
        raise FileNotFoundError(MISSING)
    return playwright.chromium.launch(executable_path=executable, args=arguments())


def arguments() -> list[str]:
    """What the browser is told when it starts; root has no sandbox to start it in."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, "--no-sandbox"] if root else list(QUIET)


def find(playwright: Playwright) -> Path | None:
    """The browser's program, if there is one."""
    named = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else []
    commands = [found for command in COMMANDS if (found := shutil.which(command))]
    candidates = map(Path, (*named, *commands, *PLACES, playwright.chromium.executable_path))
    return next((path for path in candidates if path.exists()), None)


def main() -> int:
    """Exit status after bringing a browser if there is none."""
    if _found():
        return 0
    for bring in (_download, _install):
        bring()
        if _found():
            return 0
    print(MISSING, file=sys.stderr)
    return 1


def _found() -> bool:
    with sync_playwright() as playwright:
        return find(playwright) is not None


def _download() -> None:
    print("Downloading a browser for the tests", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, capture_output=True, check=False)


def _install() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Debian's chromium and fonts-noto-cjk", flush=True)
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends"]
    for command in (["apt-get", "update", "-qq"], [*install, "chromium", "fonts-noto-cjk"]):
        subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())

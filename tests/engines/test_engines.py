"""Firefox and WebKit too: what can be seen, and simulators over HTTP, from disk and offline."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.browser.conftest import Handler, Quiet, computed
from tests.engines.drivers import STATE, Driver, ask

pytestmark = pytest.mark.browser

CHAPTER = "en/mixed-models/index.html?nested.n_mice=4"

LIVE = f"""async () => {{
  {STATE}
  panel.querySelector("input").focus();
  await until("ready", "failed");
  const shown = (name) => panel.querySelector(`[data-readout="${{name}}"]`).dataset.value;
  return [panel.dataset.state, shown("ols.p"), shown("mixed.p")];
}}"""

KEPT = """() => {
  const note = document.querySelector("offline-note");
  return new Promise((resolve) => {
    const look = () => note.textContent.includes(note.dataset.kept) && resolve(true);
    new MutationObserver(look).observe(note, { childList: true, subtree: true });
    look();
  });
}"""

KEPT_PYTHON = """async () => {
  const size = async () => {
    const root = await navigator.storage.getDirectory();
    for await (const handle of root.values()) return (await handle.getFile()).size;
  };
  for (let turn = 0; turn < 100; turn += 1) {
    if ((await size().catch(() => 0)) > 1e6) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}"""
"""Whether Python lies there for the next visit; one that did not come to life does no longer."""

UNDERLINED = """() => {
  const { textDecorationLine, textDecorationStyle } = getComputedStyle(
    document.querySelector(".term"),
  );
  return [textDecorationLine, textDecorationStyle];
}"""


def assert_live(engine: Driver) -> None:
    state, ols, mixed = ask(engine, LIVE)
    assert state == "ready"
    expected = computed("nested", {"n_mice": 4})
    assert float(ols) == pytest.approx(expected["ols.p"], rel=1e-9)
    assert float(mixed) == pytest.approx(expected["mixed.p"], rel=1e-6)


def test_a_word_that_is_explained_can_be_told_from_others(engine: Driver, site: Path) -> None:
    engine.open((site / "en" / "mixed-models" / "index.html").as_uri())
    assert ask(engine, UNDERLINED) == ["underline", "dotted"]


def test_a_simulator_lives_from_disk(engine: Driver, site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "我的 讀物"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("runtime", "*-offline.zip"))
    engine.open(f"{copy.as_uri()}/{CHAPTER}")
    assert_live(engine)


def test_a_simulator_lives_over_http_and_offline_after_the_visit(
    engine: Driver, site: Path
) -> None:
    server = Quiet(("127.0.0.1", 0), partial(Handler, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/the-honest-n/"
    engine.open(url + CHAPTER)
    assert_live(engine)
    assert ask(engine, KEPT)
    lies_there = ask(engine, KEPT_PYTHON)
    server.shutdown()
    server.server_close()
    engine.open(url + CHAPTER.replace("en/", "zh/"))
    assert_live(engine)
    assert ask(engine, "() => document.documentElement.lang") == "zh-Hant-TW"
    assert ask(engine, KEPT_PYTHON) == lies_there

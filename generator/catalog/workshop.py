"""What other folders make for pages: simulators, drawn figures and computed numbers.

Each is made anew only when something that goes into it has changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from generator import toml
from generator.authored import authored
from generator.errors import refusal
from generator.files.cache import digest, kept
from generator.options import PROJECT

if TYPE_CHECKING:
    from generator.files.inputs import Inputs


_CLAIMED_FROM = ("generator/claims/", "generator/datasets/", "validation/")


def _module(name: str) -> str:
    return name.replace("-", "_")


def _authored(folder: str, name: str) -> AbstractContextManager[None]:
    """Around what a figure or a claim does."""
    return authored(PROJECT / "generator" / folder / f"{_module(name)}.py")


class _Words(dict[str, str]):
    """The words of a figure; one that is missing is the author's mistake."""

    def __init__(self, document: toml.Document) -> None:
        super().__init__(document.entries)
        self.document = document

    def __getitem__(self, key: str) -> str:
        text: object = self.get(key)
        if isinstance(text, str):
            return text
        wrong = f"{key!r} is missing" if text is None else f"{key!r} is {text!r}"
        raise self.document.refusal(key, wrong, f'write {key} = "…"')


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where things are made, from which inputs, and where they are kept."""

    content: Path
    content_name: str
    """What the author calls the content folder."""

    cache: Path
    inputs: Inputs

    @property
    def simulators(self) -> tuple[str, ...]:
        """The names of all simulators."""
        return self._named("widgets/simulators/", "/model.py")

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of all drawn figures."""
        return self._named("generator/figures/", ".py")

    @property
    def claims(self) -> tuple[str, ...]:
        """The names of all modules beside the claims."""
        return self._named("generator/claims/", ".py")

    @property
    def templates(self) -> tuple[str, ...]:
        """The names of all templates."""
        names = (name.removeprefix("templates/") for name in self.inputs.below("templates/"))
        return tuple(name.removesuffix(".html") for name in names)

    def simulator(self, name: str, folder: str) -> str:
        """A simulator in one language, as HTML."""
        key = self._key(
            "simulator",
            folder,
            name,
            "widgets/",
            "generator/simulators/",
            "templates/simulator.html",
            f"content/{folder}/widgets/{name}.toml",
            f"content/{folder}/interface.toml",
        )
        return kept(self.cache / "simulators", key, lambda: self._simulator(name, folder)).decode()

    def figure(self, name: str, folder: str) -> str:
        """A figure with its caption in one language, as HTML."""
        labels = f"content/{folder}/figures/{name}.toml"
        made_from = ("widgets/", "generator/figures/", "generator/datasets/", labels)
        key = self._key("figure", folder, name, *made_from)
        return kept(self.cache / "figures", key, lambda: self._figure(name, folder)).decode()

    def claim(self, name: str) -> Mapping[str, str]:
        """The numbers of a claim."""
        made_from = ("widgets/", *_CLAIMED_FROM)
        key = self._key("claim", "", name, *made_from)
        made = kept(self.cache / "claims", key, lambda: self._claim(name))
        numbers: dict[str, str] = json.loads(made)
        return numbers

    def _named(self, folder: str, end: str) -> tuple[str, ...]:
        names = (
            path.removeprefix(folder).removesuffix(end).replace("_", "-")
            for path in self.inputs.below(folder)
            if path.endswith(end)
        )
        return tuple(sorted(name for name in names if "/" not in name and name != "--init--"))

    def _key(self, kind: str, folder: str, name: str, *inputs: str) -> str:
        return digest(kind, folder, name, self.inputs.fingerprint(*inputs, "requirements/"))

    def _simulator(self, name: str, folder: str) -> bytes:
        from generator.simulators import fragment  # noqa: PLC0415  brings Altair, which is slow

        with authored(PROJECT / "widgets" / "simulators" / _module(name)):
            return fragment(name, folder, self.content).encode()

    def _figure(self, name: str, folder: str) -> bytes:
        from generator.markdown.parser import phrase  # noqa: PLC0415  only when one is drawn

        path = f"{self.content_name}/{folder}/figures/{name}.toml"
        file = self.content / folder / "figures" / f"{name}.toml"
        words = _Words(toml.read(file, path, purpose="the words of a figure"))
        with _authored("figures", name):
            svg = import_module(f"generator.figures.{_module(name)}").figure(words)
        caption = phrase(words["caption"], path, folder)
        return (
            f'<figure class="figure" id="fig-{escape(name)}">\n{svg}\n'
            f"<figcaption>{caption}</figcaption>\n</figure>\n"
        ).encode()

    def _claim(self, name: str) -> bytes:
        with _authored("claims", name):
            module = import_module(f"generator.claims.{_module(name)}")
            if not hasattr(module, "claim"):
                right = "define claim() -> dict[str, str] in it"
                raise refusal(str(module.__name__), None, "this module claims nothing", right)
            return json.dumps(module.claim(), ensure_ascii=False, sort_keys=True).encode()

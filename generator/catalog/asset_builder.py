"""The parts of pages that authors' Python makes: simulators, instruments, figures, values.

They are found by folder: ``widgets/simulators/<name>/`` and, in every chapter,
``chapters/<chapter>/figures/<name>.py``, ``values/<name>.py`` and ``scripts/<file>``. Each is made
anew only when something that was read for it has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from generator.authoring.modules import chapter_module, use_simulators
from generator.catalog import interface
from generator.catalog.scripts import OUTPUT
from generator.errors import authored, error
from generator.files.inputs import file_of
from generator.options import SIMULATORS
from generator.project import PROJECT, shown
from generator.source_files import Document, SourceFile
from generator.templates import Templates, templates

if TYPE_CHECKING:
    from generator.catalog.interface import Words
    from generator.files.inputs import Inputs
    from generator.files.parts import PartCache
    from generator.languages import Language
    from generator.options import Options


INSTRUMENTS = "widgets/instruments/"
"""What the names of inputs that belong to instruments begin with."""


class _Words(dict[str, str]):
    """The words of a figure; one that is missing is the author's mistake."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.entries)
        self.document = document

    def __getitem__(self, key: str) -> str:
        text: object = self.get(key)
        if isinstance(text, str):
            return text
        problem = f"{key!r} is missing" if text is None else f"{key!r} is {text!r}"
        raise self.document.error(key, problem, f'write {key} = "…"')


@dataclass(frozen=True, slots=True)
class AssetBuilder:
    """Makes the parts of pages from the inputs, or takes them from the cache."""

    options: Options
    inputs: Inputs
    parts: PartCache

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.options.content

    @property
    def simulators(self) -> tuple[str, ...]:
        """The names of all simulators."""
        folder = self.options.simulators_name
        names = (
            path.removeprefix(folder).removesuffix("/model.py")
            for path in self.inputs.below(folder)
            if path.endswith("/model.py")
        )
        return tuple(sorted(_dashed(name) for name in names if "/" not in name))

    @property
    def instruments(self) -> tuple[str, ...]:
        """The names of all instruments; only this project's own course has some."""
        if self.options.simulators != SIMULATORS:
            return ()
        names = (
            path.removeprefix(INSTRUMENTS).removesuffix("/model.py")
            for path in self.inputs.below(INSTRUMENTS)
            if path.endswith("/model.py")
        )
        return tuple(sorted(_dashed(name) for name in names))

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of all drawn figures."""
        return tuple(sorted(self._modules("figures")))

    @property
    def values(self) -> tuple[str, ...]:
        """The names of all modules that compute values, or help others to."""
        return tuple(sorted(self._modules("values")))

    @property
    def scripts(self) -> tuple[str, ...]:
        """The names of all scripts whose output is stored beside them."""
        return tuple(sorted(self._scripts()))

    @property
    def templates(self) -> tuple[str, ...]:
        """The names of all templates."""
        names = (name.removeprefix("templates/") for name in self.inputs.below("templates/"))
        return tuple(name.removesuffix(".html") for name in names)

    def script(self, name: str) -> Path:
        """The file of a script."""
        return self._file(self._scripts()[name])

    def simulator(self, name: str, folder: str) -> str:
        """A simulator in one language, as HTML."""
        make = partial(self._simulator, name, folder)
        return self._made("simulator", name, folder, make, self._simulator_folder(name)).decode()

    def card(self, name: str, folder: str) -> tuple[str, str]:
        """The title of a simulator and its first frame, in one language, as HTML."""
        make = partial(self._card, name, folder)
        made = self._made("card", name, folder, make, self._simulator_folder(name)).decode()
        title, _, frame = made.partition("\n")
        return title, frame

    def instrument(self, name: str, folder: str) -> str:
        """An instrument in one language, as HTML."""
        make = partial(self._instrument, name, folder)
        return self._made("instrument", name, folder, make, self._instrument_folder(name)).decode()

    def figure(self, name: str, language: Language) -> str:
        """A figure with its caption in one language, as HTML."""
        place = self._file(self._modules("figures")[name])
        make = partial(self._figure, name, language)
        return self._made("figure", name, repr(language), make, place).decode()

    def value(self, name: str) -> Mapping[str, str]:
        """The values that a module computes, as text by key."""
        place = self._file(self._modules("values")[name])
        made = self._made("values", name, "", partial(self._values, name), place)
        values: dict[str, str] = json.loads(made)
        return values

    def _made(
        self, kind: str, name: str, folder: str, make: Callable[[], bytes], place: Path
    ) -> bytes:
        return self.parts.made(kind, f"{folder}/{name}", make, place)

    def _modules(self, kind: str) -> dict[str, str]:
        """The input names of a chapter's modules of one kind, by the names that pages use."""
        found: dict[str, str] = {}
        for path in self.inputs.below("chapters/"):
            parts = path.split("/")
            if parts[2:3] == [kind] and len(parts) == 4 and path.endswith(".py"):  # noqa: PLR2004
                name = _dashed(parts[3].removesuffix(".py"))
                if name != "--init--":
                    self._add(found, name, path)
        return found

    def _scripts(self) -> dict[str, str]:
        """The input names of all scripts whose output is stored, by file name."""
        found: dict[str, str] = {}
        for path in self.inputs.below("chapters/"):
            parts = path.split("/")
            if parts[2:3] == ["scripts"] and len(parts) == 4 and path.endswith(OUTPUT):  # noqa: PLR2004
                self._add(found, parts[3].removesuffix(OUTPUT), path.removesuffix(OUTPUT))
        return found

    def _add(self, found: dict[str, str], name: str, path: str) -> None:
        if name in found:
            problem = f"another chapter has {name!r}: {shown(self._file(found[name]))}"
            raise error(shown(self._file(path)), None, problem, "rename one of the two")
        found[name] = path

    def _simulator_folder(self, name: str) -> Path:
        return self.options.simulators / name.replace("-", "_")

    def _instrument_folder(self, name: str) -> Path:
        return PROJECT / INSTRUMENTS / name.replace("-", "_")

    def _file(self, name: str) -> Path:
        return file_of(name, self.options.roots)

    def _simulator(self, name: str, folder: str) -> bytes:
        from generator.simulators import fragment  # noqa: PLC0415  brings Altair, which is slow

        words, made = self._common(folder)
        use_simulators(self.options.simulators)
        with authored(self._simulator_folder(name)):
            return fragment(name, folder, self.content, words, made).encode()

    def _card(self, name: str, folder: str) -> bytes:
        from generator.simulators import card  # noqa: PLC0415  brings Altair, which is slow

        use_simulators(self.options.simulators)
        with authored(self._simulator_folder(name)):
            return card(name, folder, self.content).encode()

    def _instrument(self, name: str, folder: str) -> bytes:
        from generator.instruments import fragment  # noqa: PLC0415  brings numpy

        words, made = self._common(folder)
        with authored(self._instrument_folder(name)):
            return fragment(name, folder, self.content, words, made).encode()

    def _common(self, folder: str) -> tuple[Words, Templates]:
        """The words that all simulators of a language share, and the templates."""
        file = self.content / folder / interface.FILE
        words = interface.simulator_words(interface.read(SourceFile.at(file)), shown(file))
        given = self.options.templates
        return words, templates(given, shown(given), self.options.cache / "templates")

    def _figure(self, name: str, language: Language) -> bytes:
        from generator.markdown.parser import phrase  # noqa: PLC0415  only when one is drawn

        file = self.content / language.folder / "figures" / f"{name}.toml"
        words = _Words(SourceFile.at(file).document(purpose="the words of a figure"))
        module = self._modules("figures")[name]
        with authored(self._file(module)):
            svg = chapter_module(module, self.options.chapters).figure(words)
        caption = phrase(words["caption"], shown(file), language)
        return (
            f'<figure class="figure" id="fig-{escape(name)}">\n{svg}\n'
            f"<figcaption>{caption}</figcaption>\n</figure>\n"
        ).encode()

    def _values(self, name: str) -> bytes:
        path = self._modules("values")[name]
        with authored(self._file(path)):
            module = chapter_module(path, self.options.chapters)
            if not hasattr(module, "values"):
                hint = "define values() -> dict[str, str] in it"
                raise error(shown(self._file(path)), None, "this module computes no values", hint)
            return json.dumps(module.values(), ensure_ascii=False, sort_keys=True).encode()


def _dashed(name: str) -> str:
    """The name that pages use for a module."""
    return name.replace("_", "-")

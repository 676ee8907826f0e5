"""``[name]: address``: an address that links of the page name, and no line of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.markdown.parse_state import page_state

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore


class Definitions(dict[str, Any]):
    """Addresses written as ``[name]: address``, and which of their names were used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()
        self.above = 0
        """How many lines of the page stand above the text that is read now."""

    def __setitem__(self, key: str, target: Any) -> None:  # noqa: ANN401  as dict has it
        """Keep an address with its line in the page."""
        super().__setitem__(key, {**target, "line": target["map"][0] + 1 + self.above})

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401  as dict has it
        """The address of a name, which counts as used from now on."""
        self.used.add(key)
        return super().get(key, default)


def install(md: MarkdownIt) -> None:
    """Let the parser refuse definitions that are of no use."""
    md.core.ruler.before("text_join", "definitions", used)


def used(state: StateCore) -> None:
    """Refuse an address that no text names: its line would vanish."""
    defined = state.env.get("references")
    if not isinstance(defined, Definitions):
        return
    for label, target in defined.items():
        if label not in defined.used:
            hint = r"write [text](…) where it belongs, or \[ for the sign"
            problem = f"no text names [{label.lower()}]:"
            raise page_state(state.env).error(target["line"], problem, hint)

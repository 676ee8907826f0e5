"""The templates of a folder: compiled once, their mistakes named by file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)

from generator.errors import error


@dataclass(frozen=True)
class Templates:
    """Templates, and what mistakes call their folder."""

    environment: Environment
    name: str

    def render(self, template: str, context: Mapping[str, Any], *, words: str) -> str:
        """The text of a template; ``words`` is the file whose words it may lack.

        Raises
        ------
        MistakeError
            If the template is missing, cannot be read, or asks for what there is not.
        """
        where = f"{self.name}/{template}"
        try:
            return self.environment.get_template(template).render(context)
        except TemplateNotFound as cause:
            raise error(where, None, "there is no such template", "write it") from cause
        except TemplateSyntaxError as cause:
            name = f"{self.name}/{cause.name}"
            raise error(name, cause.lineno, str(cause.message), "mend it") from cause
        except UndefinedError as cause:
            name, line = self._place(cause)
            hint = f"give it, e.g. in {words}"
            raise error(name or where, line, str(cause.message), hint) from cause

    def _place(self, cause: Exception) -> tuple[str, int | None]:
        """The template and the line in which rendering stopped."""
        for frame in reversed(extract_tb(cause.__traceback__)):
            if frame.filename.endswith(".html"):
                return f"{self.name}/{Path(frame.filename).name}", frame.lineno
        return "", None


def templates(folder: Path, name: str, cache: Path) -> Templates:
    """The templates of a folder; ``cache`` is a folder for their bytecode."""
    cache.mkdir(parents=True, exist_ok=True)
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=FileSystemBytecodeCache(str(cache)),
    )
    return Templates(environment, name)

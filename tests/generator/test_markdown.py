from __future__ import annotations

import re

import pytest

from generator.markdown.leftover import ADDRESS, LEFTOVERS, LONE_DOLLAR
from generator.markdown.parser import DIRECTIVES, ROLES
from tests.generator.prose import FOLDER, Case, cases, outcome

ALL = list(cases())
BESIDES = {"__init__", "outline_items", "parser", "parse_state", "placeholders"}
"""What a rule is given and what it makes; no rules themselves."""


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.rule}: {case.title}")
def test_what_authors_write_becomes_what_readers_get(case: Case) -> None:
    assert outcome(case.given) == case.expected


def test_every_rule_has_its_file_of_cases() -> None:
    rules = {file.stem for file in (FOLDER.parents[2] / "generator" / "markdown").glob("*.py")}
    assert rules - BESIDES <= {file.stem for file in FOLDER.glob("*.md")}


def test_every_directive_and_role_is_used_in_a_case() -> None:
    written = "\n".join(case.given for case in ALL)
    assert [name for name in DIRECTIVES if f"::{{{name}}}" not in written] == []
    assert [name for name in ROLES if f"{{{name}}}`" not in written] == []


def test_every_kind_of_leftover_is_refused_in_a_case() -> None:
    refused = [case.expected for case in ALL if case.rule == "leftover"]
    problems = {one.problem for one in (*LEFTOVERS, ADDRESS, LONE_DOLLAR)}
    told = [re.escape(problem).replace(r"\{\}", ".+") for problem in problems]
    assert [one for one in told if not any(re.search(f": {one}; ", case) for case in refused)] == []

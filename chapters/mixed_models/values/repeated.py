"""The nested experiment repeated many times with a fixed seed, as the simulator does it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from widgets.host import answer

EXPERIMENTS = 10_000
CHUNK = 500


def repeated(values: Mapping[str, float | str]) -> dict[str, str]:
    """Return the written readouts of the repeats at these values and the defaults for the rest."""
    reply: dict[str, Any] = {"tally": None, "done": 0}
    while reply["done"] < EXPERIMENTS:
        request = {"call": "repeat", "widget": "nested", "values": values, "count": CHUNK}
        reply = json.loads(answer(json.dumps(request | {k: reply[k] for k in ("tally", "done")})))
    return {name: readout["text"] for name, readout in reply["readouts"].items()}

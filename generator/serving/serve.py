"""Build, serve, watch."""

from __future__ import annotations

import sys
from threading import Event
from typing import TYPE_CHECKING

from generator.serving.server import listen
from generator.serving.showing import Showing
from generator.serving.watching import built, command, keep_building

if TYPE_CHECKING:
    from generator.options import Options


def serve(options: Options, host: str, port: int) -> None:
    """Serve the site until the author interrupts."""
    showing = Showing()
    stop = Event()
    with listen(host, port, options.output, showing) as server:
        keep_building(options, showing, stop)
        showing.show(built(command(options)))
        address, chosen = server.server_address[:2]
        sys.stdout.write(f"http://{address!s}:{chosen}/  (Ctrl-C ends it)\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
        finally:
            stop.set()

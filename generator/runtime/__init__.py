"""Python for the reader's browser: Pyodide, numpy and the models, ready to be served.

::

    releases     the files of a Pyodide release, with their checksums
    sources      where they are fetched from
    download     one of them, verified
    trimming     which of their entries ship
    compiler     jobs for Pyodide in Node (compile.mjs, bytecode.py)
    build        all of it together, cached
    models       widgets/ as an archive
    packages     widgets/ as wheels for other pages, and Pyodide's lock file
"""

from generator.runtime.build import Runtime, prepare
from generator.runtime.models import models_zip, needs_engine
from generator.runtime.node import node
from generator.runtime.packages import package_files

__all__ = ["Runtime", "models_zip", "needs_engine", "node", "package_files", "prepare"]

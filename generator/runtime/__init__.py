"""Python for the reader's browser: Pyodide, numpy and the models, ready to be served.

::

    official     the files of Pyodide's makers, by their sums
    sources      where they may be had
    obtain       one of them, judged by its sum
    trimming     what of them travels
    compiling    to bytecode, inside Pyodide in Node (compile.mjs, bytecode.py)
    preparing    all of it together, once
    models       widgets/ as an archive
"""

from generator.runtime.models import models_zip
from generator.runtime.node import node
from generator.runtime.preparing import Runtime, prepare

__all__ = ["Runtime", "models_zip", "node", "prepare"]

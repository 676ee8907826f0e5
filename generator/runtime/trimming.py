"""Which files of the standard library and of numpy travel to the reader.

Left out is what a page can do nothing with: tests, type stubs, C headers, servers and clients,
other processes, other machines' encodings. Three files look as if they belonged to those and
stay: without ``numpy._core._multiarray_tests``, ``encodings.cp437`` (names inside zip files) and
``asyncio.unix_events``, numpy or Pyodide does not start.
"""

from __future__ import annotations

from pathlib import PurePosixPath

ENCODINGS = (
    "__init__ aliases ascii charmap cp437 cp1252 idna latin_1 punycode raw_unicode_escape "
    "unicode_escape utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le utf_7 utf_8 utf_8_sig "
    "undefined"
)
IDLE_STDLIB = (
    "_aix_support _osx_support _pydecimal _pyio aifc antigravity bdb cProfile cgi cgitb chunk "
    "crypt doctest filecmp ftplib getpass imaplib imghdr lib2to3 mailbox mailcap modulefinder "
    "multiprocessing netrc nntplib nturl2path optparse pdb pickletools pipes plistlib poplib "
    "profile pstats pty pyclbr pydoc rlcompleter sched smtplib sndhdr socketserver sunau "
    "tabnanny telnetlib this trace tty turtle unittest venv wave webbrowser wsgiref xdrlib xml "
    "xmlrpc zipapp"
)
IDLE_NUMPY = frozenset(("numpy/conftest.py", "numpy/_configtool.py", "numpy/typing/mypy_plugin.py"))
IDLE_NUMPY_FOLDERS = frozenset(("tests", "f2py", "distutils", "testing", "include", "pyinstaller"))
NUMPY_CODE = frozenset((".py", ".so"))
ENCODINGS_KEPT = frozenset(ENCODINGS.split())
STDLIB_LEFT = frozenset(IDLE_STDLIB.split())


def in_stdlib(name: str) -> bool:
    """Whether a file of the standard library's archive travels."""
    path = PurePosixPath(name)
    if path.parts[0] == "encodings":
        return path.stem in ENCODINGS_KEPT
    return path.suffix == ".py" and path.parts[0].removesuffix(".py") not in STDLIB_LEFT


def in_numpy(name: str) -> bool:
    """Whether a file of numpy's wheel travels."""
    path = PurePosixPath(name)
    if path.parts[0].endswith(".dist-info"):
        return path.name in {"METADATA", "WHEEL"}
    if IDLE_NUMPY_FOLDERS.intersection(path.parts) or name in IDLE_NUMPY:
        return False
    return path.suffix in NUMPY_CODE and not path.name.startswith("lapack_lite.")

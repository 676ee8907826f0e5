"""Which files of the standard library and of numpy travel to the reader.

Left out is what a page can do nothing with: tests, type stubs, C headers, servers and clients,
mail, other processes, other machines' encodings, Fourier transforms. Some files look as if they
belonged to those and stay: ``np.median`` asks for masked arrays, and without
``numpy._core._multiarray_tests``, ``encodings.cp437`` (names inside zip files) and
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
    "_aix_support _markupbase _osx_support _pydatetime _pydecimal _pyio "
    "_sysconfigdata__emscripten_wasm32-emscripten aifc antigravity argparse "
    "asyncio/proactor_events asyncio/windows_events asyncio/windows_utils bdb cProfile cgi cgitb "
    "chunk cmd code codeop compileall configparser crypt curses dbm doctest email ensurepip "
    "filecmp fileinput ftplib getopt getpass gettext html http idlelib imaplib imghdr lib2to3 "
    "logging/config logging/handlers mailbox mailcap mimetypes modulefinder multiprocessing netrc "
    "nntplib nturl2path optparse pdb pickletools pipes plistlib poplib profile pstats pty "
    "py_compile pyclbr quopri rlcompleter runpy sched shelve smtplib sndhdr socketserver "
    "sqlite3 stringprep sunau symtable tabnanny tarfile telnetlib this tkinter tomllib trace "
    "tracemalloc tty turtle unittest urllib/error urllib/request urllib/response "
    "urllib/robotparser uu uuid venv wave webbrowser wsgiref xdrlib xml xmlrpc zipapp zoneinfo"
)
IDLE_NUMPY = frozenset(("numpy/conftest.py", "numpy/_configtool.py", "numpy/typing/mypy_plugin.py"))
IDLE_NUMPY_FOLDERS = frozenset(
    ["tests", "f2py", "distutils", "testing", "include", "_pyinstaller", "fft"]
)
IDLE_NUMPY_CODE = ("lapack_lite.", "_operand_flag_tests.", "_rational_tests.", "_umath_tests.")
NUMPY_CODE = frozenset((".py", ".so"))
ENCODINGS_KEPT = frozenset(ENCODINGS.split())
STDLIB_LEFT = frozenset(IDLE_STDLIB.split())


def in_stdlib(name: str) -> bool:
    """Whether a file of the standard library's archive travels."""
    path = PurePosixPath(name)
    if path.parts[0] == "encodings":
        return path.stem in ENCODINGS_KEPT
    module = path.with_suffix("").as_posix()
    return path.suffix == ".py" and not STDLIB_LEFT.intersection((path.parts[0], module))


def in_numpy(name: str) -> bool:
    """Whether a file of numpy's wheel travels."""
    path = PurePosixPath(name)
    if path.parts[0].endswith(".dist-info"):
        return path.name in {"METADATA", "WHEEL"}
    if IDLE_NUMPY_FOLDERS.intersection(path.parts) or name in IDLE_NUMPY:
        return False
    return path.suffix in NUMPY_CODE and not path.name.startswith(IDLE_NUMPY_CODE)

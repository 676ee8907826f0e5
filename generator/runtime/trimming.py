"""Which files of the standard library and of numpy travel to the reader.

Left out is what a page can do nothing with: tests, type stubs, C headers, servers and clients,
mail, other processes and threads, other machines' encodings, installers, former names that only
warn, Fourier transforms. What a script in a code cell may ask for stays. Some files look unused and
stay: ``np.median`` asks for masked arrays, and without ``numpy._core._multiarray_tests``,
``encodings.cp437`` (names inside zip files) and ``asyncio.unix_events``, numpy or Pyodide does not
start. Of what an installer reads, ``METADATA`` holds numpy's licence.
"""

from __future__ import annotations

from pathlib import PurePosixPath

ENCODINGS = (
    "__init__ aliases ascii charmap cp437 cp1252 latin_1 raw_unicode_escape "
    "unicode_escape utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le utf_7 utf_8 utf_8_sig "
    "undefined"
)
IDLE_STDLIB = (
    "__hello__ __phello__ _aix_support _markupbase _osx_support _pydatetime _pydecimal _pyio "
    "aifc antigravity argparse asyncio/__main__ asyncio/proactor_events asyncio/windows_events "
    "asyncio/windows_utils bdb cProfile cgi cgitb chunk cmd code codeop compileall "
    "concurrent/futures/process concurrent/futures/thread "
    "configparser crypt ctypes/_aix ctypes/macholib ctypes/util ctypes/wintypes curses dbm doctest "
    "email ensurepip filecmp fileinput ftplib getopt getpass gettext gzip html http idlelib "
    "imaplib imghdr importlib/metadata json/tool lib2to3 logging/config logging/handlers mailbox "
    "mailcap mimetypes modulefinder multiprocessing netrc nntplib nturl2path optparse pdb "
    "pickletools pipes plistlib poplib profile pstats pty py_compile pyclbr pyodide/console "
    "pyodide/http quopri rlcompleter runpy sched shelve shlex smtplib sndhdr socketserver sqlite3 "
    "sre_compile sre_constants sre_parse stringprep sunau symtable tabnanny tarfile telnetlib this "
    "tkinter tomllib trace tracemalloc tty turtle unittest urllib/error urllib/request "
    "urllib/response urllib/robotparser uu uuid venv wave webbrowser wsgiref xdrlib xml xmlrpc "
    "zipapp zipfile/__main__ zoneinfo"
)
IDLE_NUMPY = (
    "_configtool _core/cversions _utils/_pep440 compat conftest core ctypeslib distutils doc f2py "
    "fft lib/_user_array_impl lib/recfunctions lib/user_array ma/mrecords ma/testutils "
    "ma/timer_comparison matlib random/_examples testing typing/mypy_plugin"
)
IDLE_NUMPY_FOLDERS = frozenset(("tests", "include", "_pyinstaller"))
IDLE_NUMPY_CODE = (
    "lapack_lite.",
    "_operand_flag_tests.",
    "_rational_tests.",
    "_simd.",
    "_struct_ufunc_tests.",
    "_umath_tests.",
)
NUMPY_CODE = frozenset((".py", ".so"))
ENCODINGS_KEPT = frozenset(ENCODINGS.split())
STDLIB_LEFT = frozenset(IDLE_STDLIB.split())
NUMPY_LEFT = frozenset(f"numpy/{name}" for name in IDLE_NUMPY.split())


def in_stdlib(name: str) -> bool:
    """Whether a file of the standard library's archive travels."""
    path = PurePosixPath(name)
    if path.parts[0] == "encodings":
        return path.stem in ENCODINGS_KEPT
    return path.suffix == ".py" and not _among(path, STDLIB_LEFT)


def in_numpy(name: str) -> bool:
    """Whether a file of numpy's wheel travels."""
    path = PurePosixPath(name)
    if path.parts[0].endswith(".dist-info"):
        return path.name == "METADATA"
    if IDLE_NUMPY_FOLDERS.intersection(path.parts) or _among(path, NUMPY_LEFT):
        return False
    return path.suffix in NUMPY_CODE and not path.name.startswith(IDLE_NUMPY_CODE)


def _among(path: PurePosixPath, modules: frozenset[str]) -> bool:
    """Whether a file is one of the modules or of a package of them."""
    module = path.with_suffix("")
    return not modules.isdisjoint(one.as_posix() for one in (module, *module.parents))

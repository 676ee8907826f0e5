"""How far the engine is from R: models that R has fitted, fitted again and compared.

::

    reference/    what R was given and what it answered, and the scripts that asked it
    calls         cases that are calls, run and compared
    cases         the others as data
    fits          the same by this engine
    differences   how far two answers are apart
    comparisons   what is compared, over which cases, and what is tolerated
    document      the table in docs/engine.md; the site shows it to readers
"""

"""How far the engine is from R: models that R has fitted, fitted again and compared.

::

    cases         what R was given and what it answered (tests/reference/)
    fits          the same by this engine
    differences   how far two answers are apart
    comparisons   what is compared, over which cases, and what is tolerated
    document      the table in docs/engine.md; the claim agreement shows it to readers
"""

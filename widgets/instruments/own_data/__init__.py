"""A laboratory's table, analysed three ways: which n it has, and what a paper may say.

::

    rows.py       columns of JSON to the rows that are analysed
    design.py     how treatment, units and blocks lie to each other, and what forbids a test
    analyses.py   naive, means of units, mixed model
    spread.py     the intraclass correlation, its interval, and what the rows are worth
    remarks.py    what a reader has to know about these rows
    figure.py     the SuperPlot and the intervals as SVG (svg.py draws)
    model.py      all of it as one INSTRUMENT
"""

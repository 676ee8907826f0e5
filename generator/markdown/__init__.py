"""Markdown in MyST's spelling, one file per rule.

``parser.py`` lists the rules in the order in which they work. Most are passes over the finished
tokens of markdown-it-py; a directive (``:::{name} argument``) is a function from
:class:`~generator.markdown.directives.Directive` to tokens, a role (``{name}`text```) one from
:class:`~generator.markdown.roles.Role` to a piece of the page.
"""

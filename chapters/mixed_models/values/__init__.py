"""Numbers that pages quote: each module has ``values() -> dict[str, str]``, texts by key.

``{value}`name.key``` puts one into a sentence. A module without that function helps the others.
"""

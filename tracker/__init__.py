"""The rule-of-law tracker: a township's year from records to figures.

See ``docs/glossary.md`` for the words and ``docs/figures.md`` for every figure.
"""

__version__ = "0.1.0"

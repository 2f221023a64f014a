"""The catalogues of translations: found in the source, kept as .po, compiled to the .mo that are shipped.

`make words` does all of it. How to translate is told in docs/translating.md.
"""

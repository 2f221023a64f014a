"""PDFs in and out: typeset, inspect, clean, seal, read a signature, make packets.

Light to import: the libraries are loaded inside the calls, or in a child process.
"""

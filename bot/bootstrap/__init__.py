"""The concrete parts, put together: the only room that knows them all.

It may import every room below it (desk, channels, store, outside, service and what is under them), and hands web and
the command line what they ask for. It never decides anything itself, and this file imports nothing, for commands that
need a single part shall not wait for all of them.
"""

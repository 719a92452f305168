"""The version of this toolkit, kept with every event and in every export."""

__version__ = "0.1.0"

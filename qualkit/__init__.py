"""qualkit: the Framework method, themes and saturation at the command line, on the researcher's own machine."""

__version__ = "0.1.0"

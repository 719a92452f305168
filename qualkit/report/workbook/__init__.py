"""The matrix as an Excel workbook, one module a sheet."""

from qualkit.report.workbook.writer import write_workbook

__all__ = ["write_workbook"]

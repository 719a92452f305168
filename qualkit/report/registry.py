"""The outputs of a matrix by name. A new one is a module and a line here."""

from qualkit.errors import USAGE, QualkitError
from qualkit.report.interface import Output
from qualkit.report.table_csv import write_csv
from qualkit.report.workbook import write_workbook

OUTPUTS = {
    output.name: output
    for output in (
        Output("xlsx", ".xlsx", write_workbook),
        Output("csv", ".csv", write_csv),
    )
}


def output(name: str) -> Output:
    """The output of that name. Raises QualkitError for one that we do not have."""
    found = OUTPUTS.get(name.casefold().lstrip("."))
    if found is None:
        raise QualkitError(f"There is no output called {name}.", f"Choose one of: {', '.join(OUTPUTS)}.", USAGE)
    return found

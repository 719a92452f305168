"""Clear dates become ISO days; what could be read in two ways is no date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.ingest.tables.dates import iso_day, utc_moment


@pytest.mark.parametrize(
    "written",
    [
        *("2025-03-03", "2025/03/03", "2025.03.03", "20250303", "03/03/2025", "3/3/2025", "3.3.2025", "3. 3. 2025"),
        *("03-03-2025", "3 March 2025", "3 MARCH 2025", "3rd March 2025", "3 Mar 2025", "3 Mar. 2025", "3-Mar-2025"),
        *(
            "3 march, 2025",
            "Monday 3 March 2025",
            "Mon, 3 Mar 2025",
            "March 3, 2025",
            "Mar 3 2025",
            "3rd of March 2025",
        ),
        *(
            "3rd of March 2025",
            " 2025-03-03 ",
            "2025-03-03 00:00:00",
            "2025-03-03T09:30",
            "2025-03-03T09:30:00Z",
            "3 March 2025 9:30",
        ),
    ],
)
def test_clear(written: str) -> None:
    assert iso_day(written) == "2025-03-03"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "03/13/2025",
            "3/3/25",
            "3-Mar-25",
            "March 2025",
            "2025-03",
            "2025",
            "45719",
            "31 April 2025",
            "2025-02-30",
        ),
        *(
            "3 Marzo 2025",
            "3 Marched 2025",
            "yesterday",
            "2025-3-3-3",
            "0 March 2025",
            "３ March 2025",
            "3 March 20255",
        ),
        *("3 March 20255", "31 April 2025", "2025-03/03", "12:30", "spring 2025", "9999999999"),
    ],
)
def test_unclear(written: str) -> None:
    assert iso_day(written) is None
    assert utc_moment(written) is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-03-03", "2025-03-03"),
        ("3 March 2025", "2025-03-03"),
        ("2025-03-03T09:30", "2025-03-03T09:30:00"),
        ("2025-03-03 9:30:15", "2025-03-03T09:30:15"),
        ("2025-03-03T09:30:00Z", "2025-03-03T09:30:00Z"),
        ("2025-03-03T09:30:00.123456Z", "2025-03-03T09:30:00.123456Z"),
        ("2025-03-03T00:30:00+02:00", "2025-03-02T22:30:00Z"),
        ("2025-03-03 09:30 UTC", "2025-03-03T09:30:00Z"),
        ("2025-03-03 25:30", None),
    ],
)
def test_moments(written: str, moment: str | None) -> None:
    assert utc_moment(written) == moment


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_any_day_in_any_clear_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%B %d, %Y", "%Y-%m-%d %H:%M"):
        assert iso_day(day.strftime(form)) == day.isoformat()


@given(st.text() | st.text("0123456789-/. :TZ+marchp", max_size=20))
def test_any_text(written: str) -> None:
    day = iso_day(written)
    assert day is None or date.fromisoformat(day)
    assert utc_moment(written) is None or day

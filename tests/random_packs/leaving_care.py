"""Care leavers, as the extracts of several months say they were."""

from functools import cache

from hypothesis import strategies as st

from tests.random_packs.days import Months, back, end, near
from tests.random_packs.draws import Rows, rows

WORKING = [kind + number for kind in "FP" for number in "1245"]


@cache
def extracts(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a care leaver's rows, one an extract."""
    row = rows(
        extract_date=near(months, end),
        eligibility=["Relevant", "Former relevant", "Relevant", "Eligible", "Qualifying", None],
        pathway_plan_date=st.none() | near(months, end, back(6)),
        in_touch=["YES", "YES", "NO", "DIED", "REFU", "NREQ", "RHOM", None],
        accommodation_suitable=["1", "1", "2", None],
        activity=[*WORKING, *WORKING, "G4", "G5", "G6", "0", None],
    )
    found = st.lists(row, min_size=1, max_size=3, unique_by=lambda row: row["extract_date"])
    return found.map(lambda rows: {"care_leavers": rows})

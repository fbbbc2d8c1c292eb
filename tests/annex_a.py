"""Tables in the contract's words written out as an Annex A workbook, as a case system exports one.

It is written from Ofsted's headings and from what real workbooks look like (lettered choices, codes
with labels, true dates, teams by name), and shares nothing with the reader. The lists look back six
months from the workbook's date, the last day of `month`:

* lists 1, 3  what happened within the six months
* list 4      assessments begun or authorised within them, and the open ones
* list 5      section 47 enquiries and conferences within them; a conference for a child who moves
              in with a plan follows no enquiry here, and is not listed
* list 6      each child once, by the most serious status at the end: in care, protection plan,
              in need plan, assessment, closed
* list 7      plans open within them, other authorities' left out; list 8 periods of care, likewise
* list 9      care leavers on the workbook's date
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd

Frames = dict[str, pd.DataFrame]

TEAMS = Path(__file__).parents[1] / "data" / "reference" / "teams.csv"
CHILD = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
DISABILITY = "Does the Child have a Disability"
HELD_BY = ["Allocated Team", "Allocated Worker"]
HEADINGS = {
    "List 1": [*CHILD, "Date of Contact", "Contact Source"],
    "List 2": [
        *CHILD,
        "Assessment start date",
        "Assessment completion date",
        "Organisation completing assessment",
    ],
    "List 3": [
        *CHILD,
        "Date of referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        *HELD_BY,
    ],
    "List 4": [
        *CHILD,
        DISABILITY,
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children’s social care support?",
        *HELD_BY,
    ],
    "List 5": [
        *CHILD,
        DISABILITY,
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        *HELD_BY,
    ],
    "List 6": [
        *CHILD,
        DISABILITY,
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case Status",
        *HELD_BY,
    ],
    "List 7": [
        *CHILD,
        DISABILITY,
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months "
        "(Y/N)",
        "Number of Previous Child Protection Plans",
        *HELD_BY,
    ],
    "List 8": [
        *CHILD,
        "Unaccompanied Asylum Seeking Child (UASC)) within the Last 12 Months (Y/N)",
        DISABILITY,
        "Date Started to be Looked After",
        "Child's Category of Need",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 "
        "months (Y/N)",
        "Start date of current legal status",
        "Child's Legal Status",
        "Date of Latest Statutory Review",
        "Date of Last Social Work Visit",
        "What is the permanence plan for this child?",
        "Date of Last IRO Visit / Contact to the Child",
        "Date of Last Health Assessment",
        "Date of Last Dental Check",
        "Number of Placements in the Last 12 months",
        "Date Ceased to be Looked After",
        "Reason Ceased to be Looked After",
        "Start Date of Most Recent Placement",
        "Placement Type",
        "Placement Provider",
        "Placement postcode",
        "URN of Placement",
        "Placement Location",
        "LA of Placement",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 "
        "months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        *HELD_BY,
    ],
    "List 9": [
        *CHILD,
        "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
        DISABILITY,
        *HELD_BY,
        "Allocated Personal Advisor",
        "Eligibility Category",
        "Latest Pathway Plan Review Date",
        "LA in Touch",
        "Latest Date of Contact",
        "Type of Accommodation",
        "Suitability of Accommodation",
        "Activity Status",
    ],
    "List 10": [
        "Child Unique ID",
        "Family identifier",
        *CHILD[1:],
        DISABILITY,
        "Date the Child Entered Care",
        "Date of Decision that Child Should be Placed for Adoption",
        "Date of Placement Order",
        "Date of Matching Child and Prospective Adopters",
        "Date Placed for Adoption",
        "Date of Adoption Order ",
    ],
}
ELIGIBILITY = {
    "Relevant": "a) Relevant child",
    "Former relevant": "b) Former relevant child",
    "Qualifying": "c) Qualifying care leaver",
    "Eligible": "d) Eligible child",
}
IN_TOUCH = {
    "YES": "a) Yes",
    "NO": "b) No",
    "DIED": "c) Died",
    "REFU": "d) Refu",
    "NREQ": "e) NREQ",
    "RHOM": "f) Rhom",
}
SUITABLE = {"1": "a) Suitable", "2": "b) Unsuitable"}
SEEN = {"Y": "a) Yes", "N": "b) No", "U": "c) Unknown"}
LEGAL = {
    "C1": "C1 - Interim care order",
    "C2": "C2 - Full care order",
    "E1": "E1 - Placement order granted",
    "V2": "V2 - Single period of accommodation under section 20",
}
SOURCES = ["1A: Individual - family member", "2A: Schools", "3A: Health services - GP", "6: Police"]
GENDERS = ["a) Male", "b) Female"]
ETHNICITIES = ["a) WBRI", "BAFR - African", "e) AIND", "MWBC: White and Black Caribbean"]


def write(tables: Frames, path: Path, month: date) -> None:
    """Write `tables` as a workbook dated at the end of `month`."""
    end = pd.Timestamp(month) + pd.offsets.MonthEnd(0)
    since = pd.Timestamp(month) - pd.DateOffset(months=5)
    frames = {name: _within(frame) for name, frame in tables.items()}
    book = openpyxl.Workbook(write_only=True)
    rows = {
        "List 1": _contacts(frames, since, end),
        "List 3": _referrals(frames, since, end),
        "List 4": _assessments(frames, since, end),
        "List 5": _section_47(frames, since, end),
        "List 6": _in_need(frames, since, end),
        "List 7": _protection(frames, since, end),
        "List 8": _in_care(frames, since, end),
        "List 9": _leavers(frames, end),
    }
    births = frames["children"].set_index("child_id")["dob"]
    for sheet, headings in HEADINGS.items():
        page = book.create_sheet(sheet)
        page.append(headings)
        for row in rows.get(sheet, []):
            known = _about(row["Child Unique ID"], births, end) | row
            page.append([_cell(known.get(heading)) for heading in headings])
    book.save(path)


def _within(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({name: "object" for name in frame if frame[name].dtype.kind == "M"})


def _about(child: str, births: pd.Series, end: pd.Timestamp) -> dict[str, object]:
    """Return the columns that every list begins with; what no table says is made up."""
    born = births.get(child)
    number = sum(map(ord, child))
    age = None
    if pd.notna(born):
        age = end.year - born.year - ((end.month, end.day) < (born.month, born.day))
    return {
        "Gender": GENDERS[number % 2],
        "Ethnicity": ETHNICITIES[number % 4],
        "Date of Birth": born,
        "Age of Child (Years)": age,
        DISABILITY: "b) No",
    }


def _cell(value: object) -> object:
    if value is None or pd.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def _yes_or_no(value: object) -> str | None:
    """Return a truth as the lists write it; a blank stays one."""
    return None if value is None or pd.isna(value) else ("a) Yes" if value else "b) No")


def _labelled(value: object) -> str | None:
    """Return a code of the return with a label behind it; a blank stays one."""
    return None if value is None or pd.isna(value) else f"{value}: as the return has it"


def _team(team_id: object) -> str | None:
    if pd.isna(team_id):
        return None
    names = pd.read_csv(TEAMS, dtype=str).drop_duplicates("team_id").set_index("team_id")["team"]
    return str(names.get(str(team_id), team_id))


def _names(ids: pd.Series) -> pd.Series:
    return ids.map({team: _team(team) for team in ids.dropna().unique()})


def _held(frames: Frames, role: str, end: pd.Timestamp) -> Callable[[str], dict[str, object]]:
    """Return who holds a child's case in `role` on the workbook's date, or held it last."""
    of_role = frames["allocations"]
    of_role = of_role[(of_role["role"] == role) & (of_role["start_date"] <= end)]
    is_open = of_role["end_date"].isna() | (of_role["end_date"] > end)
    latest = (
        of_role.assign(is_open=is_open, team=_names(of_role["team_id"]))
        .sort_values(["is_open", "start_date", "allocation_id"])
        .drop_duplicates("child_id", keep="last")
        .set_index("child_id")
    )
    people = latest[["team", "worker_id", "is_open"]].to_dict("index")

    def of(child: str) -> dict[str, object]:
        found = people.get(child)
        if found is None or not found["is_open"]:
            return {"Allocated Team": None, "Allocated Worker": None}
        return {"Allocated Team": found["team"], "Allocated Worker": found["worker_id"]}

    return of


def _records(frame: pd.DataFrame) -> list[dict]:
    return frame.to_dict("records")


def _contacts(frames: Frames, since: pd.Timestamp, end: pd.Timestamp) -> list[dict]:
    events = frames["referrals"]
    events = events[(events["event_type"] == "contact") & events["event_date"].between(since, end)]
    return [
        {
            "Child Unique ID": row["child_id"],
            "Date of Contact": row["event_date"],
            "Contact Source": SOURCES[at % 4],
        }
        for at, row in enumerate(_records(events))
    ]


def _referrals(frames: Frames, since: pd.Timestamp, end: pd.Timestamp) -> list[dict]:
    events = frames["referrals"]
    events = events[(events["event_type"] == "referral") & events["event_date"].between(since, end)]
    return [
        {
            "Child Unique ID": row["child_id"],
            "Date of referral": row["event_date"],
            "Referral Source": SOURCES[at % 4],
            "Referral NFA?": _yes_or_no(row["nfa"]),
            "Number of Referrals in Last 12 Months": 0,
            "Allocated Team": row["team"],
            # Excel's own word for a name that could not be looked up
            "Allocated Worker": "#N/A" if at % 7 == 0 else f"Worker {at % 40}",
        }
        for at, row in enumerate(_records(events.assign(team=_names(events["team_id"]))))
    ]


def _assessments(frames: Frames, since: pd.Timestamp, end: pd.Timestamp) -> list[dict]:
    rows = frames["assessments"]
    done = rows["authorised_date"]
    rows = rows[
        (rows["status"] == "current")
        & (rows["start_date"] <= end)
        & (done.isna() | (done >= since) | (rows["start_date"] >= since))
    ]
    held = _held(frames, "social worker", end)
    return [
        {
            "Child Unique ID": row["child_id"],
            "Continuous Assessment Start Date": row["start_date"],
            "Child Seen During Continuous Assessment": SEEN.get(row["child_seen"]),
            "Continuous Assessment Date of Authorisation": row["authorised_date"],
            "Was the child assessed as requiring LA children’s social care support?": _yes_or_no(
                row["outcome_csc_support"]
            ),
            **held(row["child_id"]),
            "Allocated Team": row["team"],
        }
        for row in _records(rows.assign(team=_names(rows["team_id"])))
    ]


def _section_47(frames: Frames, since: pd.Timestamp, end: pd.Timestamp) -> list[dict]:
    rows = frames["s47_icpc"]
    held_date = rows["icpc_date"]
    within = rows["strategy_date"].between(since, end) | held_date.between(since, end)
    rows = rows[within & ~rows["transfer_in"].astype(bool)]
    return [
        {
            "Child Unique ID": row["child_id"],
            "Strategy discussion initiating Section 47 Enquiry Start Date": row["strategy_date"],
            "Was an Initial Child Protection Conference deemed unnecessary?": (
                ["a) Yes", "a) Yes", None][at % 3] if pd.isna(row["icpc_date"]) else "b) No"
            ),
            "Date of Initial Child Protection Conference": row["icpc_date"],
            "Did the Initial Child Protection Conference Result in a Child Protection Plan": (
                _yes_or_no(row["icpc_outcome_cp"])
            ),
            "Number of Section 47 Enquiries in the last 12 months": 0,
            "Number of ICPCs in the last 12 months": 0,
            "Allocated Team": row["team"],
            "Allocated Worker": f"Worker {at % 40}",
        }
        for at, row in enumerate(_records(rows.assign(team=_names(rows["team_id"]))))
    ]


def _open_within(
    rows: pd.DataFrame, start: str, finish: str, since: pd.Timestamp, end: pd.Timestamp
) -> pd.DataFrame:
    """Return the spells that were open at any time of the six months."""
    return rows[(rows[start] <= end) & (rows[finish].isna() | (rows[finish] >= since))]


def _in_need(frames: Frames, since: pd.Timestamp, end: pd.Timestamp) -> list[dict]:
    plans = frames["cp_plans"]
    kinds = [
        (_periods(frames), "a) Looked after child"),
        (plans[~plans["ola_plan"].astype(bool)], "b) Child Protection plan"),
        (frames["cin_plans"], "c) Child in need plan"),
        (
            frames["assessments"][frames["assessments"]["status"] == "current"].rename(
                columns={"authorised_date": "end_date"}
            ),
            "d) Open assessment",
        ),
    ]
    chosen: dict[str, dict] = {}
    closed: dict[str, dict] = {}
    for rows, status in kinds:
        for row in _records(_open_within(rows, "start_date", "end_date", since, end)):
            still = pd.isna(row["end_date"]) or row["end_date"] > end
            listed = {
                "Child Unique ID": row["child_id"],
                "CIN Start Date": row["start_date"],
                "Primary Need Code": "N1 - Abuse or neglect",
                "CIN Closure Date": None if still else row["end_date"],
                "Reason for Closure": None if still else "RC7 - Other, no longer in need",
                "Case Status": status if still else "e) Closed episode",
            }
            (chosen if still else closed).setdefault(row["child_id"], listed)
    held = _held(frames, "social worker", end)
    return [row | held(child) for child, row in sorted((closed | chosen).items())]


def _protection(frames: Frames, since: pd.Timestamp, end: pd.Timestamp) -> list[dict]:
    rows = frames["cp_plans"]
    rows = _open_within(rows[~rows["ola_plan"].astype(bool)], "start_date", "end_date", since, end)
    held = _held(frames, "social worker", end)
    return [
        {
            "Child Unique ID": row["child_id"],
            "Child Protection Plan Start Date": row["start_date"],
            "Initial Category of Abuse": "a) NEG",
            "Latest Category of Abuse": "b) EMO",
            "Was the Child Seen Alone?": "Y",
            "Child Protection Plan End Date": row["end_date"],
            HEADINGS["List 7"][13]: "No",
            "Number of Previous Child Protection Plans": 0,
            **held(row["child_id"]),
        }
        for row in _records(rows)
    ]


def _periods(frames: Frames) -> pd.DataFrame:
    """Return one row for each unbroken period of care, with its latest episode."""
    episodes = frames["cla_episodes"].sort_values(["child_id", "decom"])
    last = episodes.drop_duplicates(["child_id", "period_start_date"], keep="last")
    return last.rename(columns={"period_start_date": "start_date", "dec": "end_date"})


def _in_care(frames: Frames, since: pd.Timestamp, end: pd.Timestamp) -> list[dict]:
    rows = _open_within(_periods(frames), "start_date", "end_date", since, end)
    held = _held(frames, "social worker", end)
    episodes = frames["cla_episodes"]
    alone = set(episodes.loc[episodes["uasc"].astype(bool), "child_id"])
    return [
        {
            "Child Unique ID": row["child_id"],
            HEADINGS["List 8"][5]: _yes_or_no(row["child_id"] in alone),
            "Date Started to be Looked After": row["start_date"],
            "Child's Category of Need": "N1",
            HEADINGS["List 8"][9]: "b) No",
            "Start date of current legal status": row["decom"],
            "Child's Legal Status": LEGAL.get(row["ls"], f"z) {row['ls']}: other"),
            "Number of Placements in the Last 12 months": 1,
            "Date Ceased to be Looked After": row["end_date"],
            "Reason Ceased to be Looked After": None if pd.isna(row["end_date"]) else "E8: Other",
            "Start Date of Most Recent Placement": row["decom"],
            "Placement Type": f"a) {row['place']}: Placement",
            "Placement Provider": "PR1 - Own provision",
            "Placement postcode": "ZZ99 3WZ",
            "Placement Location": "a) In",
            **held(row["child_id"]),
        }
        for row in _records(rows)
    ]


def _leavers(frames: Frames, end: pd.Timestamp) -> list[dict]:
    rows = frames["care_leavers"]
    adviser = _held(frames, "personal adviser", end)
    listed = []
    for row in _records(rows[rows["extract_date"] == end]):
        held = adviser(row["child_id"])
        eligibility = row["eligibility"]
        listed.append(
            {
                "Child Unique ID": row["child_id"],
                HEADINGS["List 9"][5]: "b) No",
                "Allocated Team": held["Allocated Team"],
                "Allocated Worker": None,
                "Allocated Personal Advisor": held["Allocated Worker"],
                "Eligibility Category": ELIGIBILITY.get(str(eligibility), "e) Other"),
                "Latest Pathway Plan Review Date": row["pathway_plan_date"],
                "LA in Touch": IN_TOUCH.get(row["in_touch"]),
                "Type of Accommodation": _labelled(row["accommodation"]),
                "Suitability of Accommodation": SUITABLE.get(row["accommodation_suitable"]),
                "Activity Status": _labelled(row["activity"]),
            }
        )
    return listed

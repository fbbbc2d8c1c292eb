-- A file of referrals that is already in the contract's words.
select
    authority,
    referral_id,
    child_id,
    event_type,
    event_date,
    nfa,
    team_id,
    _file,
    _sheet,
    _line
from referrals

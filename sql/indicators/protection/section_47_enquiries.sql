/*
code        = "P01"
title       = "Section 47 enquiries started"
question    = "How often do we have to ask whether a child is suffering harm?"
why_it_matters = "Each is a child who may be suffering, or likely to suffer, significant harm"
kind        = "flow"
polarity    = "neither"
unit        = "count"
numerator   = "Section 47 enquiries begun by a strategy discussion held in the month"
exclusions  = "Conferences for a plan that moved here from another authority, which follow no enquiry of ours"
caveats     = "Neither a high nor a low number is good in itself. Each enquiry counts, so a child with two counts twice, and brothers and sisters count one each"
rate_population = "children_0_17"
benchmark_differs = "The published rate is for the enquiries of a year to 31 March; ours is for those of the months shown, raised to a year"
source      = "CIN census: section 47 start (N00148)"
owner       = "Head of MASH and Assessment"
reviewed    = 2026-11-01
theme_order = 1
*/

select
    m.month,
    s.authority,
    s.team_id,
    s.child_id,
    s.s47_id as record_id,
    1 as numerator,
    null as denominator,
    s.strategy_date,
    s.icpc_date
from s47_icpc as s
join calendar as c on c.day = s.strategy_date
join months as m on m.month = c.month
where not s.transfer_in

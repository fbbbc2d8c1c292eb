/*
code        = "W02"
title       = "Social worker posts that are vacant"
short_title = "Vacancy rate"
question    = "Have we the social workers that we planned for?"
why_it_matters = "An empty post means a child waiting for a worker, or one who will leave again soon"
kind        = "snapshot"
polarity    = "lower is better"
unit        = "percent"
numerator   = "Full-time equivalent of the social worker posts that no employed worker fills, team by team"
denominator = "Those vacant posts and the employed social workers in post at the month's end, full-time equivalent"
exclusions  = "Agency workers: a post that one of them covers is vacant. Workers of a team that has no posts recorded"
caveats     = "A team with more people than posts has no vacancy, and does not make up for another team's"
source      = "Establishment and workforce records"
benchmark_differs = "The published rate is at 30 September each year, and of the posts that a council itself reports as vacant"
owner       = "Principal Social Worker"
reviewed    = 2026-11-01
theme_order = 2
*/

-- A team may stand in two extracts of one month: the later says how the month ended.
with posts as (
    select
        m.month,
        e.authority,
        e.team_id,
        e.posts_fte
    from establishment as e
    join calendar as c on c.day = e.extract_date
    join months as m on m.month = c.month
    qualify row_number() over (partition by m.month, e.team_id order by e.extract_date desc) = 1
),
employed as (
    select
        month,
        team_id,
        sum(fte) as in_post_fte
    from staff_at_month_end
    where not agency
    group by month, team_id
),
teams_with_posts as (
    select
        p.month,
        p.authority,
        p.team_id,
        p.posts_fte,
        coalesce(w.in_post_fte, 0) as in_post_fte
    from posts as p
    left join employed as w
        on w.month = p.month
        and w.team_id = p.team_id
)
select
    month,
    authority,
    team_id,
    null as child_id,
    team_id as record_id,
    case when posts_fte > in_post_fte then posts_fte - in_post_fte else 0 end as numerator,
    -- What is vacant and what is filled are the posts; where more are in post, they are those.
    case when posts_fte > in_post_fte then posts_fte else in_post_fte end as denominator,
    posts_fte,
    in_post_fte
from teams_with_posts

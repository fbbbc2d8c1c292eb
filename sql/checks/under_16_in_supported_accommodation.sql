-- warning: is supported or independent living (K3, H5 or P2) for a child under 16: that is unlawful, so tell the service now
-- column: place
-- reads: cla_episodes, children
select
    e._file,
    e._sheet,
    e._line
from typed.cla_episodes as e
join typed.children as c on c.child_id = e.child_id
cross join raw.this_load as l
where e.place in ('K3', 'H5', 'P2')
    and e.ls not in ('V3', 'V4')
    and e.decom <= cast(l.month_end as date)
    and (e.dec is null or e.dec > cast(l.month as date))
    and c.dob + interval 16 years > greatest(e.decom, cast(l.month as date))

-- Counts of months that the loads do not cover are not figures: they are taken out.
delete from measure
where not exists (
    select 1
    from covered as c
    where c.indicator = measure.indicator
        and c.authority = measure.authority
        and c.month = measure.month
);
delete from records
where not exists (
    select 1
    from covered as c
    where c.indicator = records.indicator
        and c.authority = records.authority
        and c.month = records.month
);

select day from generate_series(date '2024-01-01', date '2024-02-01', interval 1 day) as t(day)

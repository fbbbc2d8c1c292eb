select list_filter([1, 2, 3], x -> x > 1) as big from months

pivot referrals on event_type using count(*)

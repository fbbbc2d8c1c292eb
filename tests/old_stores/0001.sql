-- A store as the first version of the code made it, which kept no version in it. All of it is
-- invented. Made once, by filling a store through kpi.narrative and kpi.access_log as they were in
-- commit 6e5950c (eight narratives of up to ten revisions, two authors, a conflict, one narrative taken
-- back, the hostile words of tests/test_narrative.py, three drafts, and a refusal in the log) and
-- writing its SQLite file out as SQL; characters that an editor may spoil stand as char(...).

CREATE TABLE narrative_revisions (
	id INTEGER NOT NULL,
	authority TEXT NOT NULL,
	month DATE NOT NULL,
	service_area TEXT NOT NULL,
	indicator TEXT NOT NULL,
	number INTEGER NOT NULL,
	based_on INTEGER NOT NULL,
	figures TEXT NOT NULL,
	why TEXT NOT NULL,
	actions TEXT NOT NULL,
	difference TEXT NOT NULL,
	author TEXT NOT NULL,
	saved_at DATETIME NOT NULL,
	release TEXT NOT NULL,
	token TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (authority, month, service_area, indicator, number),
	CHECK (number >= 1 and based_on < number)
);

CREATE TABLE narrative_drafts (
	author TEXT NOT NULL,
	authority TEXT NOT NULL,
	month DATE NOT NULL,
	service_area TEXT NOT NULL,
	indicator TEXT NOT NULL,
	based_on INTEGER NOT NULL,
	figures TEXT NOT NULL,
	why TEXT NOT NULL,
	actions TEXT NOT NULL,
	difference TEXT NOT NULL,
	saved_at DATETIME NOT NULL,
	PRIMARY KEY (author, authority, month, service_area, indicator)
);

CREATE TABLE access_log (
	id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	who TEXT NOT NULL,
	roles TEXT NOT NULL,
	action TEXT NOT NULL,
	source TEXT NOT NULL,
	indicator TEXT NOT NULL,
	month DATE NOT NULL,
	authority TEXT NOT NULL,
	service_area TEXT,
	team TEXT,
	release TEXT NOT NULL,
	rows INTEGER NOT NULL,
	PRIMARY KEY (id)
);

insert into narrative_revisions values (
  1,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  1,
  0,
  '110 of 120 conferences were in time.',
  '',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.098092',
  '2024-11',
  'press 1'
);

insert into narrative_revisions values (
  2,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  2,
  1,
  '111 of 120 conferences were in time.',
  '',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.101121',
  '2024-11',
  'press 2'
);

insert into narrative_revisions values (
  3,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  3,
  2,
  '112 of 120 conferences were in time.',
  '',
  '',
  '',
  'Invented O''Author, "the second"',
  '2026-11-28 19:27:40.102614',
  '2024-11',
  'press 3'
);

insert into narrative_revisions values (
  4,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  4,
  3,
  '113 of 120 conferences were in time.',
  '',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.104002',
  '2024-11',
  'press 4'
);

insert into narrative_revisions values (
  5,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  5,
  4,
  '114 of 120 conferences were in time.',
  'Two chairs were away in October.',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.105417',
  '2024-11',
  'press 5'
);

insert into narrative_revisions values (
  6,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  6,
  5,
  '115 of 120 conferences were in time.',
  'Two chairs were away in October.',
  '',
  '',
  'Invented O''Author, "the second"',
  '2026-11-28 19:27:40.106880',
  '2024-11',
  'press 6'
);

insert into narrative_revisions values (
  7,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  7,
  6,
  '116 of 120 conferences were in time.',
  'Two chairs were away in October.',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.108241',
  '2024-11',
  'press 7'
);

insert into narrative_revisions values (
  8,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  8,
  7,
  '117 of 120 conferences were in time.',
  'Two chairs were away in October.',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.109762',
  '2024-11',
  'press 8'
);

insert into narrative_revisions values (
  9,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  9,
  8,
  '118 of 120 conferences were in time.',
  'Two chairs were away in October.',
  '',
  '',
  'Invented O''Author, "the second"',
  '2026-11-28 19:27:40.111117',
  '2024-11',
  'press 9'
);

insert into narrative_revisions values (
  10,
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  10,
  9,
  '119 of 120 conferences were in time.',
  'Two chairs were away in October.',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.112624',
  '2024-11',
  'press 10'
);

insert into narrative_revisions values (
  11,
  '311',
  '2024-11-01',
  'Assessment',
  'assessments_within_45_days',
  1,
  0,
  '👩' || char(127997, 8205, 128103, 8205, 128102) || ' ' || char(127988, 917607, 917602, 917623, 917612, 917619, 917631) || ' ' || char(119964),
  '👩' || char(127997, 8205, 128103, 8205, 128102) || ' ' || char(127988, 917607, 917602, 917623, 917612, 917619, 917631) || ' ' || char(119964),
  '👩' || char(127997, 8205, 128103, 8205, 128102) || ' ' || char(127988, 917607, 917602, 917623, 917612, 917619, 917631) || ' ' || char(119964),
  '👩' || char(127997, 8205, 128103, 8205, 128102) || ' ' || char(127988, 917607, 917602, 917623, 917612, 917619, 917631) || ' ' || char(119964),
  'Invented author',
  '2026-11-28 19:27:40.114059',
  '2024-11',
  'press 11'
);

insert into narrative_revisions values (
  12,
  '311',
  '2024-11-01',
  'Assessment',
  'assessments_within_45_days',
  2,
  1,
  'paid ' || char(8238) || '05.69%' || char(8236) || ' of ' || char(8294) || '120' || char(8297),
  'paid ' || char(8238) || '05.69%' || char(8236) || ' of ' || char(8294) || '120' || char(8297),
  'paid ' || char(8238) || '05.69%' || char(8236) || ' of ' || char(8294) || '120' || char(8297),
  'paid ' || char(8238) || '05.69%' || char(8236) || ' of ' || char(8294) || '120' || char(8297),
  'Invented author',
  '2026-11-28 19:27:40.115473',
  '2024-11',
  'press 12'
);

insert into narrative_revisions values (
  13,
  '311',
  '2024-11-01',
  'Assessment',
  'assessments_within_45_days',
  3,
  2,
  '<script>alert(1)</script><img src=x onerror=alert(1)><iframe srcdoc=''<b>''>',
  '<script>alert(1)</script><img src=x onerror=alert(1)><iframe srcdoc=''<b>''>',
  '<script>alert(1)</script><img src=x onerror=alert(1)><iframe srcdoc=''<b>''>',
  '<script>alert(1)</script><img src=x onerror=alert(1)><iframe srcdoc=''<b>''>',
  'Invented author',
  '2026-11-28 19:27:40.116917',
  '2024-11',
  'press 13'
);

insert into narrative_revisions values (
  14,
  '311',
  '2024-11-01',
  'Assessment',
  'assessments_within_45_days',
  4,
  3,
  '![](http://tracker.test/p.gif) [x](javascript:alert(1)) $\href{javascript:a}{b}$',
  '![](http://tracker.test/p.gif) [x](javascript:alert(1)) $\href{javascript:a}{b}$',
  '![](http://tracker.test/p.gif) [x](javascript:alert(1)) $\href{javascript:a}{b}$',
  '![](http://tracker.test/p.gif) [x](javascript:alert(1)) $\href{javascript:a}{b}$',
  'Invented author',
  '2026-11-28 19:27:40.118283',
  '2024-11',
  'press 14'
);

insert into narrative_revisions values (
  15,
  '311',
  '2024-11-01',
  'Assessment',
  'assessments_within_45_days',
  5,
  4,
  '=HYPERLINK("http://evil.test","x")' || char(10) || '+1' || char(10) || '-1' || char(10) || '@SUM(1)' || char(10) || '=cmd|'' /C calc''!A0',
  '=HYPERLINK("http://evil.test","x")' || char(10) || '+1' || char(10) || '-1' || char(10) || '@SUM(1)' || char(10) || '=cmd|'' /C calc''!A0',
  '=HYPERLINK("http://evil.test","x")' || char(10) || '+1' || char(10) || '-1' || char(10) || '@SUM(1)' || char(10) || '=cmd|'' /C calc''!A0',
  '=HYPERLINK("http://evil.test","x")' || char(10) || '+1' || char(10) || '-1' || char(10) || '@SUM(1)' || char(10) || '=cmd|'' /C calc''!A0',
  'Invented author',
  '2026-11-28 19:27:40.119670',
  '2024-11',
  'press 15'
);

insert into narrative_revisions values (
  16,
  '311',
  '2024-11-01',
  'Assessment',
  'assessments_within_45_days',
  6,
  5,
  '''); drop table narrative_revisions; -- ? %s :name {x}',
  '''); drop table narrative_revisions; -- ? %s :name {x}',
  '''); drop table narrative_revisions; -- ? %s :name {x}',
  '''); drop table narrative_revisions; -- ? %s :name {x}',
  'Invented author',
  '2026-11-28 19:27:40.121080',
  '2024-11',
  'press 16'
);

insert into narrative_revisions values (
  17,
  '311',
  '2024-11-01',
  'Assessment',
  'assessments_within_45_days',
  7,
  6,
  '  two before,' || char(9) || 'tab,' || char(13, 10) || 'Windows line, no-break' || char(160) || 'space, one after ' || char(10, 10),
  '  two before,' || char(9) || 'tab,' || char(13, 10) || 'Windows line, no-break' || char(160) || 'space, one after ' || char(10, 10),
  '  two before,' || char(9) || 'tab,' || char(13, 10) || 'Windows line, no-break' || char(160) || 'space, one after ' || char(10, 10),
  '  two before,' || char(9) || 'tab,' || char(13, 10) || 'Windows line, no-break' || char(160) || 'space, one after ' || char(10, 10),
  'Invented author',
  '2026-11-28 19:27:40.122443',
  '2024-11',
  'press 17'
);

insert into narrative_revisions values (
  18,
  '311',
  '2024-11-01',
  'Assessment',
  'assessments_within_45_days',
  8,
  7,
  'e' || char(769) || ' is not é; ' || char(65279) || '; ' || char(8203) || '; ' || char(8205) || '; ' || char(8232) || '; Zalgo ' || char(7831, 820, 802, 795, 851, 837),
  'e' || char(769) || ' is not é; ' || char(65279) || '; ' || char(8203) || '; ' || char(8205) || '; ' || char(8232) || '; Zalgo ' || char(7831, 820, 802, 795, 851, 837),
  'e' || char(769) || ' is not é; ' || char(65279) || '; ' || char(8203) || '; ' || char(8205) || '; ' || char(8232) || '; Zalgo ' || char(7831, 820, 802, 795, 851, 837),
  'e' || char(769) || ' is not é; ' || char(65279) || '; ' || char(8203) || '; ' || char(8205) || '; ' || char(8232) || '; Zalgo ' || char(7831, 820, 802, 795, 851, 837),
  'Invented author',
  '2026-11-28 19:27:40.123801',
  '2024-11',
  'press 18'
);

insert into narrative_revisions values (
  19,
  '312',
  '2024-11-01',
  'Children in Care & Court',
  'placed_over_20_miles',
  1,
  0,
  '',
  'Few foster carers live nearby.',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.125264',
  '2024-11',
  'press 19'
);

insert into narrative_revisions values (
  20,
  '312',
  '2024-11-01',
  'Children in Care & Court',
  'placed_over_20_miles',
  2,
  1,
  '',
  'Two children moved to live with family.',
  '',
  '',
  'Invented O''Author, "the second"',
  '2026-11-28 19:27:40.126691',
  '2024-11',
  'press 20'
);

insert into narrative_revisions values (
  21,
  '312',
  '2024-11-01',
  'Children in Care & Court',
  'placed_over_20_miles',
  3,
  2,
  '',
  'Few foster carers live nearby, and two children moved to live with family.',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.128774',
  '2024-11 (2)',
  'press 22'
);

insert into narrative_revisions values (
  22,
  '311',
  '2024-10-01',
  '',
  'icpc_within_15_days',
  1,
  0,
  '',
  '',
  'Chairs are booked a month ahead.',
  'A family knows its date.',
  'Invented author',
  '2026-11-28 19:27:40.130204',
  '2024-10',
  'press 23'
);

insert into narrative_revisions values (
  23,
  '311',
  '2024-10-01',
  '',
  'icpc_within_15_days',
  2,
  1,
  '',
  '',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.131648',
  '2024-10',
  'press 24'
);

insert into narrative_revisions values (
  24,
  '311',
  '2024-10-01',
  '',
  'icpc_within_15_days',
  3,
  2,
  '',
  '',
  'Chairs are booked a month ahead.',
  '',
  'Invented O''Author, "the second"',
  '2026-11-28 19:27:40.133103',
  '2024-10',
  'press 25'
);

insert into narrative_revisions values (
  25,
  '311',
  '2024-02-01',
  '',
  'assessments_within_45_days',
  1,
  0,
  '',
  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997) || ' 👩' || char(127997),
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.134522',
  '2024-11',
  'the same'
);

insert into narrative_revisions values (
  26,
  '311',
  '2024-02-01',
  '',
  'assessments_within_45_days',
  2,
  1,
  '',
  'Shorter.',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.136024',
  '2024-11',
  'the same'
);

insert into narrative_revisions values (
  27,
  '311',
  '2023-04-01',
  '',
  'cp_plans_a',
  1,
  0,
  'First 0',
  '',
  '',
  '',
  'Invented O''Author, "the second"',
  '2026-11-28 19:27:40.137910',
  '2024-09',
  'press 26'
);

insert into narrative_revisions values (
  28,
  '311',
  '2023-04-01',
  '',
  'cp_plans_a',
  2,
  1,
  'Second 0',
  '',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.139317',
  '2024-09',
  'press 27'
);

insert into narrative_revisions values (
  29,
  '311',
  '2023-04-01',
  '',
  'cp_plans_b',
  1,
  0,
  'First 1',
  '',
  '',
  '',
  'Invented O''Author, "the second"',
  '2026-11-28 19:27:40.140713',
  '2024-09',
  'press 28'
);

insert into narrative_revisions values (
  30,
  '311',
  '2023-04-01',
  '',
  'cp_plans_b',
  2,
  1,
  'Second 1',
  '',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.142365',
  '2024-09',
  'press 29'
);

insert into narrative_revisions values (
  31,
  '311',
  '2023-04-01',
  '',
  'cp_plans_c',
  1,
  0,
  'First 2',
  '',
  '',
  '',
  'Invented O''Author, "the second"',
  '2026-11-28 19:27:40.143790',
  '2024-09',
  'press 30'
);

insert into narrative_revisions values (
  32,
  '311',
  '2023-04-01',
  '',
  'cp_plans_c',
  2,
  1,
  'Second 2',
  '',
  '',
  '',
  'Invented author',
  '2026-11-28 19:27:40.145255',
  '2024-09',
  'press 31'
);

insert into narrative_drafts values (
  'Invented author',
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  10,
  '',
  'Typed and not yet saved: ',
  '',
  '',
  '2026-11-28 19:27:40.146107'
);

insert into narrative_drafts values (
  'Invented O''Author, "the second"',
  '311',
  '2024-11-01',
  '',
  'icpc_within_15_days',
  10,
  '''); drop table narrative_revisions; -- ? %s :name {x}',
  'paid ' || char(8238) || '05.69%' || char(8236) || ' of ' || char(8294) || '120' || char(8297),
  '',
  '',
  '2026-11-28 19:27:40.147706'
);

insert into narrative_drafts values (
  'Invented author',
  '311',
  '2024-02-01',
  '',
  'assessments_within_45_days',
  2,
  '',
  'wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww',
  '',
  '',
  '2026-11-28 19:27:40.148559'
);

insert into access_log values (
  1,
  '2026-11-28 19:27:40.149404',
  'Invented manager',
  'manager',
  'shown',
  'page indicator',
  'icpc_within_15_days',
  '2024-11-01',
  '311',
  'Assessment',
  null,
  '2024-11',
  120
);

insert into access_log values (
  2,
  '2026-11-28 19:27:40.150759',
  'Invented manager',
  'manager',
  'downloaded',
  'page indicator',
  'icpc_within_15_days',
  '2024-11-01',
  '311',
  'Assessment',
  null,
  '2024-11',
  120
);

insert into access_log values (
  3,
  '2026-11-28 19:27:40.151447',
  'Invented leader',
  'leader',
  'refused',
  'page indicator',
  'icpc_within_15_days',
  '2024-11-01',
  '311',
  'Assessment',
  null,
  '2024-11',
  0
);

insert into access_log values (
  4,
  '2026-11-28 19:27:40.152083',
  'Invented O''Author, "the second"',
  'author, manager',
  'shown',
  'command records',
  'placed_over_20_miles',
  '2024-11-01',
  '312',
  null,
  null,
  '2024-11',
  0
);

CREATE TRIGGER narrative_revisions_refuses_update before update on narrative_revisions begin select raise(abort, 'narrative_revisions only grows: no row may be changed or taken out'); end;

CREATE TRIGGER narrative_revisions_refuses_delete before delete on narrative_revisions begin select raise(abort, 'narrative_revisions only grows: no row may be changed or taken out'); end;

CREATE TRIGGER access_log_refuses_update before update on access_log begin select raise(abort, 'access_log only grows: no row may be changed or taken out'); end;

CREATE TRIGGER access_log_refuses_delete before delete on access_log begin select raise(abort, 'access_log only grows: no row may be changed or taken out'); end;

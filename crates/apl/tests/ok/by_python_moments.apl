traces | take 1 | project x = startofday(datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-02-29T00:00:00Z
====
traces | take 1 | project x = endofday(datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-02-29T23:59:59.999999999Z
====
traces | take 1 | project x = startofweek(datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-02-25T00:00:00Z
====
traces | take 1 | project x = endofweek(datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-03-02T23:59:59.999999999Z
====
traces | take 1 | project x = startofmonth(datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-02-01T00:00:00Z
====
traces | take 1 | project x = endofmonth(datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-02-29T23:59:59.999999999Z
====
traces | take 1 | project x = startofyear(datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-01-01T00:00:00Z
====
traces | take 1 | project x = endofyear(datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-12-31T23:59:59.999999999Z
====
traces | take 1 | project year = datetime_part('year', datetime(2024-02-29T13:14:15.123456Z)), quarter = datetime_part('quarter', datetime(2024-02-29T13:14:15.123456Z)), month = datetime_part('month', datetime(2024-02-29T13:14:15.123456Z)), day = datetime_part('day', datetime(2024-02-29T13:14:15.123456Z)), week_of_year = datetime_part('week_of_year', datetime(2024-02-29T13:14:15.123456Z)), dayOfYear = datetime_part('dayOfYear', datetime(2024-02-29T13:14:15.123456Z)), hour = datetime_part('hour', datetime(2024-02-29T13:14:15.123456Z)), minute = datetime_part('minute', datetime(2024-02-29T13:14:15.123456Z)), second = datetime_part('second', datetime(2024-02-29T13:14:15.123456Z)), microsecond = datetime_part('microsecond', datetime(2024-02-29T13:14:15.123456Z))
----
year:integer | quarter:integer | month:integer | day:integer | week_of_year:integer | dayOfYear:integer | hour:integer | minute:integer | second:integer | microsecond:integer
2024 | 1 | 2 | 29 | 9 | 60 | 13 | 14 | 15 | 123456
====
traces | take 1 | project dayofweek = dayofweek(datetime(2024-02-29T13:14:15.123456Z)), dayofmonth = dayofmonth(datetime(2024-02-29T13:14:15.123456Z)), dayofyear = dayofyear(datetime(2024-02-29T13:14:15.123456Z)), hourofday = hourofday(datetime(2024-02-29T13:14:15.123456Z)), monthofyear = monthofyear(datetime(2024-02-29T13:14:15.123456Z)), getmonth = getmonth(datetime(2024-02-29T13:14:15.123456Z)), getyear = getyear(datetime(2024-02-29T13:14:15.123456Z)), week_of_year = week_of_year(datetime(2024-02-29T13:14:15.123456Z))
----
dayofweek:integer | dayofmonth:integer | dayofyear:integer | hourofday:integer | monthofyear:integer | getmonth:integer | getyear:integer | week_of_year:integer
4 | 29 | 60 | 13 | 2 | 2 | 2024 | 9
====
traces | take 1 | project x = datetime_add('year', 1, datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2025-02-28T13:14:15.123456Z
====
traces | take 1 | project x = datetime_add('quarter', -3, datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2023-05-29T13:14:15.123456Z
====
traces | take 1 | project x = datetime_add('month', 13, datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2025-03-29T13:14:15.123456Z
====
traces | take 1 | project x = datetime_add('week', 2, datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-03-14T13:14:15.123456Z
====
traces | take 1 | project x = datetime_add('day', -40, datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-01-20T13:14:15.123456Z
====
traces | take 1 | project x = datetime_add('hour', 100, datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-03-04T17:14:15.123456Z
====
traces | take 1 | project x = datetime_add('second', -7, datetime(2024-02-29T13:14:15.123456Z))
----
x:datetime
2024-02-29T13:14:08.123456Z
====
traces | take 1 | project x = startofday(datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-12-31T00:00:00Z
====
traces | take 1 | project x = endofday(datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-12-31T23:59:59.999999999Z
====
traces | take 1 | project x = startofweek(datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-12-31T00:00:00Z
====
traces | take 1 | project x = endofweek(datetime(2023-12-31T23:59:59Z))
----
x:datetime
2024-01-06T23:59:59.999999999Z
====
traces | take 1 | project x = startofmonth(datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-12-01T00:00:00Z
====
traces | take 1 | project x = endofmonth(datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-12-31T23:59:59.999999999Z
====
traces | take 1 | project x = startofyear(datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-01-01T00:00:00Z
====
traces | take 1 | project x = endofyear(datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-12-31T23:59:59.999999999Z
====
traces | take 1 | project year = datetime_part('year', datetime(2023-12-31T23:59:59Z)), quarter = datetime_part('quarter', datetime(2023-12-31T23:59:59Z)), month = datetime_part('month', datetime(2023-12-31T23:59:59Z)), day = datetime_part('day', datetime(2023-12-31T23:59:59Z)), week_of_year = datetime_part('week_of_year', datetime(2023-12-31T23:59:59Z)), dayOfYear = datetime_part('dayOfYear', datetime(2023-12-31T23:59:59Z)), hour = datetime_part('hour', datetime(2023-12-31T23:59:59Z)), minute = datetime_part('minute', datetime(2023-12-31T23:59:59Z)), second = datetime_part('second', datetime(2023-12-31T23:59:59Z)), microsecond = datetime_part('microsecond', datetime(2023-12-31T23:59:59Z))
----
year:integer | quarter:integer | month:integer | day:integer | week_of_year:integer | dayOfYear:integer | hour:integer | minute:integer | second:integer | microsecond:integer
2023 | 4 | 12 | 31 | 52 | 365 | 23 | 59 | 59 | 0
====
traces | take 1 | project dayofweek = dayofweek(datetime(2023-12-31T23:59:59Z)), dayofmonth = dayofmonth(datetime(2023-12-31T23:59:59Z)), dayofyear = dayofyear(datetime(2023-12-31T23:59:59Z)), hourofday = hourofday(datetime(2023-12-31T23:59:59Z)), monthofyear = monthofyear(datetime(2023-12-31T23:59:59Z)), getmonth = getmonth(datetime(2023-12-31T23:59:59Z)), getyear = getyear(datetime(2023-12-31T23:59:59Z)), week_of_year = week_of_year(datetime(2023-12-31T23:59:59Z))
----
dayofweek:integer | dayofmonth:integer | dayofyear:integer | hourofday:integer | monthofyear:integer | getmonth:integer | getyear:integer | week_of_year:integer
0 | 31 | 365 | 23 | 12 | 12 | 2023 | 52
====
traces | take 1 | project x = datetime_add('year', 1, datetime(2023-12-31T23:59:59Z))
----
x:datetime
2024-12-31T23:59:59Z
====
traces | take 1 | project x = datetime_add('quarter', -3, datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-03-31T23:59:59Z
====
traces | take 1 | project x = datetime_add('month', 13, datetime(2023-12-31T23:59:59Z))
----
x:datetime
2025-01-31T23:59:59Z
====
traces | take 1 | project x = datetime_add('week', 2, datetime(2023-12-31T23:59:59Z))
----
x:datetime
2024-01-14T23:59:59Z
====
traces | take 1 | project x = datetime_add('day', -40, datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-11-21T23:59:59Z
====
traces | take 1 | project x = datetime_add('hour', 100, datetime(2023-12-31T23:59:59Z))
----
x:datetime
2024-01-05T03:59:59Z
====
traces | take 1 | project x = datetime_add('second', -7, datetime(2023-12-31T23:59:59Z))
----
x:datetime
2023-12-31T23:59:52Z
====
traces | take 1 | project x = startofday(datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-03T00:00:00Z
====
traces | take 1 | project x = endofday(datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-03T23:59:59.999999999Z
====
traces | take 1 | project x = startofweek(datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-03T00:00:00Z
====
traces | take 1 | project x = endofweek(datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-09T23:59:59.999999999Z
====
traces | take 1 | project x = startofmonth(datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-01T00:00:00Z
====
traces | take 1 | project x = endofmonth(datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-31T23:59:59.999999999Z
====
traces | take 1 | project x = startofyear(datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-01T00:00:00Z
====
traces | take 1 | project x = endofyear(datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-12-31T23:59:59.999999999Z
====
traces | take 1 | project year = datetime_part('year', datetime(2021-01-03T00:00:00Z)), quarter = datetime_part('quarter', datetime(2021-01-03T00:00:00Z)), month = datetime_part('month', datetime(2021-01-03T00:00:00Z)), day = datetime_part('day', datetime(2021-01-03T00:00:00Z)), week_of_year = datetime_part('week_of_year', datetime(2021-01-03T00:00:00Z)), dayOfYear = datetime_part('dayOfYear', datetime(2021-01-03T00:00:00Z)), hour = datetime_part('hour', datetime(2021-01-03T00:00:00Z)), minute = datetime_part('minute', datetime(2021-01-03T00:00:00Z)), second = datetime_part('second', datetime(2021-01-03T00:00:00Z)), microsecond = datetime_part('microsecond', datetime(2021-01-03T00:00:00Z))
----
year:integer | quarter:integer | month:integer | day:integer | week_of_year:integer | dayOfYear:integer | hour:integer | minute:integer | second:integer | microsecond:integer
2021 | 1 | 1 | 3 | 53 | 3 | 0 | 0 | 0 | 0
====
traces | take 1 | project dayofweek = dayofweek(datetime(2021-01-03T00:00:00Z)), dayofmonth = dayofmonth(datetime(2021-01-03T00:00:00Z)), dayofyear = dayofyear(datetime(2021-01-03T00:00:00Z)), hourofday = hourofday(datetime(2021-01-03T00:00:00Z)), monthofyear = monthofyear(datetime(2021-01-03T00:00:00Z)), getmonth = getmonth(datetime(2021-01-03T00:00:00Z)), getyear = getyear(datetime(2021-01-03T00:00:00Z)), week_of_year = week_of_year(datetime(2021-01-03T00:00:00Z))
----
dayofweek:integer | dayofmonth:integer | dayofyear:integer | hourofday:integer | monthofyear:integer | getmonth:integer | getyear:integer | week_of_year:integer
0 | 3 | 3 | 0 | 1 | 1 | 2021 | 53
====
traces | take 1 | project x = datetime_add('year', 1, datetime(2021-01-03T00:00:00Z))
----
x:datetime
2022-01-03T00:00:00Z
====
traces | take 1 | project x = datetime_add('quarter', -3, datetime(2021-01-03T00:00:00Z))
----
x:datetime
2020-04-03T00:00:00Z
====
traces | take 1 | project x = datetime_add('month', 13, datetime(2021-01-03T00:00:00Z))
----
x:datetime
2022-02-03T00:00:00Z
====
traces | take 1 | project x = datetime_add('week', 2, datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-17T00:00:00Z
====
traces | take 1 | project x = datetime_add('day', -40, datetime(2021-01-03T00:00:00Z))
----
x:datetime
2020-11-24T00:00:00Z
====
traces | take 1 | project x = datetime_add('hour', 100, datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-07T04:00:00Z
====
traces | take 1 | project x = datetime_add('second', -7, datetime(2021-01-03T00:00:00Z))
----
x:datetime
2021-01-02T23:59:53Z
====
traces | take 1 | project x = startofday(datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-07-20T00:00:00Z
====
traces | take 1 | project x = endofday(datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-07-20T23:59:59.999999999Z
====
traces | take 1 | project x = startofweek(datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-07-20T00:00:00Z
====
traces | take 1 | project x = endofweek(datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-07-26T23:59:59.999999999Z
====
traces | take 1 | project x = startofmonth(datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-07-01T00:00:00Z
====
traces | take 1 | project x = endofmonth(datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-07-31T23:59:59.999999999Z
====
traces | take 1 | project x = startofyear(datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-01-01T00:00:00Z
====
traces | take 1 | project x = endofyear(datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-12-31T23:59:59.999999999Z
====
traces | take 1 | project year = datetime_part('year', datetime(1969-07-20T20:17:40Z)), quarter = datetime_part('quarter', datetime(1969-07-20T20:17:40Z)), month = datetime_part('month', datetime(1969-07-20T20:17:40Z)), day = datetime_part('day', datetime(1969-07-20T20:17:40Z)), week_of_year = datetime_part('week_of_year', datetime(1969-07-20T20:17:40Z)), dayOfYear = datetime_part('dayOfYear', datetime(1969-07-20T20:17:40Z)), hour = datetime_part('hour', datetime(1969-07-20T20:17:40Z)), minute = datetime_part('minute', datetime(1969-07-20T20:17:40Z)), second = datetime_part('second', datetime(1969-07-20T20:17:40Z)), microsecond = datetime_part('microsecond', datetime(1969-07-20T20:17:40Z))
----
year:integer | quarter:integer | month:integer | day:integer | week_of_year:integer | dayOfYear:integer | hour:integer | minute:integer | second:integer | microsecond:integer
1969 | 3 | 7 | 20 | 29 | 201 | 20 | 17 | 40 | 0
====
traces | take 1 | project dayofweek = dayofweek(datetime(1969-07-20T20:17:40Z)), dayofmonth = dayofmonth(datetime(1969-07-20T20:17:40Z)), dayofyear = dayofyear(datetime(1969-07-20T20:17:40Z)), hourofday = hourofday(datetime(1969-07-20T20:17:40Z)), monthofyear = monthofyear(datetime(1969-07-20T20:17:40Z)), getmonth = getmonth(datetime(1969-07-20T20:17:40Z)), getyear = getyear(datetime(1969-07-20T20:17:40Z)), week_of_year = week_of_year(datetime(1969-07-20T20:17:40Z))
----
dayofweek:integer | dayofmonth:integer | dayofyear:integer | hourofday:integer | monthofyear:integer | getmonth:integer | getyear:integer | week_of_year:integer
0 | 20 | 201 | 20 | 7 | 7 | 1969 | 29
====
traces | take 1 | project x = datetime_add('year', 1, datetime(1969-07-20T20:17:40Z))
----
x:datetime
1970-07-20T20:17:40Z
====
traces | take 1 | project x = datetime_add('quarter', -3, datetime(1969-07-20T20:17:40Z))
----
x:datetime
1968-10-20T20:17:40Z
====
traces | take 1 | project x = datetime_add('month', 13, datetime(1969-07-20T20:17:40Z))
----
x:datetime
1970-08-20T20:17:40Z
====
traces | take 1 | project x = datetime_add('week', 2, datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-08-03T20:17:40Z
====
traces | take 1 | project x = datetime_add('day', -40, datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-06-10T20:17:40Z
====
traces | take 1 | project x = datetime_add('hour', 100, datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-07-25T00:17:40Z
====
traces | take 1 | project x = datetime_add('second', -7, datetime(1969-07-20T20:17:40Z))
----
x:datetime
1969-07-20T20:17:33Z
====
traces | take 1 | project x = startofday(datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-11-22T00:00:00Z
====
traces | take 1 | project x = endofday(datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-11-22T23:59:59.999999999Z
====
traces | take 1 | project x = startofweek(datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-11-22T00:00:00Z
====
traces | take 1 | project x = endofweek(datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-11-28T23:59:59.999999999Z
====
traces | take 1 | project x = startofmonth(datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-11-01T00:00:00Z
====
traces | take 1 | project x = endofmonth(datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-11-30T23:59:59.999999999Z
====
traces | take 1 | project x = startofyear(datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-01-01T00:00:00Z
====
traces | take 1 | project x = endofyear(datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-12-31T23:59:59.999999999Z
====
traces | take 1 | project year = datetime_part('year', datetime(2026-11-22T10:00:00.000005Z)), quarter = datetime_part('quarter', datetime(2026-11-22T10:00:00.000005Z)), month = datetime_part('month', datetime(2026-11-22T10:00:00.000005Z)), day = datetime_part('day', datetime(2026-11-22T10:00:00.000005Z)), week_of_year = datetime_part('week_of_year', datetime(2026-11-22T10:00:00.000005Z)), dayOfYear = datetime_part('dayOfYear', datetime(2026-11-22T10:00:00.000005Z)), hour = datetime_part('hour', datetime(2026-11-22T10:00:00.000005Z)), minute = datetime_part('minute', datetime(2026-11-22T10:00:00.000005Z)), second = datetime_part('second', datetime(2026-11-22T10:00:00.000005Z)), microsecond = datetime_part('microsecond', datetime(2026-11-22T10:00:00.000005Z))
----
year:integer | quarter:integer | month:integer | day:integer | week_of_year:integer | dayOfYear:integer | hour:integer | minute:integer | second:integer | microsecond:integer
2026 | 4 | 11 | 22 | 47 | 326 | 10 | 0 | 0 | 5
====
traces | take 1 | project dayofweek = dayofweek(datetime(2026-11-22T10:00:00.000005Z)), dayofmonth = dayofmonth(datetime(2026-11-22T10:00:00.000005Z)), dayofyear = dayofyear(datetime(2026-11-22T10:00:00.000005Z)), hourofday = hourofday(datetime(2026-11-22T10:00:00.000005Z)), monthofyear = monthofyear(datetime(2026-11-22T10:00:00.000005Z)), getmonth = getmonth(datetime(2026-11-22T10:00:00.000005Z)), getyear = getyear(datetime(2026-11-22T10:00:00.000005Z)), week_of_year = week_of_year(datetime(2026-11-22T10:00:00.000005Z))
----
dayofweek:integer | dayofmonth:integer | dayofyear:integer | hourofday:integer | monthofyear:integer | getmonth:integer | getyear:integer | week_of_year:integer
0 | 22 | 326 | 10 | 11 | 11 | 2026 | 47
====
traces | take 1 | project x = datetime_add('year', 1, datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2027-11-22T10:00:00.000005Z
====
traces | take 1 | project x = datetime_add('quarter', -3, datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-02-22T10:00:00.000005Z
====
traces | take 1 | project x = datetime_add('month', 13, datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2027-12-22T10:00:00.000005Z
====
traces | take 1 | project x = datetime_add('week', 2, datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-12-06T10:00:00.000005Z
====
traces | take 1 | project x = datetime_add('day', -40, datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-10-13T10:00:00.000005Z
====
traces | take 1 | project x = datetime_add('hour', 100, datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-11-26T14:00:00.000005Z
====
traces | take 1 | project x = datetime_add('second', -7, datetime(2026-11-22T10:00:00.000005Z))
----
x:datetime
2026-11-22T09:59:53.000005Z
====
traces | take 1 | project x = datetime_diff('year', datetime(2024-02-29T13:14:15.123456Z), datetime(2023-12-31T23:59:59Z))
----
x:integer
1
====
traces | take 1 | project x = datetime_diff('year', datetime(2021-01-03T00:00:00Z), datetime(2024-02-29T13:14:15.123456Z))
----
x:integer
-3
====
traces | take 1 | project x = datetime_diff('year', datetime(2026-11-22T10:00:00.000005Z), datetime(1969-07-20T20:17:40Z))
----
x:integer
57
====
traces | take 1 | project x = datetime_diff('quarter', datetime(2024-02-29T13:14:15.123456Z), datetime(2023-12-31T23:59:59Z))
----
x:integer
1
====
traces | take 1 | project x = datetime_diff('quarter', datetime(2021-01-03T00:00:00Z), datetime(2024-02-29T13:14:15.123456Z))
----
x:integer
-12
====
traces | take 1 | project x = datetime_diff('quarter', datetime(2026-11-22T10:00:00.000005Z), datetime(1969-07-20T20:17:40Z))
----
x:integer
229
====
traces | take 1 | project x = datetime_diff('month', datetime(2024-02-29T13:14:15.123456Z), datetime(2023-12-31T23:59:59Z))
----
x:integer
2
====
traces | take 1 | project x = datetime_diff('month', datetime(2021-01-03T00:00:00Z), datetime(2024-02-29T13:14:15.123456Z))
----
x:integer
-37
====
traces | take 1 | project x = datetime_diff('month', datetime(2026-11-22T10:00:00.000005Z), datetime(1969-07-20T20:17:40Z))
----
x:integer
688
====
traces | take 1 | project x = datetime_diff('week', datetime(2024-02-29T13:14:15.123456Z), datetime(2023-12-31T23:59:59Z))
----
x:integer
8
====
traces | take 1 | project x = datetime_diff('week', datetime(2021-01-03T00:00:00Z), datetime(2024-02-29T13:14:15.123456Z))
----
x:integer
-164
====
traces | take 1 | project x = datetime_diff('week', datetime(2026-11-22T10:00:00.000005Z), datetime(1969-07-20T20:17:40Z))
----
x:integer
2992
====
traces | take 1 | project x = datetime_diff('day', datetime(2024-02-29T13:14:15.123456Z), datetime(2023-12-31T23:59:59Z))
----
x:integer
60
====
traces | take 1 | project x = datetime_diff('day', datetime(2021-01-03T00:00:00Z), datetime(2024-02-29T13:14:15.123456Z))
----
x:integer
-1152
====
traces | take 1 | project x = datetime_diff('day', datetime(2026-11-22T10:00:00.000005Z), datetime(1969-07-20T20:17:40Z))
----
x:integer
20944
====
traces | take 1 | project x = datetime_diff('hour', datetime(2024-02-29T13:14:15.123456Z), datetime(2023-12-31T23:59:59Z))
----
x:integer
1430
====
traces | take 1 | project x = datetime_diff('hour', datetime(2021-01-03T00:00:00Z), datetime(2024-02-29T13:14:15.123456Z))
----
x:integer
-27661
====
traces | take 1 | project x = datetime_diff('hour', datetime(2026-11-22T10:00:00.000005Z), datetime(1969-07-20T20:17:40Z))
----
x:integer
502646
====
traces | take 1 | project x = datetime_diff('minute', datetime(2024-02-29T13:14:15.123456Z), datetime(2023-12-31T23:59:59Z))
----
x:integer
85755
====
traces | take 1 | project x = datetime_diff('minute', datetime(2021-01-03T00:00:00Z), datetime(2024-02-29T13:14:15.123456Z))
----
x:integer
-1659674
====
traces | take 1 | project x = datetime_diff('minute', datetime(2026-11-22T10:00:00.000005Z), datetime(1969-07-20T20:17:40Z))
----
x:integer
30158743
====
traces | take 1 | project x = unixtime_seconds_todatetime(1709212455)
----
x:datetime
2024-02-29T13:14:15Z
====
traces | take 1 | project x = unixtime_seconds_todatetime(1704067199)
----
x:datetime
2023-12-31T23:59:59Z
====
traces | take 1 | project x = unixtime_seconds_todatetime(1609632000)
----
x:datetime
2021-01-03T00:00:00Z
====
traces | take 1 | project x = unixtime_milliseconds_todatetime(1709212455000)
----
x:datetime
2024-02-29T13:14:15Z
====
traces | take 1 | project x = unixtime_milliseconds_todatetime(1704067199000)
----
x:datetime
2023-12-31T23:59:59Z
====
traces | take 1 | project x = unixtime_milliseconds_todatetime(1609632000000)
----
x:datetime
2021-01-03T00:00:00Z
====
traces | take 1 | project x = unixtime_microseconds_todatetime(1709212455000000)
----
x:datetime
2024-02-29T13:14:15Z
====
traces | take 1 | project x = unixtime_microseconds_todatetime(1704067199000000)
----
x:datetime
2023-12-31T23:59:59Z
====
traces | take 1 | project x = unixtime_microseconds_todatetime(1609632000000000)
----
x:datetime
2021-01-03T00:00:00Z
====
| sort by span_id asc | project x = bin(_time, 1m)
----
x:datetime
2026-11-22T09:59:00Z
2026-11-22T09:59:00Z
2026-11-22T09:59:00Z
2026-11-22T09:58:00Z
2026-11-22T09:58:00Z
2026-11-22T09:58:00Z
2026-11-22T09:58:00Z
2026-11-22T09:58:00Z
2026-11-22T09:59:00Z
2026-11-22T09:59:00Z
====
| sort by span_id asc | project x = startofday(_time, -1)
----
x:datetime
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
2026-11-21T00:00:00Z
====
| sort by span_id asc | project x = datetime_part('second', _time)
----
x:integer
30
0
0
0
0
0
0
30
50
55
====
| sort by span_id asc | project x = datetime_diff('second', now(), _time)
----
x:integer
30
60
60
120
120
120
120
90
10
5
====
| sort by span_id asc | project x = now() - _time
----
x:timespan
30s
1m0s
59.99s
2m0s
1m59.9s
1m59.7s
1m59.6s
1m30s
10s
5s

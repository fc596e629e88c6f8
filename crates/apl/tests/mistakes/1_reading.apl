A word that is no operator
++++
| wher error
++++
| where error
----
1:3: unknown operator 'wher': expected where, summarize, project or another; did you mean 'where'?
  | wher error
    ^^^^
====
Another language's word for an operator
++++
| select name, duration
++++
| project name, duration
----
1:3: unknown operator 'select': expected where, summarize, project or another; did you mean 'project'?
  | select name, duration
    ^^^^^^
====
No pipe before an operator
++++
['traces'] where error
++++
['traces'] | where error
----
1:12: expected '|' before an operator, found 'where'; did you mean '| where'?
  ['traces'] where error
             ^^^^^
====
No pipe before the first operator
++++
where error
++++
| where error
----
1:1: where comes after a '|': expected a dataset such as ['traces'], or '|'; did you mean '| where'?
  where error
  ^^^^^
====
No pipe between two operators
++++
| where error sort by duration
++++
| where error | sort by duration
----
1:15: expected '|' before an operator, found 'sort'; did you mean '| sort'?
  | where error sort by duration
                ^^^^
====
One equals sign
++++
| where name = "POST"
++++
| where name == "POST"
----
1:14: expected a comparison, found '='; did you mean '=='?
  | where name = "POST"
               ^
====
Another language's and
++++
| where error && duration > 1s
++++
| where error and duration > 1s
----
1:15: expected an operator, found '&&'; did you mean 'and'?
  | where error && duration > 1s
                ^^
====
Another language's or
++++
| where error || duration > 1s
++++
| where error or duration > 1s
----
1:15: expected an operator, found '||'; did you mean 'or'?
  | where error || duration > 1s
                ^^
====
Another language's not
++++
| where !error
++++
| where not(error)
----
1:9: expected a value, such as not(condition), found '!'
  | where !error
          ^
====
Not without parentheses
++++
| where not error
++++
| where not(error)
----
1:9: expected '(' after not, as in not(error)
  | where not error
          ^^^
====
A null is not compared
++++
| where parent_span_id is null
++++
| where isnull(parent_span_id)
----
1:24: expected isnull(…) or isnotnull(…) around the value, found 'is'
  | where parent_span_id is null
                         ^^
====
SQL’s like
++++
| where name like "%bookings%"
++++
| where name contains "bookings"
----
1:14: expected an operator such as contains, found 'like'; did you mean 'contains'?
  | where name like "%bookings%"
               ^^^^
====
A misspelt operator between values
++++
| where name contain "bookings"
++++
| where name contains "bookings"
----
1:14: expected '|' or the end of the query, found 'contain'; did you mean 'contains'?
  | where name contain "bookings"
               ^^^^^^^
====
A unit that there is not
++++
| where duration > 100msec
++++
| where duration > 100ms
----
1:20: unknown unit 'msec' after 100: expected ns, us, ms, s, m, h, d or w; did you mean '100ms'?
  | where duration > 100msec
                     ^^^^^^^
====
A string without an end
++++
| where name == "POST /bookings
| take 5
++++
| where name == "POST /bookings"
| take 5
----
1:17: this string does not end: expected a closing quote
  | where name == "POST /bookings
                  ^^^^^^^^^^^^^^^
====
Quotes of a word processor
++++
| where name == “POST”
++++
| where name == "POST"
----
1:17: expected straight quotes, found '“'; did you mean '"POST"'?
  | where name == “POST”
                  ^^^^^^
====
A parenthesis that is not closed
++++
| where (error or duration > 1s
| take 5
++++
| where (error or duration > 1s)
| take 5
----
1:9: this '(' is not closed: expected a ')'
  | where (error or duration > 1s
          ^
====
A parenthesis that was not opened
++++
| where error)
++++
| where error
----
1:14: no '(' is open: expected no ')'
  | where error)
               ^
====
A name with a dot, in brackets without quotes
++++
| summarize count() by [service.name]
++++
| summarize count() by ['service.name']
----
1:24: expected quotes around a name in brackets; did you mean '['service.name']'?
  | summarize count() by [service.name]
                         ^^^^^^^^^^^^^^
====
A list without parentheses
++++
| where kind in "server", "client"
++++
| where kind in ("server", "client")
----
1:17: expected '(' and a list of values, found a string
  | where kind in "server", "client"
                  ^^^^^^^^
====
A list in brackets
++++
| where kind in ["server", "client"]
++++
| where kind in ("server", "client")
----
1:17: expected '(' and a list of values, found '['; did you mean '("server", "client")'?
  | where kind in ["server", "client"]
                  ^^^^^^^^^^^^^^^^^^^^
====
A range with a comma
++++
| where duration between (1ms, 5ms)
++++
| where duration between (1ms .. 5ms)
----
1:30: expected '..', found ','
  | where duration between (1ms, 5ms)
                               ^
====
A regular expression
++++
| where name matches "^POST"
++++
| where name matches regex "^POST"
----
1:22: expected 'regex', found a string
  | where name matches "^POST"
                       ^^^^^^^
====
A condition that breaks off
++++
| where duration > | take 5
++++
| where duration > 1s | take 5
----
1:20: expected a value, found '|'
  | where duration > | take 5
                     ^
====
A list that breaks off
++++
| project name, duration,
++++
| project name, duration
----
1:26: expected a value, found the end of the query
  | project name, duration,
                           ^
====
A day that there is not
++++
| where _time > datetime(2026-13-45)
++++
| where _time > datetime(2026-12-31)
----
1:17: expected a datetime such as 2024-01-02 or 2024-01-02T03:04:05Z
  | where _time > datetime(2026-13-45)
                  ^^^^^^^^^^^^^^^^^^^^
====
Sort without by
++++
| sort duration desc
++++
| sort by duration desc
----
1:8: expected 'by', found 'duration'
  | sort duration desc
         ^^^^^^^^
====
Top without a number
++++
| top by duration
++++
| top 10 by duration
----
1:7: expected a number of rows, found 'by'
  | top by duration
        ^^
====
A number of rows that is none
++++
| take all
++++
| take 100
----
1:8: expected a number of rows, found 'all'
  | take all
         ^^^
====
Groups as in SQL
++++
| summarize count() group by kind
++++
| summarize count() by kind
----
1:21: expected 'by' and the groups, found 'group'
  | summarize count() group by kind
                      ^^^^^
====
A chart
++++
| summarize count() by bin(_time, 1m) | render timechart
++++
| summarize count() by bin(_time, 1m)
----
1:41: not supported yet: render; leave it out: who shows the answer chooses the chart
  | summarize count() by bin(_time, 1m) | render timechart
                                          ^^^^^^
====
A statement without an end
++++
let slow = 1s traces | where duration > slow
++++
let slow = 1s; traces | where duration > slow
----
1:15: expected ';', found 'traces'
  let slow = 1s traces | where duration > slow
                ^^^^^^
====
A key that a join needs
++++
traces | join (traces | where error)
++++
traces | join (traces | where error) on trace_id
----
1:37: expected 'on', found the end of the query
  traces | join (traces | where error)
                                      ^
====
A kind of join that there is not
++++
traces | join kind=left (traces | where error) on trace_id
++++
traces | join kind=leftouter (traces | where error) on trace_id
----
1:20: expected inner, innerunique or leftouter, found 'left'; did you mean 'leftouter'?
  traces | join kind=left (traces | where error) on trace_id
                     ^^^^
====
SQL without --sql
++++
SELECT name, duration FROM traces WHERE error
++++
['traces'] | where error | project name, duration
----
1:1: this is SQL: ask with --sql, or by POST /api/v1/sql
  SELECT name, duration FROM traces WHERE error
  ^^^^^^
====
Several mistakes at once
++++
| where name == | summarize cont() by kind | srot by kind
++++
| where name == "POST" | summarize count() by kind | sort by kind
----
1:17: expected a value, found '|'
  | where name == | summarize cont() by kind | srot by kind
                  ^
1:29: unknown function 'cont'; did you mean 'count'?
  | where name == | summarize cont() by kind | srot by kind
                              ^^^^
1:46: unknown operator 'srot': expected where, summarize, project or another; did you mean 'sort'?
  | where name == | summarize cont() by kind | srot by kind
                                               ^^^^
====
A comparison of a dataset called select
++++
select > 5
++++
traces | where 1 > 5
----
1:8: expected '|' or the end of the query, found '>'
  select > 5
         ^
====
A name that begins as SQL
++++
selecté | where error
++++
traces | where error
----
1:1: unknown dataset 'selecté': the only one is 'traces'
  selecté | where error
  ^^^^^^^
====
SQL behind comments
++++
// of today
-- and more
select * from traces
++++
['traces']
----
3:1: this is SQL: ask with --sql, or by POST /api/v1/sql
  select * from traces
  ^^^^^^

A value where a condition belongs
++++
| where name
++++
| where isnotempty(name)
----
1:9: expected a condition (true or false), found a string
  | where name
          ^^^^
====
A text that is no duration
++++
| where duration > "soon"
++++
| where duration > 1s
----
1:9: cannot compare a timespan with "soon": expected one such as 100ms
  | where duration > "soon"
          ^^^^^^^^^^^^^^^^^
====
A text that is no number
++++
| where ['http.status_code'] == "ok"
++++
| where ['http.status_code'] == 200
----
1:9: cannot compare a number with "ok"
  | where ['http.status_code'] == "ok"
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
====
Kinds that do not compare
++++
| where duration == error
++++
| where duration > 1s and error
----
1:9: cannot compare a timespan with a boolean: expected two of a kind
  | where duration == error
          ^^^^^^^^^^^^^^^^^
====
Kinds that do not add up
++++
| extend a = _time + _time
++++
| extend a = _time + duration
----
1:14: cannot apply '+' to a datetime and a datetime: expected numbers, timespans, or a datetime and a timespan
  | extend a = _time + _time
               ^^^^^^^^^^^^^
====
An argument too few
++++
| extend a = iff(error, 1)
++++
| extend a = iff(error, 1, 0)
----
1:14: expected iff(condition, then, else), found 2 arguments
  | extend a = iff(error, 1)
               ^^^^^^^^^^^^^
====
No argument
++++
| extend n = strlen()
++++
| extend n = strlen(name)
----
1:14: expected strlen(text), found 0 arguments
  | extend n = strlen()
               ^^^^^^^^
====
Results of two kinds
++++
| extend a = iff(error, 1, "no")
++++
| extend a = iff(error, "yes", "no")
----
1:28: expected an integer like the results before, found a string
  | extend a = iff(error, 1, "no")
                             ^^^^
====
A case without an else
++++
| extend a = case(error, "bad", duration > 1s, "slow")
++++
| extend a = case(error, "bad", duration > 1s, "slow", "good")
----
1:14: expected case(condition, then, …, else): an else is missing
  | extend a = case(error, "bad", duration > 1s, "slow")
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
====
An array where a text belongs
++++
| where events contains "exception"
++++
| where tostring(events) contains "exception"
----
1:9: expected a string, found an array
  | where events contains "exception"
          ^^^^^^
====
A text where an array belongs
++++
| extend n = array_length(name)
++++
| extend n = array_length(split(name, " "))
----
1:27: expected an array, found a string
  | extend n = array_length(name)
                            ^^^^
====
What has no order
++++
| sort by events
++++
| sort by array_length(events)
----
1:11: cannot sort by an array: expected a single value
  | sort by events
            ^^^^^^
====
What makes no groups
++++
| summarize count() by events
++++
| summarize count() by array_length(events)
----
1:24: cannot group by an array: expected a single value
  | summarize count() by events
                         ^^^^^^
====
A share that there is not
++++
| summarize percentile(duration, 101)
++++
| summarize percentile(duration, 99)
----
1:34: expected a percentage from 0 to 100, as a number
  | summarize percentile(duration, 101)
                                   ^^^
====
A regular expression that is none
++++
| where name matches regex "(POST"
++++
| where name matches regex "(POST)"
----
1:28: this is not a regular expression (RE2 syntax), or it is too large
  | where name matches regex "(POST"
                             ^^^^^^^
====
A bin in quotes
++++
| summarize count() by bin(_time, "5m")
++++
| summarize count() by bin(_time, 5m)
----
1:35: expected a bin size such as 1m or 10, found a string
  | summarize count() by bin(_time, "5m")
                                    ^^^^
====
A bin without a length
++++
| summarize count() by bin(_time, 0s)
++++
| summarize count() by bin(_time, 1m)
----
1:35: expected a bin size above zero, such as 1m
  | summarize count() by bin(_time, 0s)
                                    ^^
====
A key of a text
++++
| extend a = name.first
++++
| extend a = parse_json(name).first
----
1:14: field 'name' is no map: expected no key after it; parse_json(name) reads one from a string
  | extend a = name.first
               ^^^^^^^^^^
====
A part of a date that there is not
++++
| extend a = datetime_part("fortnight", _time)
++++
| extend a = datetime_part("week_of_year", _time)
----
1:28: expected one of year, quarter, month, week_of_year, day, dayOfYear, hour, minute, second, millisecond, microsecond, nanosecond, found 'fortnight'
  | extend a = datetime_part("fortnight", _time)
                             ^^^^^^^^^^^
====
A series without a range
++++
| make-series count() on _time step 1m
++++
| make-series count() on _time from ago(1h) to now() step 1m
----
1:3: expected 'from' and 'to', since the request has no range of time
  | make-series count() on _time step 1m
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
====
Rows that do not fill up
++++
datatable (a:long, b:string) [1, "x", 2]
++++
datatable (a:long, b:string) [1, "x", 2, "y"]
----
1:1: expected 2 values in each row, found 3 in all
  datatable (a:long, b:string) [1, "x", 2]
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

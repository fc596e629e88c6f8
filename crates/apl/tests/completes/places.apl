▮
----
10 for ''
other-team | dataset | ['other-team']▮ | dataset | 
traces | dataset | ['traces']▮ | dataset | 
union | operator | union ▮ | union [withsource=field] table, prefix*, (query), … | The rows of several tables below each other, before a query or after a pipe
search | operator | search ▮ | search [kind=case_sensitive] [in (table, prefix*, …)] condition | The rows with a word in any field, before a query or after a pipe
print | operator | print ▮ | print name = expression, … | One row of values, before the first pipe
datatable | operator | datatable ▮ | datatable (field:type, …) [value, value, …] | Rows that the query holds itself, before the first pipe
====
tra▮
----
2 for 'tra'
traces | dataset | ['traces']▮ | dataset | 
trace | operator | trace ▮ | trace("id") | The spans of one trace, first to last, before the first pipe
====
['oth▮
----
1 for '['oth'
other-team | dataset | ['other-team']▮ | dataset |
====
let slow = 5m; let bad = traces | where error; b▮
----
2 for 'b'
bad | table | bad▮ | let | 
datatable | operator | datatable ▮ | datatable (field:type, …) [value, value, …] | Rows that the query holds itself, before the first pipe
====
traces | ▮
----
30 for ''
where | operator | where ▮ | where condition | Keeps the rows for which the condition is true
extend | operator | extend ▮ | extend field = expression, … | Adds fields, or replaces those of the same name
extend-valid | operator | extend-valid ▮ | extend-valid field = expression, … | Adds fields as `extend` does, but only where the value is a good one
project | operator | project ▮ | project field, name = expression, … | These fields, in this order, and no others
project-away | operator | project-away ▮ | project-away field, prefix*, … | All fields but these
project-keep | operator | project-keep ▮ | project-keep field, prefix*, … | Only these fields, in the order they have
====
traces | whe▮
----
2 for 'whe'
where | operator | where ▮ | where condition | Keeps the rows for which the condition is true
parse-where | operator | parse-where ▮ | parse-where [kind=simple|regex|relaxed] expression with [*] "literal" field[:type] … [*] | The same as `parse`, and rows that do not match are dropped
====
| project-a▮
----
2 for 'project-a'
project-away | operator | project-away ▮ | project-away field, prefix*, … | All fields but these
project-rename | operator | project-rename ▮ | project-rename new = old, … | The same fields under other names, all at once, so that `a = b, b = a` swaps two
====
| project-▮ name
----
4 for 'project-'
project-away | operator | project-away▮ | project-away field, prefix*, … | All fields but these
project-keep | operator | project-keep▮ | project-keep field, prefix*, … | Only these fields, in the order they have
project-rename | operator | project-rename▮ | project-rename new = old, … | The same fields under other names, all at once, so that `a = b, b = a` swaps two
project-reorder | operator | project-reorder▮ | project-reorder field, prefix* [asc | desc | granny-asc | granny-desc], … | Puts these fields first, in this order
====
| where ▮
----
380 for ''
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime | 
trace_id | field | trace_id▮ | string | 
span_id | field | span_id▮ | string |
====
| where dur▮
----
4 for 'dur'
duration | field | duration▮ | timespan | 
db.query.text | field | ['db.query.text']▮ | string | attributes.db.query.text
db.query.summary | field | ['db.query.summary']▮ | string | attributes.db.query.summary
db.response.returned_rows | field | ['db.response.returned_rows']▮ | integer | attributes.db.response.returned_rows
====
| where status▮
----
7 for 'status'
status.code | field | ['status.code']▮ | string | 
status.message | field | ['status.message']▮ | string | 
http.status_code | field | ['http.status_code']▮ | integer | attributes.http.status_code
rpc.grpc.status_code | field | ['rpc.grpc.status_code']▮ | integer | attributes.rpc.grpc.status_code
db.response.status_code | field | ['db.response.status_code']▮ | string | attributes.db.response.status_code
rpc.response.status_code | field | ['rpc.response.status_code']▮ | string | attributes.rpc.response.status_code
====
| where http.status▮
----
3 for 'http.status'
http.status_code | field | ['http.status_code']▮ | integer | attributes.http.status_code
http.response.status_code | field | ['http.response.status_code']▮ | integer | attributes.http.response.status_code
====
| where ['service.na▮
----
4 for '['service.na'
service.name | field | ['service.name']▮ | string | 
service.namespace | field | ['service.namespace']▮ | string | 
service.instance.id | field | ['service.instance.id']▮ | string | 
service.nmae | field | ['attributes.custom']['service.nmae']▮ | string | a key of attributes.custom
====
| where ['service.na▮me'] == "x"
----
4 for '['service.name']'
service.name | field | ['service.name']▮ | string | 
service.namespace | field | ['service.namespace']▮ | string | 
service.instance.id | field | ['service.instance.id']▮ | string | 
service.nmae | field | ['attributes.custom']['service.nmae']▮ | string | a key of attributes.custom
====
| where db.statem▮
----
2 for 'db.statem'
db.statement | field | ['db.statement']▮ | string | attributes.db.statement
====
| where attributes.http.r▮
----
11 for 'attributes.http.r'
attributes.http.request.method | field | ['attributes.http.request.method']▮ | string | 
attributes.http.request.method_original | field | ['attributes.http.request.method_original']▮ | string | 
attributes.http.response.status_code | field | ['attributes.http.response.status_code']▮ | integer | 
attributes.http.route | field | ['attributes.http.route']▮ | string | 
attributes.http.request.body.size | field | ['attributes.http.request.body.size']▮ | integer | 
attributes.http.response.body.size | field | ['attributes.http.response.body.size']▮ | integer |
====
| where order▮
----
1 for 'order'
order.id | field | ['order.id']▮ | string | a key of attributes.custom
====
| where te▮
----
77 for 'te'
telemetry.sdk.name | field | ['telemetry.sdk.name']▮ | string | 
telemetry.sdk.language | field | ['telemetry.sdk.language']▮ | string | 
telemetry.sdk.version | field | ['telemetry.sdk.version']▮ | string | 
team | field | ['resource.custom']['team']▮ | string | a key of resource.custom
url.template | field | ['url.template']▮ | string | attributes.url.template
db.query.text | field | ['db.query.text']▮ | string | attributes.db.query.text
====
| where ['attributes.custom']['am▮
----
1 for '['am'
amount_cents | field | ['amount_cents']▮ | string | a key of attributes.custom
====
| where attributes.custom.se▮
----
1 for 'attributes.custom.se'
service.nmae | field | ['attributes.custom']['service.nmae']▮ | string | a key of attributes.custom
====
| where ['attributes.custom'].▮
----
3 for '.'
order.id | field | ['order.id']▮ | string | a key of attributes.custom
amount_cents | field | ['amount_cents']▮ | string | a key of attributes.custom
service.nmae | field | ['service.nmae']▮ | string | a key of attributes.custom
====
| where name ▮
----
32 for ''
== | keyword | == ▮ |  | is equal; null equals nothing
!= | keyword | != ▮ |  | is not equal, or null
contains | keyword | contains ▮ |  | has the text anywhere, whatever its case
has | keyword | has ▮ |  | has the whole term, whatever its case
startswith | keyword | startswith ▮ |  | begins with the text, whatever its case
endswith | keyword | endswith ▮ |  | ends with the text, whatever its case
====
| where duration ▮
----
32 for ''
== | keyword | == ▮ |  | is equal; null equals nothing
!= | keyword | != ▮ |  | is not equal, or null
> | keyword | > ▮ |  | is greater
>= | keyword | >= ▮ |  | is greater or equal
< | keyword | < ▮ |  | is less
<= | keyword | <= ▮ |  | is less or equal
====
| where error ▮
----
32 for ''
and | keyword | and ▮ |  | both conditions
or | keyword | or ▮ |  | one of the conditions
== | keyword | == ▮ |  | is equal; null equals nothing
!= | keyword | != ▮ |  | is not equal, or null
in | keyword | in ▮ |  | is one of (a, b), or of the rows of (query)
!in | keyword | !in ▮ |  | is none of (a, b)
====
| where error == true ▮
----
2 for ''
and | keyword | and ▮ |  | both conditions
or | keyword | or ▮ |  | one of the conditions
====
| where name !con▮
----
1 for 'con'
contains | keyword | contains ▮ |  | does not have the text
====
| where kind in (▮
----
388 for ''
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
other-team | dataset | ['other-team']▮ | dataset | 
traces | dataset | ['traces']▮ | dataset | 
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime |
====
| where iff(▮
----
380 for ''
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime | 
trace_id | field | trace_id▮ | string | 
span_id | field | span_id▮ | string |
====
| where strle▮
----
1 for 'strle'
strlen | function | strlen(▮) | strlen(text) | How many letters a text has
====
| where strle▮(name) > 1
----
1 for 'strle'
strlen | function | strlen▮ | strlen(text) | How many letters a text has
====
| where name == "dur▮
----
0 for ''
====
| where duration > 10▮
----
0 for ''
====
| where error // dur▮
----
0 for ''
====
| summarize ▮
----
249 for ''
arg_max | aggregation | arg_max(▮) | arg_max(value, name = field, …) | The fields of the row in which a value is largest, and that value
arg_min | aggregation | arg_min(▮) | arg_min(value, name = field, …) | The fields of the row in which a value is smallest, and that value
avg | aggregation | avg(▮) | avg(field) | The mean of a field
avgif | aggregation | avgif(▮) | avgif(field, condition) | The mean of a field
count | aggregation | count()▮ | count() | How many rows there are
countif | aggregation | countif(▮) | countif(condition) | How many rows meet a condition
====
| summarize count() ▮
----
1 for ''
by | keyword | by ▮ |  | the fields to group or to sort by
====
| summarize per▮
----
8 for 'per'
percentile | aggregation | percentile(▮) | percentile(field, percent) | The value below which so many percent of a field lie
percentileif | aggregation | percentileif(▮) | percentileif(field, percent, condition) | The value below which so many percent of a field lie
percentiles_array | aggregation | percentiles_array(▮) | percentiles_array(field, percent, …) | Several percentiles of a field, as an array in the order asked for
percentiles | aggregation | percentiles(▮) | percentiles(field, percent, …) | Several percentiles of a field, as an array in the order asked for
percentiles_arrayif | aggregation | percentiles_arrayif(▮) | percentiles_arrayif(field, dynamic([percent, …]), condition) | Several percentiles of a field, as an array in the order asked for
toupper | function | toupper(▮) | toupper(text) | A text in capital letters
====
| summarize avg(du▮
----
17 for 'du'
duration | field | duration▮ | timespan | 
enduser.id | field | ['enduser.id']▮ | string | attributes.enduser.id
schedule.name | field | ['schedule.name']▮ | string | attributes.schedule.name
schedule.tick | field | ['schedule.tick']▮ | string | attributes.schedule.tick
schedule.lag_ms | field | ['schedule.lag_ms']▮ | integer | attributes.schedule.lag_ms
schedule.missed | field | ['schedule.missed']▮ | integer | attributes.schedule.missed
====
| summarize round(av▮
----
5 for 'av'
avg | aggregation | avg(▮) | avg(field) | The mean of a field
avgif | aggregation | avgif(▮) | avgif(field, condition) | The mean of a field
has_any_ipv4 | function | has_any_ipv4(▮) | has_any_ipv4(text, address, …) | Whether a text has one of several IPv4 addresses in it, or one of a range such as `10
array_reverse | function | array_reverse(▮) | array_reverse(array) | The elements from last to first
has_any_ipv4_prefix | function | has_any_ipv4_prefix(▮) | has_any_ipv4_prefix(text, prefix, …) | Whether a text has an IPv4 address in it that begins like one of several
====
| summarize n = count() by ▮kind
----
380 for ''
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime | 
trace_id | field | trace_id▮ | string | 
span_id | field | span_id▮ | string |
====
| summarize total = count(), p95 = percentile(duration, 95) by kind | where ▮
----
220 for ''
kind | field | kind▮ | string | made by this query
total | field | total▮ | integer | made by this query
p95 | field | p95▮ | timespan | made by this query
array_concat | function | array_concat(▮) | array_concat(array, …) | All elements of the arrays, one array after the other
array_extract | function | array_extract(▮) | array_extract(array, path) | The values that a JSON path finds
array_iff | function | array_iff(▮) | array_iff(conditions, then, else) | For each condition the element of the one array where it is true, of the other where it is false
====
| project name, span = duration | sort by ▮
----
219 for ''
name | field | name▮ | string | made by this query
span | field | span▮ | timespan | made by this query
array_concat | function | array_concat(▮) | array_concat(array, …) | All elements of the arrays, one array after the other
array_extract | function | array_extract(▮) | array_extract(array, path) | The values that a JSON path finds
array_iff | function | array_iff(▮) | array_iff(conditions, then, else) | For each condition the element of the one array where it is true, of the other where it is false
array_index_of | function | array_index_of(▮) | array_index_of(array, value, start, length, occurrence) | Where a value is first found in an array, counted from 0
====
| extend speed = 1, ['my field'] = 2 | where ▮
----
382 for ''
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
speed | field | speed▮ | integer | made by this query
my field | field | ['my field']▮ | integer | made by this query
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime |
====
| project-away ▮
----
159 for ''
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime | 
trace_id | field | trace_id▮ | string | 
span_id | field | span_id▮ | string |
====
| sort by duration ▮
----
3 for ''
asc | keyword | asc▮ |  | smallest first
desc | keyword | desc▮ |  | largest first, as it is without a word
nulls | keyword | nulls ▮ |  | nulls first, or nulls last
====
| top 5 ▮
----
1 for ''
by | keyword | by ▮ |  | the fields to group or to sort by
====
| join ▮
----
9 for ''
kind= | keyword | kind=▮ |  | how it is done
other-team | dataset | ['other-team']▮ | dataset | 
traces | dataset | ['traces']▮ | dataset | 
union | operator | union ▮ | union [withsource=field] table, prefix*, (query), … | The rows of several tables below each other, before a query or after a pipe
search | operator | search ▮ | search [kind=case_sensitive] [in (table, prefix*, …)] condition | The rows with a word in any field, before a query or after a pipe
print | operator | print ▮ | print name = expression, … | One row of values, before the first pipe
====
| join kind=▮
----
3 for ''
inner | keyword | inner▮ |  | pairs only
leftouter | keyword | leftouter▮ |  | rows of the left side without a partner, too
innerunique | keyword | innerunique▮ |  | one row of the left side for each key
====
| join kind=inner (traces | where ▮
----
380 for ''
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime | 
trace_id | field | trace_id▮ | string | 
span_id | field | span_id▮ | string |
====
| join (traces | summarize n = count() by trace_id) on ▮
----
1 for ''
trace_id | field | trace_id▮ | string |
====
| join (traces | summarize n = count() by trace_id) on $▮
----
2 for ''
left | keyword | left.▮ |  | a side of the join
right | keyword | right.▮ |  | a side of the join
====
| join (traces | summarize n = count() by trace_id) on $left.trace_id == $right.▮
----
2 for ''
trace_id | field | trace_id▮ | string | made by this query
n | field | n▮ | integer | made by this query
====
| lookup kind=▮
----
2 for ''
inner | keyword | inner▮ |  | pairs only
leftouter | keyword | leftouter▮ |  | rows of the left side without a partner, too
====
union ▮
----
9 for ''
withsource= | keyword | withsource=▮ |  | a field that says which table a row is from
other-team | dataset | ['other-team']▮ | dataset | 
traces | dataset | ['traces']▮ | dataset | 
union | operator | union ▮ | union [withsource=field] table, prefix*, (query), … | The rows of several tables below each other, before a query or after a pipe
search | operator | search ▮ | search [kind=case_sensitive] [in (table, prefix*, …)] condition | The rows with a word in any field, before a query or after a pipe
print | operator | print ▮ | print name = expression, … | One row of values, before the first pipe
====
union traces, oth▮
----
1 for 'oth'
other-team | dataset | ['other-team']▮ | dataset |
====
traces | union (other-team | project k▮
----
39 for 'k'
kind | field | kind▮ | string | 
kit.attempt | field | ['kit.attempt']▮ | integer | attributes.kit.attempt
kit.max_attempts | field | ['kit.max_attempts']▮ | integer | attributes.kit.max_attempts
kit.queue_wait_ms | field | ['kit.queue_wait_ms']▮ | integer | attributes.kit.queue_wait_ms
kit.will_retry | field | ['kit.will_retry']▮ | boolean | attributes.kit.will_retry
kit.cancelled | field | ['kit.cancelled']▮ | boolean | attributes.kit.cancelled
====
let slow = 500ms; let t = traces | extend mine = 1; t | where ▮
----
382 for ''
slow | value | slow▮ | let | 
mine | field | mine▮ | integer | made by this query
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime |
====
datatable (a:▮
----
7 for ''
string | type | string▮ | type | text
long | type | long▮ | type | a whole number
real | type | real▮ | type | a number
bool | type | bool▮ | type | true or false
datetime | type | datetime▮ | type | a moment, in UTC
timespan | type | timespan▮ | type | a length of time, such as 1m30s
====
| mv-expand e = events to typeof(▮
----
7 for ''
string | type | string▮ | type | text
long | type | long▮ | type | a whole number
real | type | real▮ | type | a number
bool | type | bool▮ | type | true or false
datetime | type | datetime▮ | type | a moment, in UTC
timespan | type | timespan▮ | type | a length of time, such as 1m30s
====
| make-series count() ▮
----
2 for ''
default | keyword | default ▮ |  | the value of bins without rows
on | keyword | on ▮ |  | the fields that must be equal, or the axis of a series
====
print x = 1 | where x === 2 and ▮
----
218 for ''
x | field | x▮ | integer | made by this query
array_concat | function | array_concat(▮) | array_concat(array, …) | All elements of the arrays, one array after the other
array_extract | function | array_extract(▮) | array_extract(array, path) | The values that a JSON path finds
array_iff | function | array_iff(▮) | array_iff(conditions, then, else) | For each condition the element of the one array where it is true, of the other where it is false
array_index_of | function | array_index_of(▮) | array_index_of(array, value, start, length, occurrence) | Where a value is first found in an array, counted from 0
array_length | function | array_length(▮) | array_length(array) | How many elements an array has
====
| where foo(▮ | take 5
----
380 for ''
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
_time | field | _time▮ | datetime | 
_sysTime | field | _sysTime▮ | datetime | 
trace_id | field | trace_id▮ | string | 
span_id | field | span_id▮ | string |
====
declare query_parameters (p:string); traces | where p▮
----
139 for 'p'
p | value | p▮ | let | 
parent_span_id | field | parent_span_id▮ | string | 
process.pid | field | ['process.pid']▮ | integer | resource.process.pid
process.command | field | ['process.command']▮ | string | resource.process.command
process.executable.name | field | ['process.executable.name']▮ | string | resource.process.executable.name
process.runtime.name | field | ['process.runtime.name']▮ | string | resource.process.runtime.name
====
| extend x = tosca▮
----
1 for 'tosca'
toscalar | function | toscalar(▮) | toscalar(query) | the first field of the first row of a query
====
| extend n = toscalar(▮
----
8 for ''
other-team | dataset | ['other-team']▮ | dataset | 
traces | dataset | ['traces']▮ | dataset | 
union | operator | union ▮ | union [withsource=field] table, prefix*, (query), … | The rows of several tables below each other, before a query or after a pipe
search | operator | search ▮ | search [kind=case_sensitive] [in (table, prefix*, …)] condition | The rows with a word in any field, before a query or after a pipe
print | operator | print ▮ | print name = expression, … | One row of values, before the first pipe
datatable | operator | datatable ▮ | datatable (field:type, …) [value, value, …] | Rows that the query holds itself, before the first pipe
====
search "x" ▮
----
2 for ''
and | keyword | and ▮ |  | both conditions
or | keyword | or ▮ |  | one of the conditions
====
| where trace_id == "x" | count | ▮
----
30 for ''
where | operator | where ▮ | where condition | Keeps the rows for which the condition is true
extend | operator | extend ▮ | extend field = expression, … | Adds fields, or replaces those of the same name
extend-valid | operator | extend-valid ▮ | extend-valid field = expression, … | Adds fields as `extend` does, but only where the value is a good one
project | operator | project ▮ | project field, name = expression, … | These fields, in this order, and no others
project-away | operator | project-away ▮ | project-away field, prefix*, … | All fields but these
project-keep | operator | project-keep ▮ | project-keep field, prefix*, … | Only these fields, in the order they have

| sort by has_child(error)
----
1:11: has_child(…) is not supported here: expected it in where, extend, project, summarize or compare   <has_child(error)>
====
| search has_child(error)
----
1:10: has_child(…) is not supported here: expected it in where, extend, project, summarize or compare   <has_child(error)>
====
| where has_child(eror)
----
1:19: unknown field 'eror': expected a field, or ['attributes.custom']['eror'] for an attribute of your own; did you mean 'error'?   <eror>
====
| where has_child(name)
----
1:19: expected a condition (true or false), found a string   <name>
====
| where has_child(error, name)
----
1:9: expected has_child(condition), found 2 arguments   <has_child(error, name)>
====
| where child(error)
----
1:9: unknown function 'child'; did you mean 'has_child'?   <child>
====
| where descendant(error)
----
1:9: unknown function 'descendant'; did you mean 'has_descendant'?   <descendant>
====
| project name | where has_child(error)
----
1:24: has_child(…) needs the field trace_id, which these rows do not have: expected spans, and none of their ids left out before   <has_child(error)>
====
| extend trace_id = 5 | where has_child(error)
----
1:31: expected trace_id to be a string   <has_child(error)>
====
| project trace_id, span_id | where has_parent(error)
----
1:37: has_parent(…) needs the field parent_span_id, which these rows do not have: expected spans, and none of their ids left out before   <has_parent(error)>
====
print trace_id = "a", span_id = "b" | where has_child(error)
----
1:45: has_child(…) looks for spans in the dataset of the rows: expected rows of one dataset   <has_child(error)>
====
// nine inside each other
| where has_child(has_child(has_child(has_child(has_child(has_child(has_child(has_child(has_child(error)))))))))
----
2:89: sub-queries are nested too deeply: expected at most 8 levels in expressions   <has_child(error)>
====
| project name, duration | critical_path
----
1:28: critical_path makes trees of spans: expected rows that still have the fields trace_id, span_id, parent_span_id, _time   <critical_path>
====
| extend duration = 5 | critical_path
----
1:25: critical_path needs duration to be a timespan, found an integer   <critical_path>
====
| critical_path by nope
----
1:20: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
====
| critical_path by events
----
1:20: cannot group by an array   <events>
====
| critical_path by self_time = name
----
1:32: 'self_time' is made by critical_path itself: expected another name   <name>
====
| project-away name, ['service.name'] | critical_path
----
1:41: expected 'by' and what tells operations apart: the rows have neither service.name nor name   <critical_path>
====
| critical-path
----
1:3: unknown operator 'critical-path': expected where, summarize, project or another; did you mean 'critical_path'?   <critical-path>
====
| critical_path | where name == "x" | project nope
----
1:47: unknown field 'nope': expected one of the fields at this stage: service.name, name, self_time, share, spans, traces   <nope>
====
| compare name
----
1:11: expected a condition (true or false), found a string   <name>
====
| compare nope == 1 with alsonot == 2 on neither
----
1:11: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
1:26: unknown field 'alsonot': expected a field, or ['attributes.custom']['alsonot'] for an attribute of your own   <alsonot>
1:42: unknown field 'neither': expected a field, or ['attributes.custom']['neither'] for an attribute of your own   <neither>
====
| compare error on events
----
1:20: cannot compare an array: expected a string, a number, a boolean, a timespan or a map of attributes   <events>
====
| compare error on nothing*
----
1:3: there is no field to compare: expected 'on' and fields   <compare error on nothing*>
====
| compare error | project name
----
1:27: unknown field 'name': expected one of the 9 fields at this stage   <name>

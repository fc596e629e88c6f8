traces | critical_path name
----
1:24: expected '|' or the end of the query, found 'name'   <name>
====
traces | critical_path by
----
1:26: expected a value, found the end of the query   <>
====
traces | compare
----
1:17: expected a value, found the end of the query   <>
====
traces | compare error by name
----
1:24: expected '|' or the end of the query, found 'by'   <by>
====
traces | compare error with
----
1:28: expected a value, found the end of the query   <>
====
traces | compare error on
----
1:26: expected a field name or a pattern such as attributes*, found the end of the query   <>
====
traces | compare error on name with duration > 1s
----
1:32: expected '|' or the end of the query, found 'with'   <with>
====
traces | where has_child(
----
1:26: expected a value, found the end of the query   <>

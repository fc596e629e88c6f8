['tracs'] | count
----
1:1: unknown dataset 'tracs': the only one is 'traces'; did you mean 'traces'?   <['tracs']>
====
| where _time > now - 1h and bin == 2
----
1:17: unknown field 'now': it is a function, written now(offset); did you mean 'now()'?   <now>
1:30: unknown field 'bin': it is a function, written bin(value, size)   <bin>
====
// no dataset
| count
----
2:1: expected a dataset such as ['traces'] before '|'   <|>
====
| where service_nme == "x"
----
1:9: unknown field 'service_nme': expected a field, or ['attributes.custom']['service_nme'] for an attribute of your own; did you mean 'service.name'?   <service_nme>
====
| where ['service.nmae'] == "x"
----
1:9: unknown field 'service.nmae': expected a field, or ['attributes.custom']['service.nmae'] for an attribute of your own; did you mean 'service.name'?   <['service.nmae']>
====
| where durration > 1s and nam == "x"
----
1:9: unknown field 'durration': expected a field, or ['attributes.custom']['durration'] for an attribute of your own; did you mean 'duration'?   <durration>
1:28: unknown field 'nam': expected a field, or ['attributes.custom']['nam'] for an attribute of your own; did you mean 'name'?   <nam>
====
| where foo == 1 | where bar == 2 | sort by baz
----
1:9: unknown field 'foo': expected a field, or ['attributes.custom']['foo'] for an attribute of your own   <foo>
1:26: unknown field 'bar': expected a field, or ['attributes.custom']['bar'] for an attribute of your own   <bar>
1:45: unknown field 'baz': expected a field, or ['attributes.custom']['baz'] for an attribute of your own   <baz>
====
| summarize count() by kind | where name == "x"
----
1:37: unknown field 'name': expected one of the fields at this stage: kind, count_   <name>
====
| project name | sort by duration
----
1:26: unknown field 'duration': expected name, the only field at this stage   <duration>
====
| extend a = 1, b = a
----
1:21: unknown field 'a': expected a field, or ['attributes.custom']['a'] for an attribute of your own   <a>
====
| where name
----
1:9: expected a condition (true or false), found a string   <name>
====
| where 1 and error
----
1:9: expected a condition (true or false), found an integer   <1>
====
| where duration == error
----
1:9: cannot compare a timespan with a boolean: expected two of a kind   <duration == error>
====
| where duration > "soon"
----
1:9: cannot compare a timespan with "soon": expected one such as 100ms   <duration > "soon">
====
| where ['http.status_code'] == "ok"
----
1:9: cannot compare a number with "ok"   <['http.status_code'] == "ok">
====
| where events == 1
----
1:9: cannot compare an array with an integer: expected two of a kind   <events == 1>
====
| where kind in ("a", 5ms)
----
1:18: cannot compare a timespan with "a": expected one such as 100ms   <"a">
====
| extend a = error + 1
----
1:14: cannot apply '+' to a boolean and an integer: expected numbers, timespans, or a datetime and a timespan   <error + 1>
====
| extend a = _time * 2
----
1:14: cannot apply '*' to a datetime and an integer: expected numbers, timespans, or a datetime and a timespan   <_time * 2>
====
| extend a = _time + _time
----
1:14: cannot apply '+' to a datetime and a datetime: expected numbers, timespans, or a datetime and a timespan   <_time + _time>
====
| extend a = -name
----
1:15: expected a number or a timespan after '-', found a string   <name>
====
| extend a = strlenn(name)
----
1:14: unknown function 'strlenn'; did you mean 'strlen'?   <strlenn>
====
| extend a = contt()
----
1:14: unknown function 'contt'; did you mean 'count'?   <contt>
====
| extend a = strlen()
----
1:14: expected strlen(text), found 0 arguments   <strlen()>
====
| extend a = iff(error, 1)
----
1:14: expected iff(condition, then, else), found 2 arguments   <iff(error, 1)>
====
| extend a = case(error, 1, error, 2)
----
1:14: expected case(condition, then, …, else): an else is missing   <case(error, 1, error, 2)>
====
| extend a = iff(error, 1, "x")
----
1:28: expected an integer like the results before, found a string   <"x">
====
| extend a = iff(1, 2, 3)
----
1:18: expected a condition (true or false), found an integer   <1>
====
| extend a = ago(5)
----
1:18: expected a timespan literal such as 1h, found an integer   <5>
====
| extend a = ago(duration)
----
1:18: expected a timespan literal such as 1h, found a timespan   <duration>
====
| extend a = bin(_time, "x")
----
1:25: expected a bin size such as 1m or 10, found a string   <"x">
====
| extend a = bin(error, 5)
----
1:18: cannot put a boolean into bins of an integer   <error>
====
| extend a = bin_auto(duration)
----
1:23: expected a datetime such as _time, found a timespan   <duration>
====
| extend a = round(name, "x")
----
1:26: expected a number of digits, found a string   <"x">
====
| extend a = array_length(name)
----
1:27: expected an array, found a string   <name>
====
| extend a = count()
----
1:14: count is an aggregation: expected it in summarize only   <count()>
====
| where count() > 5
----
1:9: count is an aggregation: expected it in summarize only   <count()>
====
| summarize sum(count())
----
1:17: an aggregation cannot be inside another: found count in one   <count()>
====
| summarize name
----
1:13: expected an aggregation such as count() or avg(duration)   <name>
====
| summarize sum(error)
----
1:17: expected a number or a timespan in sum, found a boolean   <error>
====
| summarize avg(_time)
----
1:17: expected a number or a timespan in avg, found a datetime   <_time>
====
| summarize percentile(duration, 101)
----
1:34: expected a percentage from 0 to 100, as a number   <101>
====
| summarize percentile(duration, name)
----
1:34: expected a percentage from 0 to 100, as a number   <name>
====
| summarize countif(name)
----
1:21: expected a condition (true or false), found a string   <name>
====
| summarize count() by events
----
1:24: cannot group by an array: expected a single value   <events>
====
| sort by events
----
1:11: cannot sort by an array: expected a single value   <events>
====
| where name matches regex "("
----
1:28: this is not a regular expression (RE2 syntax), or it is too large   <"(">
====
| where name matches regex kind
----
1:28: expected a regular expression as a string literal   <kind>
====
| where events contains "x"
----
1:9: expected a string, found an array   <events>
====
| project-away nam
----
1:16: unknown field 'nam': expected the full name; did you mean 'name'?   <nam>
====
| project-keep x*
----
1:3: no field matches: expected to keep at least one   <project-keep x*>
====
| project-rename a = b
----
1:22: unknown field 'b': expected a field, or ['attributes.custom']['b'] for an attribute of your own   <b>
====
| project-rename a = strlen(name)
----
1:22: expected new = old, both of them names   <strlen(name)>
====
| distinct *
----
1:3: cannot group by a map: expected a single value   <distinct *>
====
| where name.first == "x"
----
1:9: field 'name' is no map: expected no key after it; parse_json(name) reads one from a string   <name.first>
====
| where duration == 1.5 + 1 and "x" == 1.5 + 1
----
1:33: cannot compare a number with "x"   <"x" == 1.5 + 1>
====
| where kind == "a" | extend a = nope, b = alsonope
----
1:34: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
1:44: unknown field 'alsonope': expected a field, or ['attributes.custom']['alsonope'] for an attribute of your own   <alsonope>
====
// the line and the column count characters
| where name == "äöü" and
  ünknown == 1
----
3:3: unknown field 'ünknown': expected a field, or ['attributes.custom']['ünknown'] for an attribute of your own   <ünknown>
====
| project-rename a = name, a = kind
----
1:32: two fields are renamed to 'a': expected different names   <kind>
====
| project-rename a = name, b = name
----
1:32: 'name' is renamed twice: expected one new name   <name>
====
| extend a = 1, a = 2
----
1:21: 'a' is made twice: expected different names   <2>
====
| summarize n = count(), n = dcount(name) by kind
----
1:30: 'n' is made twice: expected different names   <dcount(name)>
====
| summarize count() by a = kind, a = name
----
1:38: 'a' is made twice: expected different names   <name>
====
| where geo_info_from_ip_address(name).country == "x"
----
1:9: not supported yet: geo_info_from_ip_address   <geo_info_from_ip_address>
====
| summarize spotlight(error, kind) + 1, presence(events), spotlight(error, events), make_bag(kind), phrases(kind, 0)
----
1:13: spotlight makes rows: expected it as an item of its own, not in an expression   <spotlight(error, kind)>
1:76: cannot compare an array: name a key of it   <events>
1:94: expected a map, found a string; bag_pack(…) makes one, parse_json(…) reads one from a string   <kind>
1:115: expected a number from 1 to 10000   <0>
====
| summarize n = topk(name, 5) + 1
----
1:17: topk makes rows: expected it as an item of its own, not in an expression   <topk(name, 5)>
====
| summarize topk(name, kind)
----
1:24: expected a number from 1 to 10000   <kind>
====
| summarize histogram(name == "a", 5)
----
1:23: expected a number or a timespan, found a boolean   <name == "a">
====
| summarize x = arg_max(duration, name, kind)
----
1:17: arg_max of several fields makes several fields: expected names inside it, as arg_max(value, name = field)   <arg_max(duration, name, kind)>
====
| summarize percentiles_array(duration, 50, 101)
----
1:45: expected a percentage from 0 to 100, as a number   <101>
====
| summarize percentiles_arrayif(duration, 50, error)
----
1:43: expected percentages from 0 to 100, such as dynamic([50, 95])   <50>
====
| where topk(name, 5)
----
1:9: topk is an aggregation: expected it in summarize only   <topk(name, 5)>
====
| extend a = series_fir(name)
----
1:14: not supported yet: series_fir   <series_fir>
====
| where name has_any (kind)
----
1:23: expected a term as a string literal, or an array of terms   <kind>
====
| where name[0] == "x"
----
1:9: expected an array or a map before a key, found a string; parse_json(…) reads one from a string   <name[0]>
====
| where parse_json(name).a < parse_json(kind).b
----
1:9: cannot order a dynamic value and a dynamic value: convert one of them, as by todouble(…) or tostring(…)   <parse_json(name).a < parse_json(kind).b>
====
| sort by parse_json(name)
----
1:11: cannot sort by a dynamic value: expected a single value   <parse_json(name)>
====
| summarize max(parse_json(name))
----
1:17: max cannot compare a dynamic value; convert it, as by todouble(…)   <parse_json(name)>
====
| extend a = dynamic([name])
----
1:23: expected a constant in dynamic(…); pack_array(…) and bag_pack(…) take fields   <name>
====
| extend a = toint(dynamic([1]))
----
1:20: toint cannot convert an array   <dynamic([1])>
====
| extend a = dynamic([1])[1.5]
----
1:27: expected a place such as [0], found a float   <1.5>
====
| where dynamic([1]) == 1
----
1:9: cannot compare an array with an integer: expected two of a kind   <dynamic([1]) == 1>
====
| extend a = genai_cost(name), b = parse_sql(name), c = pair(name, name), d = isstring(name)
----
1:14: not supported yet: genai_cost   <genai_cost>
1:36: not supported yet: parse_sql   <parse_sql>
1:57: not supported yet: pair   <pair>
1:79: not supported yet: isstring   <isstring>
====
| extend a = replace_string(name, "a")
----
1:14: expected replace_string(lookup, rewrite, text), found 2 arguments   <replace_string(name, "a")>
====
| extend a = extract("(", 1, name)
----
1:22: this is not a regular expression (RE2 syntax), or it is too large   <"(">
====
| extend a = extract(kind, 1, name)
----
1:22: expected a regular expression as a string literal, found a string   <kind>
====
| extend a = datetime_add("fortnight", 1, _time)
----
1:27: expected one of year, quarter, month, week, day, hour, minute, second, millisecond, microsecond, nanosecond, found 'fortnight'   <"fortnight">
====
| extend a = array_length(name)
----
1:27: expected an array, found a string   <name>
====
| extend a = bag_pack("a", 1, "b")
----
1:14: expected bag_pack(key, value, …): a value is missing after the last key   <bag_pack("a", 1, "b")>
====
| extend a = ensure_field("x", 5)
----
1:32: expected a type such as typeof(bool)   <5>
====
| extend a = max_of(1, "a")
----
1:24: expected an integer like the results before, found a string   <"a">
====
| extend a = strlent(name)
----
1:14: unknown function 'strlent'; did you mean 'strlen'?   <strlent>
====
| extend a = hourofday(true)
----
1:24: expected a datetime, found a boolean   <true>
====
| where parse_json(name).a between (parse_json(kind).b .. parse_json(kind).c)
----
1:9: cannot order dynamic values: convert them, as by todouble(…) or tostring(…)   <parse_json(name).a>
====
| summarize count() by histogram(name == "a", 5)
----
1:34: expected a number or a timespan, found a boolean   <name == "a">
====
print x = "a" + "b"
----
1:11: cannot apply '+' to "a": expected a number; strcat(…) joins strings   <"a">
====
| extend n = name + "x", m = "5" + 1, o = 2 * "3x"
----
1:21: cannot apply '+' to "x": expected a number; strcat(…) joins strings   <"x">
1:47: cannot apply '*' to "3x": expected a number; strcat(…) joins strings   <"3x">
====
| project both = name + kind
----
1:18: cannot add strings: expected numbers; strcat(…) joins strings, todouble(…) reads numbers in them   <name + kind>
====
| where has_child(error) | project x = strcat(name, "x") - "y"
----
1:60: cannot apply '-' to "y": expected a number; strcat(…) joins strings   <"y">

// virtual slow = durration > 100ms
| where slow
----
1:1: virtual field 'slow' could not be made: unknown field 'durration': expected a field, or ['attributes.custom']['durration'] for an attribute of your own; did you mean 'duration'?   <|>
====
// virtual a = b + 1
// virtual b = c + 1
// virtual c = a + 1
| where c > 1
----
1:1: virtual field 'c' is made of itself: c, a, b, c   <|>
====
// virtual a = a + 1
| project a
----
1:1: virtual field 'a' is made of itself: a, a   <|>
====
// virtual broken = duration >
| count | where broken
----
1:1: virtual field 'broken' could not be made: expected a value, found the end of the query   <|>
====
// virtual many = count()
| where many > 1
----
1:1: virtual field 'many' could not be made: count is an aggregation: expected it in summarize only   <|>
====
// a virtual field that is not named may be wrong
// virtual slow = durration > 100ms
| where nothing
----
2:9: unknown field 'nothing': expected a field, or ['attributes.custom']['nothing'] for an attribute of your own   <nothing>
====
// a field to order by
// order nothing desc
| take 1
----
3:1: unknown field 'nothing' in defaultOrder   <|>
====
// order events desc
| take 1
----
2:1: cannot order by 'events' of defaultOrder, an array   <|>

traces | where zz▮
----
2 for 'zz'
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error
====
traces | project name, duration | where zz▮
----
0 for 'zz'
====
['other-team'] | where zz▮
----
0 for 'zz'
====
traces | where zz_is_big | summarize count() by zz▮
----
2 for 'zz'
zz_is_big | field | zz_is_big▮ | boolean | virtual: duration > 1s
zz_of_another | field | zz_of_another▮ | boolean | virtual: zz_is_big and error

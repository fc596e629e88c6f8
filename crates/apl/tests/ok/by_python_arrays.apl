traces | take 1 | project x = array_concat(dynamic([2, 6, 0, 1]), dynamic([1, 5, 9, 0, 8]))
----
x:array
[2,6,0,1,1,5,9,0,8]
====
traces | take 1 | project x = array_reverse(dynamic([2, 6, 0, 1]))
----
x:array
[1,0,6,2]
====
traces | take 1 | project x = array_rotate_left(dynamic([2, 6, 0, 1]), -1)
----
x:array
[1,2,6,0]
====
traces | take 1 | project x = array_rotate_right(dynamic([2, 6, 0, 1]), -1)
----
x:array
[6,0,1,2]
====
traces | take 1 | project x = array_shift_left(dynamic([2, 6, 0, 1]), -1)
----
x:array
[null,2,6,0]
====
traces | take 1 | project x = array_shift_right(dynamic([2, 6, 0, 1]), -1, 0)
----
x:array
[6,0,1,0]
====
traces | take 1 | project x = array_slice(dynamic([2, 6, 0, 1]), 1, -1)
----
x:array
[6,0]
====
traces | take 1 | project x = array_sort_asc(dynamic([2, 6, 0, 1]))
----
x:array
[0,1,2,6]
====
traces | take 1 | project x = array_sort_desc(dynamic([2, 6, 0, 1]))
----
x:array
[6,2,1,0]
====
traces | take 1 | project x = array_sum(dynamic([2, 6, 0, 1]))
----
x:unknown
9
====
traces | take 1 | project x = array_index_of(dynamic([2, 6, 0, 1]), 1)
----
x:integer
3
====
traces | take 1 | project x = set_union(dynamic([2, 6, 0, 1]), dynamic([1, 5, 9, 0, 8]))
----
x:array
[2,6,0,1,5,9,8]
====
traces | take 1 | project x = set_intersect(dynamic([2, 6, 0, 1]), dynamic([1, 5, 9, 0, 8]))
----
x:array
[0,1]
====
traces | take 1 | project x = set_difference(dynamic([2, 6, 0, 1]), dynamic([1, 5, 9, 0, 8]))
----
x:array
[2,6]
====
traces | take 1 | project x = set_has_element(dynamic([2, 6, 0, 1]), 1)
----
x:boolean
true
====
traces | take 1 | project x = strcat_array(dynamic([2, 6, 0, 1]), '-')
----
x:string
2-6-0-1
====
traces | take 1 | project x = array_split(dynamic([2, 6, 0, 1]), 2)
----
x:array
[[2,6],[0,1]]
====
traces | take 1 | project x = bag_zip(split('a,b,c', ','), dynamic([2, 6, 0, 1]))
----
x:map
{"a":2,"b":6,"c":0}
====
traces | take 1 | project x = dynamic([2, 6, 0, 1])[-1]
----
x:unknown
1
====
traces | take 1 | project x = array_concat(dynamic([1, 6]), dynamic([1, 3, 1, 8]))
----
x:array
[1,6,1,3,1,8]
====
traces | take 1 | project x = array_reverse(dynamic([1, 6]))
----
x:array
[6,1]
====
traces | take 1 | project x = array_rotate_left(dynamic([1, 6]), 2)
----
x:array
[1,6]
====
traces | take 1 | project x = array_rotate_right(dynamic([1, 6]), 2)
----
x:array
[1,6]
====
traces | take 1 | project x = array_shift_left(dynamic([1, 6]), 2)
----
x:array
[null,null]
====
traces | take 1 | project x = array_shift_right(dynamic([1, 6]), 2, 0)
----
x:array
[0,0]
====
traces | take 1 | project x = array_slice(dynamic([1, 6]), 1, 2)
----
x:array
[6]
====
traces | take 1 | project x = array_sort_asc(dynamic([1, 6]))
----
x:array
[1,6]
====
traces | take 1 | project x = array_sort_desc(dynamic([1, 6]))
----
x:array
[6,1]
====
traces | take 1 | project x = array_sum(dynamic([1, 6]))
----
x:unknown
7
====
traces | take 1 | project x = array_index_of(dynamic([1, 6]), 1)
----
x:integer
0
====
traces | take 1 | project x = set_union(dynamic([1, 6]), dynamic([1, 3, 1, 8]))
----
x:array
[1,6,3,8]
====
traces | take 1 | project x = set_intersect(dynamic([1, 6]), dynamic([1, 3, 1, 8]))
----
x:array
[1]
====
traces | take 1 | project x = set_difference(dynamic([1, 6]), dynamic([1, 3, 1, 8]))
----
x:array
[6]
====
traces | take 1 | project x = set_has_element(dynamic([1, 6]), 1)
----
x:boolean
true
====
traces | take 1 | project x = strcat_array(dynamic([1, 6]), '-')
----
x:string
1-6
====
traces | take 1 | project x = array_split(dynamic([1, 6]), 2)
----
x:array
[[1,6],[]]
====
traces | take 1 | project x = bag_zip(split('a,b,c', ','), dynamic([1, 6]))
----
x:map
{"a":1,"b":6}
====
traces | take 1 | project x = dynamic([1, 6])[2]
----
x:unknown
null
====
traces | take 1 | project x = array_concat(dynamic([9, 1]), dynamic([9, 0]))
----
x:array
[9,1,9,0]
====
traces | take 1 | project x = array_reverse(dynamic([9, 1]))
----
x:array
[1,9]
====
traces | take 1 | project x = array_rotate_left(dynamic([9, 1]), 5)
----
x:array
[1,9]
====
traces | take 1 | project x = array_rotate_right(dynamic([9, 1]), 5)
----
x:array
[1,9]
====
traces | take 1 | project x = array_shift_left(dynamic([9, 1]), 5)
----
x:array
[null,null]
====
traces | take 1 | project x = array_shift_right(dynamic([9, 1]), 5, 0)
----
x:array
[0,0]
====
traces | take 1 | project x = array_slice(dynamic([9, 1]), 1, 5)
----
x:array
[1]
====
traces | take 1 | project x = array_sort_asc(dynamic([9, 1]))
----
x:array
[1,9]
====
traces | take 1 | project x = array_sort_desc(dynamic([9, 1]))
----
x:array
[9,1]
====
traces | take 1 | project x = array_sum(dynamic([9, 1]))
----
x:unknown
10
====
traces | take 1 | project x = array_index_of(dynamic([9, 1]), 9)
----
x:integer
0
====
traces | take 1 | project x = set_union(dynamic([9, 1]), dynamic([9, 0]))
----
x:array
[9,1,0]
====
traces | take 1 | project x = set_intersect(dynamic([9, 1]), dynamic([9, 0]))
----
x:array
[9]
====
traces | take 1 | project x = set_difference(dynamic([9, 1]), dynamic([9, 0]))
----
x:array
[1]
====
traces | take 1 | project x = set_has_element(dynamic([9, 1]), 9)
----
x:boolean
true
====
traces | take 1 | project x = strcat_array(dynamic([9, 1]), '-')
----
x:string
9-1
====
traces | take 1 | project x = array_split(dynamic([9, 1]), 2)
----
x:array
[[9,1],[]]
====
traces | take 1 | project x = bag_zip(split('a,b,c', ','), dynamic([9, 1]))
----
x:map
{"a":9,"b":1}
====
traces | take 1 | project x = dynamic([9, 1])[5]
----
x:unknown
null
====
traces | take 1 | project x = array_concat(dynamic([6, 0, 3, 0, 8, 2]), dynamic([6, 2, 8]))
----
x:array
[6,0,3,0,8,2,6,2,8]
====
traces | take 1 | project x = array_reverse(dynamic([6, 0, 3, 0, 8, 2]))
----
x:array
[2,8,0,3,0,6]
====
traces | take 1 | project x = array_rotate_left(dynamic([6, 0, 3, 0, 8, 2]), -3)
----
x:array
[0,8,2,6,0,3]
====
traces | take 1 | project x = array_rotate_right(dynamic([6, 0, 3, 0, 8, 2]), -3)
----
x:array
[0,8,2,6,0,3]
====
traces | take 1 | project x = array_shift_left(dynamic([6, 0, 3, 0, 8, 2]), -3)
----
x:array
[null,null,null,6,0,3]
====
traces | take 1 | project x = array_shift_right(dynamic([6, 0, 3, 0, 8, 2]), -3, 0)
----
x:array
[0,8,2,0,0,0]
====
traces | take 1 | project x = array_slice(dynamic([6, 0, 3, 0, 8, 2]), 1, -3)
----
x:array
[0,3]
====
traces | take 1 | project x = array_sort_asc(dynamic([6, 0, 3, 0, 8, 2]))
----
x:array
[0,0,2,3,6,8]
====
traces | take 1 | project x = array_sort_desc(dynamic([6, 0, 3, 0, 8, 2]))
----
x:array
[8,6,3,2,0,0]
====
traces | take 1 | project x = array_sum(dynamic([6, 0, 3, 0, 8, 2]))
----
x:unknown
19
====
traces | take 1 | project x = array_index_of(dynamic([6, 0, 3, 0, 8, 2]), 6)
----
x:integer
0
====
traces | take 1 | project x = set_union(dynamic([6, 0, 3, 0, 8, 2]), dynamic([6, 2, 8]))
----
x:array
[6,0,3,8,2]
====
traces | take 1 | project x = set_intersect(dynamic([6, 0, 3, 0, 8, 2]), dynamic([6, 2, 8]))
----
x:array
[6,8,2]
====
traces | take 1 | project x = set_difference(dynamic([6, 0, 3, 0, 8, 2]), dynamic([6, 2, 8]))
----
x:array
[0,3]
====
traces | take 1 | project x = set_has_element(dynamic([6, 0, 3, 0, 8, 2]), 6)
----
x:boolean
true
====
traces | take 1 | project x = strcat_array(dynamic([6, 0, 3, 0, 8, 2]), '-')
----
x:string
6-0-3-0-8-2
====
traces | take 1 | project x = array_split(dynamic([6, 0, 3, 0, 8, 2]), 2)
----
x:array
[[6,0],[3,0,8,2]]
====
traces | take 1 | project x = bag_zip(split('a,b,c', ','), dynamic([6, 0, 3, 0, 8, 2]))
----
x:map
{"a":6,"b":0,"c":3}
====
traces | take 1 | project x = dynamic([6, 0, 3, 0, 8, 2])[-3]
----
x:unknown
0
====
traces | take 1 | project x = array_concat(dynamic([4, 8, 2, 1, 9, 9]), dynamic([5, 1]))
----
x:array
[4,8,2,1,9,9,5,1]
====
traces | take 1 | project x = array_reverse(dynamic([4, 8, 2, 1, 9, 9]))
----
x:array
[9,9,1,2,8,4]
====
traces | take 1 | project x = array_rotate_left(dynamic([4, 8, 2, 1, 9, 9]), 4)
----
x:array
[9,9,4,8,2,1]
====
traces | take 1 | project x = array_rotate_right(dynamic([4, 8, 2, 1, 9, 9]), 4)
----
x:array
[2,1,9,9,4,8]
====
traces | take 1 | project x = array_shift_left(dynamic([4, 8, 2, 1, 9, 9]), 4)
----
x:array
[9,9,null,null,null,null]
====
traces | take 1 | project x = array_shift_right(dynamic([4, 8, 2, 1, 9, 9]), 4, 0)
----
x:array
[0,0,0,0,4,8]
====
traces | take 1 | project x = array_slice(dynamic([4, 8, 2, 1, 9, 9]), 1, 4)
----
x:array
[8,2,1]
====
traces | take 1 | project x = array_sort_asc(dynamic([4, 8, 2, 1, 9, 9]))
----
x:array
[1,2,4,8,9,9]
====
traces | take 1 | project x = array_sort_desc(dynamic([4, 8, 2, 1, 9, 9]))
----
x:array
[9,9,8,4,2,1]
====
traces | take 1 | project x = array_sum(dynamic([4, 8, 2, 1, 9, 9]))
----
x:unknown
33
====
traces | take 1 | project x = array_index_of(dynamic([4, 8, 2, 1, 9, 9]), 5)
----
x:integer
-1
====
traces | take 1 | project x = set_union(dynamic([4, 8, 2, 1, 9, 9]), dynamic([5, 1]))
----
x:array
[4,8,2,1,9,5]
====
traces | take 1 | project x = set_intersect(dynamic([4, 8, 2, 1, 9, 9]), dynamic([5, 1]))
----
x:array
[1]
====
traces | take 1 | project x = set_difference(dynamic([4, 8, 2, 1, 9, 9]), dynamic([5, 1]))
----
x:array
[4,8,2,9]
====
traces | take 1 | project x = set_has_element(dynamic([4, 8, 2, 1, 9, 9]), 5)
----
x:boolean
false
====
traces | take 1 | project x = strcat_array(dynamic([4, 8, 2, 1, 9, 9]), '-')
----
x:string
4-8-2-1-9-9
====
traces | take 1 | project x = array_split(dynamic([4, 8, 2, 1, 9, 9]), 2)
----
x:array
[[4,8],[2,1,9,9]]
====
traces | take 1 | project x = bag_zip(split('a,b,c', ','), dynamic([4, 8, 2, 1, 9, 9]))
----
x:map
{"a":4,"b":8,"c":2}
====
traces | take 1 | project x = dynamic([4, 8, 2, 1, 9, 9])[4]
----
x:unknown
9
====
traces | take 1 | project x = array_concat(dynamic([1, 9, 0, 9, 3, 7, 8]), dynamic([5, 7, 9, 7]))
----
x:array
[1,9,0,9,3,7,8,5,7,9,7]
====
traces | take 1 | project x = array_reverse(dynamic([1, 9, 0, 9, 3, 7, 8]))
----
x:array
[8,7,3,9,0,9,1]
====
traces | take 1 | project x = array_rotate_left(dynamic([1, 9, 0, 9, 3, 7, 8]), 1)
----
x:array
[9,0,9,3,7,8,1]
====
traces | take 1 | project x = array_rotate_right(dynamic([1, 9, 0, 9, 3, 7, 8]), 1)
----
x:array
[8,1,9,0,9,3,7]
====
traces | take 1 | project x = array_shift_left(dynamic([1, 9, 0, 9, 3, 7, 8]), 1)
----
x:array
[9,0,9,3,7,8,null]
====
traces | take 1 | project x = array_shift_right(dynamic([1, 9, 0, 9, 3, 7, 8]), 1, 0)
----
x:array
[0,1,9,0,9,3,7]
====
traces | take 1 | project x = array_slice(dynamic([1, 9, 0, 9, 3, 7, 8]), 1, 1)
----
x:array
[]
====
traces | take 1 | project x = array_sort_asc(dynamic([1, 9, 0, 9, 3, 7, 8]))
----
x:array
[0,1,3,7,8,9,9]
====
traces | take 1 | project x = array_sort_desc(dynamic([1, 9, 0, 9, 3, 7, 8]))
----
x:array
[9,9,8,7,3,1,0]
====
traces | take 1 | project x = array_sum(dynamic([1, 9, 0, 9, 3, 7, 8]))
----
x:unknown
37
====
traces | take 1 | project x = array_index_of(dynamic([1, 9, 0, 9, 3, 7, 8]), 5)
----
x:integer
-1
====
traces | take 1 | project x = set_union(dynamic([1, 9, 0, 9, 3, 7, 8]), dynamic([5, 7, 9, 7]))
----
x:array
[1,9,0,3,7,8,5]
====
traces | take 1 | project x = set_intersect(dynamic([1, 9, 0, 9, 3, 7, 8]), dynamic([5, 7, 9, 7]))
----
x:array
[9,7]
====
traces | take 1 | project x = set_difference(dynamic([1, 9, 0, 9, 3, 7, 8]), dynamic([5, 7, 9, 7]))
----
x:array
[1,0,3,8]
====
traces | take 1 | project x = set_has_element(dynamic([1, 9, 0, 9, 3, 7, 8]), 5)
----
x:boolean
false
====
traces | take 1 | project x = strcat_array(dynamic([1, 9, 0, 9, 3, 7, 8]), '-')
----
x:string
1-9-0-9-3-7-8
====
traces | take 1 | project x = array_split(dynamic([1, 9, 0, 9, 3, 7, 8]), 2)
----
x:array
[[1,9],[0,9,3,7,8]]
====
traces | take 1 | project x = bag_zip(split('a,b,c', ','), dynamic([1, 9, 0, 9, 3, 7, 8]))
----
x:map
{"a":1,"b":9,"c":0}
====
traces | take 1 | project x = dynamic([1, 9, 0, 9, 3, 7, 8])[1]
----
x:unknown
9
====
| sort by span_id asc | project x = array_length(split(name, ' '))
----
x:integer
1
2
2
2
1
2
1
1
2
1
====
| sort by span_id asc | project x = split(name, '/')[-1]
----
x:unknown
"expire_holds"
"{id}"
"SELECT instructors"
"bookings"
"POST"
"INSERT bookings"
"send_confirmation"
"send_confirmation"
"call find_bookings"
"100%_done"
====
| sort by span_id asc | project x = array_sort_asc(split(kind, 'e'))
----
x:array
["int","rnal"]
["r","rv","s"]
["cli","nt"]
["r","rv","s"]
["cli","nt"]
["cli","nt"]
["produc","r"]
["consum","r"]
["r","rv","s"]
["cifi","d","unsp"]
====
| sort by span_id asc | project x = pack_array(kind, strlen(name), ['http.status_code'])
----
x:array
["internal",12,null]
["server",21,500]
["client",18,null]
["server",14,201]
["client",4,200]
["client",15,null]
["producer",29,null]
["consumer",21,503]
["server",24,null]
["unspecified",9,null]
====
| sort by span_id asc | project x = bag_pack('k', kind, 'n', strlen(name))
----
x:map
{"k":"internal","n":12}
{"k":"server","n":21}
{"k":"client","n":18}
{"k":"server","n":14}
{"k":"client","n":4}
{"k":"client","n":15}
{"k":"producer","n":29}
{"k":"consumer","n":21}
{"k":"server","n":24}
{"k":"unspecified","n":9}
====
| sort by span_id asc | project x = bag_pack('k', kind).k == kind
----
x:boolean
true
true
true
true
true
true
true
true
true
true
====
| sort by span_id asc | project x = set_has_element(dynamic(['server', 'client']), kind)
----
x:boolean
false
true
true
true
true
true
false
false
true
false
====
| sort by span_id asc | project x = parse_json(strcat('{"a": [', strlen(name), ']}')).a[0] + 1
----
x:float
13.0
22.0
19.0
15.0
5.0
16.0
30.0
22.0
25.0
10.0
====
| sort by span_id asc | project x = tostring(pack_array(name))
----
x:string
["expire_holds"]
["GET /instructors/{id}"]
["SELECT instructors"]
["POST /bookings"]
["POST"]
["INSERT bookings"]
["apply_async/send_confirmation"]
["run/send_confirmation"]
["tools/call find_bookings"]
["100%_done"]
====
| sort by span_id asc | project x = len(pack_array(kind, name))
----
x:integer
2
2
2
2
2
2
2
2
2
2

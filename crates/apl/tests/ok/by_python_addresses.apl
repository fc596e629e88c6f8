traces | take 1 | project x = parse_ipv4('192.168.1.77')
----
x:integer
3232235853
====
traces | take 1 | project x = format_ipv4(3232235853)
----
x:string
192.168.1.77
====
traces | take 1 | project x = ipv4_is_private('192.168.1.77')
----
x:boolean
true
====
traces | take 1 | project x = format_ipv4_mask('192.168.1.77', 8)
----
x:string
192.0.0.0/8
====
traces | take 1 | project x = parse_ipv4_mask('192.168.1.77', 8)
----
x:integer
3221225472
====
traces | take 1 | project x = format_ipv4_mask('192.168.1.77', 20)
----
x:string
192.168.0.0/20
====
traces | take 1 | project x = parse_ipv4_mask('192.168.1.77', 20)
----
x:integer
3232235520
====
traces | take 1 | project x = format_ipv4_mask('192.168.1.77', 31)
----
x:string
192.168.1.76/31
====
traces | take 1 | project x = parse_ipv4_mask('192.168.1.77', 31)
----
x:integer
3232235852
====
traces | take 1 | project r0 = ipv4_is_in_range('192.168.1.77', '192.168.0.0/16'), r1 = ipv4_is_in_range('192.168.1.77', '10.0.0.0/8'), r2 = ipv4_is_in_range('192.168.1.77', '8.8.8.0/24'), r3 = ipv4_is_in_range('192.168.1.77', '0.0.0.0/0')
----
r0:boolean | r1:boolean | r2:boolean | r3:boolean
true | false | false | true
====
traces | take 1 | project x = ipv4_is_in_any_range('192.168.1.77', dynamic(["192.168.0.0/16", "10.0.0.0/8", "8.8.8.0/24"]))
----
x:boolean
true
====
traces | take 1 | project x = ipv4_compare('192.168.1.77', '172.31.9.8')
----
x:integer
1
====
traces | take 1 | project x = parse_ipv4('10.0.0.1')
----
x:integer
167772161
====
traces | take 1 | project x = format_ipv4(167772161)
----
x:string
10.0.0.1
====
traces | take 1 | project x = ipv4_is_private('10.0.0.1')
----
x:boolean
true
====
traces | take 1 | project x = format_ipv4_mask('10.0.0.1', 8)
----
x:string
10.0.0.0/8
====
traces | take 1 | project x = parse_ipv4_mask('10.0.0.1', 8)
----
x:integer
167772160
====
traces | take 1 | project x = format_ipv4_mask('10.0.0.1', 20)
----
x:string
10.0.0.0/20
====
traces | take 1 | project x = parse_ipv4_mask('10.0.0.1', 20)
----
x:integer
167772160
====
traces | take 1 | project x = format_ipv4_mask('10.0.0.1', 31)
----
x:string
10.0.0.0/31
====
traces | take 1 | project x = parse_ipv4_mask('10.0.0.1', 31)
----
x:integer
167772160
====
traces | take 1 | project r0 = ipv4_is_in_range('10.0.0.1', '192.168.0.0/16'), r1 = ipv4_is_in_range('10.0.0.1', '10.0.0.0/8'), r2 = ipv4_is_in_range('10.0.0.1', '8.8.8.0/24'), r3 = ipv4_is_in_range('10.0.0.1', '0.0.0.0/0')
----
r0:boolean | r1:boolean | r2:boolean | r3:boolean
false | true | false | true
====
traces | take 1 | project x = ipv4_is_in_any_range('10.0.0.1', dynamic(["192.168.0.0/16", "10.0.0.0/8", "8.8.8.0/24"]))
----
x:boolean
true
====
traces | take 1 | project x = ipv4_compare('10.0.0.1', '172.31.9.8')
----
x:integer
-1
====
traces | take 1 | project x = parse_ipv4('172.31.9.9')
----
x:integer
2887715081
====
traces | take 1 | project x = format_ipv4(2887715081)
----
x:string
172.31.9.9
====
traces | take 1 | project x = ipv4_is_private('172.31.9.9')
----
x:boolean
true
====
traces | take 1 | project x = format_ipv4_mask('172.31.9.9', 8)
----
x:string
172.0.0.0/8
====
traces | take 1 | project x = parse_ipv4_mask('172.31.9.9', 8)
----
x:integer
2885681152
====
traces | take 1 | project x = format_ipv4_mask('172.31.9.9', 20)
----
x:string
172.31.0.0/20
====
traces | take 1 | project x = parse_ipv4_mask('172.31.9.9', 20)
----
x:integer
2887712768
====
traces | take 1 | project x = format_ipv4_mask('172.31.9.9', 31)
----
x:string
172.31.9.8/31
====
traces | take 1 | project x = parse_ipv4_mask('172.31.9.9', 31)
----
x:integer
2887715080
====
traces | take 1 | project r0 = ipv4_is_in_range('172.31.9.9', '192.168.0.0/16'), r1 = ipv4_is_in_range('172.31.9.9', '10.0.0.0/8'), r2 = ipv4_is_in_range('172.31.9.9', '8.8.8.0/24'), r3 = ipv4_is_in_range('172.31.9.9', '0.0.0.0/0')
----
r0:boolean | r1:boolean | r2:boolean | r3:boolean
false | false | false | true
====
traces | take 1 | project x = ipv4_is_in_any_range('172.31.9.9', dynamic(["192.168.0.0/16", "10.0.0.0/8", "8.8.8.0/24"]))
----
x:boolean
false
====
traces | take 1 | project x = ipv4_compare('172.31.9.9', '172.31.9.8')
----
x:integer
1
====
traces | take 1 | project x = parse_ipv4('8.8.8.8')
----
x:integer
134744072
====
traces | take 1 | project x = format_ipv4(134744072)
----
x:string
8.8.8.8
====
traces | take 1 | project x = ipv4_is_private('8.8.8.8')
----
x:boolean
false
====
traces | take 1 | project x = format_ipv4_mask('8.8.8.8', 8)
----
x:string
8.0.0.0/8
====
traces | take 1 | project x = parse_ipv4_mask('8.8.8.8', 8)
----
x:integer
134217728
====
traces | take 1 | project x = format_ipv4_mask('8.8.8.8', 20)
----
x:string
8.8.0.0/20
====
traces | take 1 | project x = parse_ipv4_mask('8.8.8.8', 20)
----
x:integer
134742016
====
traces | take 1 | project x = format_ipv4_mask('8.8.8.8', 31)
----
x:string
8.8.8.8/31
====
traces | take 1 | project x = parse_ipv4_mask('8.8.8.8', 31)
----
x:integer
134744072
====
traces | take 1 | project r0 = ipv4_is_in_range('8.8.8.8', '192.168.0.0/16'), r1 = ipv4_is_in_range('8.8.8.8', '10.0.0.0/8'), r2 = ipv4_is_in_range('8.8.8.8', '8.8.8.0/24'), r3 = ipv4_is_in_range('8.8.8.8', '0.0.0.0/0')
----
r0:boolean | r1:boolean | r2:boolean | r3:boolean
false | false | true | true
====
traces | take 1 | project x = ipv4_is_in_any_range('8.8.8.8', dynamic(["192.168.0.0/16", "10.0.0.0/8", "8.8.8.0/24"]))
----
x:boolean
true
====
traces | take 1 | project x = ipv4_compare('8.8.8.8', '172.31.9.8')
----
x:integer
-1
====
traces | take 1 | project x = parse_ipv4('255.255.255.255')
----
x:integer
4294967295
====
traces | take 1 | project x = format_ipv4(4294967295)
----
x:string
255.255.255.255
====
traces | take 1 | project x = ipv4_is_private('255.255.255.255')
----
x:boolean
false
====
traces | take 1 | project x = format_ipv4_mask('255.255.255.255', 8)
----
x:string
255.0.0.0/8
====
traces | take 1 | project x = parse_ipv4_mask('255.255.255.255', 8)
----
x:integer
4278190080
====
traces | take 1 | project x = format_ipv4_mask('255.255.255.255', 20)
----
x:string
255.255.240.0/20
====
traces | take 1 | project x = parse_ipv4_mask('255.255.255.255', 20)
----
x:integer
4294963200
====
traces | take 1 | project x = format_ipv4_mask('255.255.255.255', 31)
----
x:string
255.255.255.254/31
====
traces | take 1 | project x = parse_ipv4_mask('255.255.255.255', 31)
----
x:integer
4294967294
====
traces | take 1 | project r0 = ipv4_is_in_range('255.255.255.255', '192.168.0.0/16'), r1 = ipv4_is_in_range('255.255.255.255', '10.0.0.0/8'), r2 = ipv4_is_in_range('255.255.255.255', '8.8.8.0/24'), r3 = ipv4_is_in_range('255.255.255.255', '0.0.0.0/0')
----
r0:boolean | r1:boolean | r2:boolean | r3:boolean
false | false | false | true
====
traces | take 1 | project x = ipv4_is_in_any_range('255.255.255.255', dynamic(["192.168.0.0/16", "10.0.0.0/8", "8.8.8.0/24"]))
----
x:boolean
false
====
traces | take 1 | project x = ipv4_compare('255.255.255.255', '172.31.9.8')
----
x:integer
1

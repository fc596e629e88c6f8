| sort by span_id asc | project x = strlen(name)
----
x:integer
12
21
18
14
4
15
29
21
24
9
====
| sort by span_id asc | project x = string_size(strcat(name, 'ä€'))
----
x:integer
17
26
23
19
9
20
34
26
29
14
====
| sort by span_id asc | project x = toupper(name)
----
x:string
EXPIRE_HOLDS
GET /INSTRUCTORS/{ID}
SELECT INSTRUCTORS
POST /BOOKINGS
POST
INSERT BOOKINGS
APPLY_ASYNC/SEND_CONFIRMATION
RUN/SEND_CONFIRMATION
TOOLS/CALL FIND_BOOKINGS
100%_DONE
====
| sort by span_id asc | project x = tolower(name)
----
x:string
expire_holds
get /instructors/{id}
select instructors
post /bookings
post
insert bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = reverse(name)
----
x:string
sdloh_eripxe
}di{/srotcurtsni/ TEG
srotcurtsni TCELES
sgnikoob/ TSOP
TSOP
sgnikoob TRESNI
noitamrifnoc_dnes/cnysa_ylppa
noitamrifnoc_dnes/nur
sgnikoob_dnif llac/sloot
enod_%001
====
| sort by span_id asc | project x = totitle(name)
----
x:string
Expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
Apply_async/send_confirmation
Run/send_confirmation
Tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = isascii(name)
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
| sort by span_id asc | project x = substring(name, 0, 4)
----
x:string
expi
GET 
SELE
POST
POST
INSE
appl
run/
tool
100%
====
| sort by span_id asc | project x = substring(name, 4, 3)
----
x:string
re_
/in
CT 
 /b
""
RT 
y_a
sen
s/c
_do
====
| sort by span_id asc | project x = substring(name, 3, 100)
----
x:string
ire_holds
 /instructors/{id}
ECT instructors
T /bookings
T
ERT bookings
ly_async/send_confirmation
/send_confirmation
ls/call find_bookings
%_done
====
| sort by span_id asc | project x = substring(name, 40, 2)
----
x:string
""
""
""
""
""
""
""
""
""
""
====
| sort by span_id asc | project x = substring(name, 2, 0)
----
x:string
""
""
""
""
""
""
""
""
""
""
====
| sort by span_id asc | project x = substring(name, 0)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = substring(name, 5)
----
x:string
e_holds
instructors/{id}
T instructors
/bookings
""
T bookings
_async/send_confirmation
end_confirmation
/call find_bookings
done
====
| sort by span_id asc | project x = substring(name, 12)
----
x:string
""
tors/{id}
uctors
gs
""
ngs
send_confirmation
firmation
ind_bookings
""
====
| sort by span_id asc | project x = indexof(name, 'o')
----
x:integer
8
13
15
7
-1
8
18
10
1
6
====
| sort by span_id asc | project x = countof('o', name)
----
x:integer
1
1
1
2
0
2
2
2
4
1
====
| sort by span_id asc | project x = indexof(name, 'o', 6)
----
x:integer
8
13
15
7
-1
8
18
10
17
6
====
| sort by span_id asc | project x = replace_string('o', '<>', name)
----
x:string
expire_h<>lds
GET /instruct<>rs/{id}
SELECT instruct<>rs
POST /b<><>kings
POST
INSERT b<><>kings
apply_async/send_c<>nfirmati<>n
run/send_c<>nfirmati<>n
t<><>ls/call find_b<><>kings
100%_d<>ne
====
| sort by span_id asc | project x = split(name, 'o')
----
x:array
["expire_h","lds"]
["GET /instruct","rs/{id}"]
["SELECT instruct","rs"]
["POST /b","","kings"]
["POST"]
["INSERT b","","kings"]
["apply_async/send_c","nfirmati","n"]
["run/send_c","nfirmati","n"]
["t","","ls/call find_b","","kings"]
["100%_d","ne"]
====
| sort by span_id asc | project x = indexof(name, 'in')
----
x:integer
-1
5
7
10
-1
11
-1
-1
12
-1
====
| sort by span_id asc | project x = countof('in', name)
----
x:integer
0
1
1
1
0
1
0
0
2
0
====
| sort by span_id asc | project x = indexof(name, 'in', 6)
----
x:integer
-1
-1
7
10
-1
11
-1
-1
12
-1
====
| sort by span_id asc | project x = replace_string('in', '<>', name)
----
x:string
expire_holds
GET /<>structors/{id}
SELECT <>structors
POST /book<>gs
POST
INSERT book<>gs
apply_async/send_confirmation
run/send_confirmation
tools/call f<>d_book<>gs
100%_done
====
| sort by span_id asc | project x = split(name, 'in')
----
x:array
["expire_holds"]
["GET /","structors/{id}"]
["SELECT ","structors"]
["POST /book","gs"]
["POST"]
["INSERT book","gs"]
["apply_async/send_confirmation"]
["run/send_confirmation"]
["tools/call f","d_book","gs"]
["100%_done"]
====
| sort by span_id asc | project x = indexof(name, '/')
----
x:integer
-1
4
-1
5
-1
-1
11
3
5
-1
====
| sort by span_id asc | project x = countof('/', name)
----
x:integer
0
2
0
1
0
0
1
1
1
0
====
| sort by span_id asc | project x = indexof(name, '/', 6)
----
x:integer
-1
16
-1
-1
-1
-1
11
-1
-1
-1
====
| sort by span_id asc | project x = replace_string('/', '<>', name)
----
x:string
expire_holds
GET <>instructors<>{id}
SELECT instructors
POST <>bookings
POST
INSERT bookings
apply_async<>send_confirmation
run<>send_confirmation
tools<>call find_bookings
100%_done
====
| sort by span_id asc | project x = split(name, '/')
----
x:array
["expire_holds"]
["GET ","instructors","{id}"]
["SELECT instructors"]
["POST ","bookings"]
["POST"]
["INSERT bookings"]
["apply_async","send_confirmation"]
["run","send_confirmation"]
["tools","call find_bookings"]
["100%_done"]
====
| sort by span_id asc | project x = indexof(name, 'send')
----
x:integer
-1
-1
-1
-1
-1
-1
12
4
-1
-1
====
| sort by span_id asc | project x = countof('send', name)
----
x:integer
0
0
0
0
0
0
1
1
0
0
====
| sort by span_id asc | project x = indexof(name, 'send', 6)
----
x:integer
-1
-1
-1
-1
-1
-1
12
-1
-1
-1
====
| sort by span_id asc | project x = replace_string('send', '<>', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/<>_confirmation
run/<>_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = split(name, 'send')
----
x:array
["expire_holds"]
["GET /instructors/{id}"]
["SELECT instructors"]
["POST /bookings"]
["POST"]
["INSERT bookings"]
["apply_async/","_confirmation"]
["run/","_confirmation"]
["tools/call find_bookings"]
["100%_done"]
====
| sort by span_id asc | project x = indexof(name, 'zz')
----
x:integer
-1
-1
-1
-1
-1
-1
-1
-1
-1
-1
====
| sort by span_id asc | project x = countof('zz', name)
----
x:integer
0
0
0
0
0
0
0
0
0
0
====
| sort by span_id asc | project x = indexof(name, 'zz', 6)
----
x:integer
-1
-1
-1
-1
-1
-1
-1
-1
-1
-1
====
| sort by span_id asc | project x = replace_string('zz', '<>', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = split(name, 'zz')
----
x:array
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
| sort by span_id asc | project x = indexof(name, 'o', 0, -1, 2)
----
x:integer
-1
-1
-1
8
-1
9
27
19
2
-1
====
| sort by span_id asc | project x = indexof(name, 'o', 0, -1, 3)
----
x:integer
-1
-1
-1
-1
-1
-1
-1
-1
17
-1
====
| sort by span_id asc | project x = indexof(name, '/', 0, -1, 2)
----
x:integer
-1
16
-1
-1
-1
-1
-1
-1
-1
-1
====
| sort by span_id asc | project x = indexof(name, '/', 0, -1, 3)
----
x:integer
-1
-1
-1
-1
-1
-1
-1
-1
-1
-1
====
| sort by span_id asc | project x = trim('aeiou', name)
----
x:string
xpire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
pply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_don
====
| sort by span_id asc | project x = trim_start('aeiou', name)
----
x:string
xpire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
pply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = trim_end('aeiou', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_don
====
| sort by span_id asc | project x = trim('GEPOST ', name)
----
x:string
expire_holds
/instructors/{id}
LECT instructors
/bookings
""
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = trim_start('GEPOST ', name)
----
x:string
expire_holds
/instructors/{id}
LECT instructors
/bookings
""
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = trim_end('GEPOST ', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
""
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = trim('s', name)
----
x:string
expire_hold
GET /instructors/{id}
SELECT instructor
POST /booking
POST
INSERT booking
apply_async/send_confirmation
run/send_confirmation
tools/call find_booking
100%_done
====
| sort by span_id asc | project x = trim_start('s', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = trim_end('s', name)
----
x:string
expire_hold
GET /instructors/{id}
SELECT instructor
POST /booking
POST
INSERT booking
apply_async/send_confirmation
run/send_confirmation
tools/call find_booking
100%_done
====
| sort by span_id asc | project x = trim('1%0', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
_done
====
| sort by span_id asc | project x = trim_start('1%0', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
_done
====
| sort by span_id asc | project x = trim_end('1%0', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = translate('aeiou', '*', name)
----
x:string
*xp*r*_h*lds
GET /*nstr*ct*rs/{*d}
SELECT *nstr*ct*rs
POST /b**k*ngs
POST
INSERT b**k*ngs
*pply_*sync/s*nd_c*nf*rm*t**n
r*n/s*nd_c*nf*rm*t**n
t**ls/c*ll f*nd_b**k*ngs
100%_d*n*
====
| sort by span_id asc | project x = translate('o', '', name)
----
x:string
expire_hlds
GET /instructrs/{id}
SELECT instructrs
POST /bkings
POST
INSERT bkings
apply_async/send_cnfirmatin
run/send_cnfirmatin
tls/call find_bkings
100%_dne
====
| sort by span_id asc | project x = translate('abc', 'xyz', name)
----
x:string
expire_holds
GET /instruztors/{id}
SELECT instruztors
POST /yookings
POST
INSERT yookings
xpply_xsynz/send_zonfirmxtion
run/send_zonfirmxtion
tools/zxll find_yookings
100%_done
====
| sort by span_id asc | project x = translate('/_ ', '-.+', name)
----
x:string
expire.holds
GET+-instructors-{id}
SELECT+instructors
POST+-bookings
POST
INSERT+bookings
apply.async-send.confirmation
run-send.confirmation
tools-call+find.bookings
100%.done
====
| sort by span_id asc | project x = base64_encode_tostring(name)
----
x:string
ZXhwaXJlX2hvbGRz
R0VUIC9pbnN0cnVjdG9ycy97aWR9
U0VMRUNUIGluc3RydWN0b3Jz
UE9TVCAvYm9va2luZ3M=
UE9TVA==
SU5TRVJUIGJvb2tpbmdz
YXBwbHlfYXN5bmMvc2VuZF9jb25maXJtYXRpb24=
cnVuL3NlbmRfY29uZmlybWF0aW9u
dG9vbHMvY2FsbCBmaW5kX2Jvb2tpbmdz
MTAwJV9kb25l
====
| sort by span_id asc | project x = base64_decode_tostring(base64_encode_tostring(name))
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = base64_decode_toarray(base64_encode_tostring(substring(name, 0, 3)))
----
x:array
[101,120,112]
[71,69,84]
[83,69,76]
[80,79,83]
[80,79,83]
[73,78,83]
[97,112,112]
[114,117,110]
[116,111,111]
[49,48,48]
====
| sort by span_id asc | project x = url_encode(name)
----
x:string
expire_holds
GET%20%2Finstructors%2F%7Bid%7D
SELECT%20instructors
POST%20%2Fbookings
POST
INSERT%20bookings
apply_async%2Fsend_confirmation
run%2Fsend_confirmation
tools%2Fcall%20find_bookings
100%25_done
====
| sort by span_id asc | project x = url_decode(url_encode(name))
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = quote(name)
----
x:string
"expire_holds"
"GET /instructors/{id}"
"SELECT instructors"
"POST /bookings"
"POST"
"INSERT bookings"
"apply_async/send_confirmation"
"run/send_confirmation"
"tools/call find_bookings"
"100%_done"
====
| sort by span_id asc | project x = unicode_codepoints_from_string(substring(name, 0, 3))
----
x:array
[101,120,112]
[71,69,84]
[83,69,76]
[80,79,83]
[80,79,83]
[73,78,83]
[97,112,112]
[114,117,110]
[116,111,111]
[49,48,48]
====
| sort by span_id asc | project x = unicode_codepoints_to_string(unicode_codepoints_from_string(name))
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = strcat(kind, '/', name)
----
x:string
internal/expire_holds
server/GET /instructors/{id}
client/SELECT instructors
server/POST /bookings
client/POST
client/INSERT bookings
producer/apply_async/send_confirmation
consumer/run/send_confirmation
server/tools/call find_bookings
unspecified/100%_done
====
| sort by span_id asc | project x = strcat(name, ['service.name'], 1)
----
x:string
expire_holdsinstainstru-beat1
GET /instructors/{id}instainstru-preview-api1
SELECT instructorsinstainstru-preview-api1
POST /bookingsinstainstru-api1
POSTinstainstru-api1
INSERT bookingsinstainstru-api1
apply_async/send_confirmationinstainstru-api1
run/send_confirmationinstainstru-worker1
tools/call find_bookingsinstainstru-mcp1
100%_done1
====
| sort by span_id asc | project x = strcat_delim('-', kind, strlen(name), name)
----
x:string
internal-12-expire_holds
server-21-GET /instructors/{id}
client-18-SELECT instructors
server-14-POST /bookings
client-4-POST
client-15-INSERT bookings
producer-29-apply_async/send_confirmation
consumer-21-run/send_confirmation
server-24-tools/call find_bookings
unspecified-9-100%_done
====
| sort by span_id asc | project x = strrep(substring(name, 0, 2), 3, '.')
----
x:string
ex.ex.ex
GE.GE.GE
SE.SE.SE
PO.PO.PO
PO.PO.PO
IN.IN.IN
ap.ap.ap
ru.ru.ru
to.to.to
10.10.10
====
| sort by span_id asc | project x = strcmp(name, 'b')
----
x:integer
1
-1
-1
-1
-1
-1
-1
1
1
-1
====
| sort by span_id asc | project x = strcmp(name, kind)
----
x:integer
-1
-1
-1
-1
-1
-1
-1
1
1
-1
====
| sort by span_id asc | project x = hash_md5(name)
----
x:string
8311eb742fcabbed66002ce122ccdf16
ac61af12d0f7b01f738cd737cd093cd8
44abb5988045d097e660ab74c3d1daee
5cc6cbbe2adc722881b31048159a7c4e
a02439ec229d8be0e74b0c1602392310
d3c8f4dbe714fa48963abc0b9b7e7fdc
c4eda225d5d3c275169ba3540fb4dc70
163c00cdb22a4baae67ffb8bb20e8d2b
98a5d30315e094efbd9645e8c06c8231
b2a7072229f2e1e01de47f734179f710
====
| sort by span_id asc | project x = hash_sha1(name)
----
x:string
e2a47531adebc2f416b366b731858de2522768fb
2a9a863ecf565cb366ceda5ee31713f5dd646ce1
0d64da525ef8589dd3d10896cc3cf2afdf263963
5cc028082ccb57093be56e4b79c749faf46478e3
61ff81c30aa3c76e78afea62b2e3bd1dfa49e854
aa658893965982a959975bcb387b5cd7c832df5c
159934dd5a23702dbcae6430e3ef0789eef780ec
36263353d9fcb11212e6189d15c928f9ad50c088
44a4730ed8d299f1f5eae98beb31a57f2c070829
b89e7c8891af269147090e35a952b8d19f15b846
====
| sort by span_id asc | project x = hash_sha256(name)
----
x:string
692baf9f4cf8a26c6915c5be1802dec8d8570f7e903a5685c98ef0355f1a7831
c80e293130ba0ee4fcc1c2851db69595be457e6b6da834f4cd2d108a92e21887
5b5e0d8d4de49e43e60e509a0e45ad3b5e5cb1f4f59302cdbaf48dfe21994689
a1744108ce31c49ee18919c63354ea81a441e67c044132af5e912659dc9a9378
9aee6b1bcdf617d8e39bb1f2b624c68ea33deb9d48e0364aeaded836d3d00293
e080d92056068ab41fb1fb793670555436d50c1a0d84603077ab3a457b1b9509
331aaca0245b289206d99c97f3d847553b2684845da4eb72dedcc46927b77adf
4dd83f68faf1d8b33914fffd1caf1f05dacaa6bb6212a1ba3dc37c3805abbeb9
8a0b5b8e1b0b7fcd0a955928fe64f2d0ff20f00cc31798fcebd6f3e55c99f7fb
7beb28791e12f487947329c2d296473c57dd43f4ecb4fcce164d9ba16ac66ca0
====
| sort by span_id asc | project x = hash_sha512(name)
----
x:string
843e109896f020ffeb299444f080daf710761593217a0b23335f94682d755d81453d4ae74401e861d73ba01852c1400d3474f52b890443366e9ec9afa2479c07
9f68c962d00113bb52b7d417ffc464502586f3f8b4d0a6bc796e980fbcdb3216af020510927f2facdbe8ad7e07043b049b664760dfdd2f909b0eca95b7016bf3
e75224f347bbe35a156a6e345e0e28e8a6896a4051f04dfa25dbf6d35eed92ec631af2506d3e94b108c037496a3f7331955cdc9031647b92ecd9af219650ee5a
5e1749eacef33527175651c0ab6f49bcbdee1d4ae605eaa83b0295443cc934e8b3dd901c0dcc393520acab5216cc6d79b2a2ffebb925151bfaa07759a5973a58
9b3e19cadc173f317e127496dbc4c8d2c92ca754c014590f97cf16b0c27e5c02a3a44a19aea373f3d5266f791f070529ed85edcffc2f1cf4bcc1b0c248f73f6a
29206cd8b31162e34fedfebc693d4b4dc89cafb40cc8aebc7f66f56600f3f85147d804301c9b4b272c4fba4ecb7d50db3d71cc118695ddd4caf549b5b919d4b9
c950b79cd3c231c60eef46224b193418e3a8967f288a4f7f0dfc2d84e9c532f8576fc3ba6d581758566031c79d63805c47e1cc7123b3b22824253b487870350d
092d8ca322792c2bd7bd2718e474008a8edf9ab3b1f7c581fc42305dfa4b0333ff49777c5ae6b0b054b77c454294a859ce6e025720df6d7230e79743759138c9
e10719efb919b7a0777a9042a6711201992365f30bea304a5a38e82a45073b2beca5e5d02df27c88f11e41ca238b9cbfe4b86501e04b1a91b9fcdbcc8b03f29d
f03fe240b2f74841f336cb8d005eccbcf3ba832e9b178181bcb5bdea9ba8ce25ebbc07f7369e3fe89dbd42fcadbe385684deea8798d587d0a0c0c78120fee767
====
| sort by span_id asc | project x = parse_url(strcat('https://u:p@example.com:81/', url_encode(name), '?q=1')).path
----
x:unknown
"/expire_holds"
"/GET%20%2Finstructors%2F%7Bid%7D"
"/SELECT%20instructors"
"/POST%20%2Fbookings"
"/POST"
"/INSERT%20bookings"
"/apply_async%2Fsend_confirmation"
"/run%2Fsend_confirmation"
"/tools%2Fcall%20find_bookings"
"/100%25_done"
====
| sort by span_id asc | project x = gettype(['http.status_code'])
----
x:string
null
long
null
long
long
null
null
long
null
null
====
traces | take 1 | project x = parse_urlquery("a=1&b=2")
----
x:map
{"a":"1","b":"2"}
====
traces | take 1 | project x = parse_urlquery("x=%41+b&y=")
----
x:map
{"x":"A b","y":""}
====
traces | take 1 | project x = parse_urlquery("q=%C3%A4")
----
x:map
{"q":"ä"}
====
traces | take 1 | project x = parse_urlquery("")
----
x:map
{}
====
traces | take 1 | project x = parse_csv("a,b,c")
----
x:array
["a","b","c"]
====
traces | take 1 | project x = parse_csv("\"a,b\",c")
----
x:array
["a,b","c"]
====
traces | take 1 | project x = parse_csv("x,\"q \"\"z\"\"\",")
----
x:array
["x","q \"z\"",""]
====
traces | take 1 | project x = parse_csv("one")
----
x:array
["one"]
====
traces | take 1 | project x = format_bytes(0, 0)
----
x:string
0 Bytes
====
traces | take 1 | project x = format_bytes(1023, 0)
----
x:string
1023 Bytes
====
traces | take 1 | project x = format_bytes(1024, 0)
----
x:string
1 KB
====
traces | take 1 | project x = format_bytes(1536, 1)
----
x:string
1.5 KB
====
traces | take 1 | project x = format_bytes(123456789, 2)
----
x:string
117.74 MB
====
traces | take 1 | project x = format_bytes(5497558138880, 3)
----
x:string
5.000 TB
====
traces | take 1 | project x = parse_bytes("1 KB")
----
x:integer
1024
====
traces | take 1 | project x = parse_bytes("2.5 MB")
----
x:integer
2621440
====
traces | take 1 | project x = parse_bytes("7")
----
x:integer
7
====
traces | take 1 | project x = parse_bytes("3GiB")
----
x:integer
3221225472
====
traces | take 1 | project x = parse_bytes("x MB")
----
x:integer
0

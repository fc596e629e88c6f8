"""Cases of functions, operators of values and aggregations, with answers worked out by Python's own library.

Writes the files `tests/ok/by_python_*.apl`: run it as `python3 crates/apl/tests/generate/scalars.py` after a change
here, and look at what it changed. Nothing of the answers comes from the program under test. The rows are those of
`tests/it/spans.rs`.
"""

import base64
import calendar
import csv
import datetime as dt
import hashlib
import ipaddress
import json
import math
import random
import re
import statistics
import urllib.parse
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "ok"

# id, name, kind, nanoseconds, service, http.status_code, ms before the query's time
SPANS = [
    ("7000000000000001", "expire_holds", "internal", 2_000_000, "instainstru-beat", None, 30_000),
    ("a000000000000001", "GET /instructors/{id}", "server", 1_200_000_000, "instainstru-preview-api", 500, 60_000),
    ("a000000000000002", "SELECT instructors", "client", 100_000_000, "instainstru-preview-api", None, 59_990),
    ("b000000000000001", "POST /bookings", "server", 250_000_000, "instainstru-api", 201, 120_000),
    ("b000000000000002", "POST", "client", 120_000_000, "instainstru-api", 200, 119_900),
    ("b000000000000003", "INSERT bookings", "client", 4_470_000, "instainstru-api", None, 119_700),
    ("b000000000000004", "apply_async/send_confirmation", "producer", 1_000_000, "instainstru-api", None, 119_600),
    ("b000000000000005", "run/send_confirmation", "consumer", 23_330_000, "instainstru-worker", 503, 90_000),
    ("c000000000000001", "tools/call find_bookings", "server", 369_000, "instainstru-mcp", None, 10_000),
    ("c000000000000002", "100%_done", "unspecified", 0, None, None, 5_000),
]
NAMES = [span[1] for span in SPANS]
KINDS = [span[2] for span in SPANS]
NANOS = [span[3] for span in SPANS]
SERVICES = [span[4] for span in SPANS]
CODES = [span[5] for span in SPANS]
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.timezone.utc)

CASES = {}


def text(value):
    """A value as the corpus shows it."""
    if value is None:
        return "null"
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, (list, dict)):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    if isinstance(value, dt.datetime):
        return moment(value)
    if value == "":
        return '""'
    return str(value)


def moment(time, nanos=None):
    whole = time.strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f"{time.microsecond * 1000 if nanos is None else nanos:09}".rstrip("0")
    return f"{time.year:04}{whole[4:]}{'.' + fraction if fraction else ''}Z"


def timespan(nanos):
    """As Go writes a duration."""
    if nanos == 0:
        return "0s"
    sign, size = ("-" if nanos < 0 else ""), abs(nanos)
    for unit, name in ((1, "ns"), (1_000, "µs"), (1_000_000, "ms")):
        if size < min(unit * 1_000, 1_000_000_000):
            return f"{sign}{decimal(size, unit)}{name}"
    hours, rest = divmod(size, 3_600_000_000_000)
    minutes, rest = divmod(rest, 60_000_000_000)
    out = f"{decimal(rest, 1_000_000_000)}s"
    if hours or minutes:
        out = f"{minutes}m{out}"
    return sign + (f"{hours}h{out}" if hours else out)


def decimal(size, unit):
    whole, rest = divmod(size, unit)
    digits = len(str(unit)) - 1
    fraction = f"{rest:0{digits}}".rstrip("0") if rest else ""
    return f"{whole}.{fraction}" if fraction else str(whole)


def quoted(value):
    """A literal of the language."""
    if value is None:
        return "dynamic(null)"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, dict)):
        return f"dynamic({json.dumps(value, ensure_ascii=False)})"
    return text(value)


def case(family, query, answer):
    CASES.setdefault(family, []).append(f"{query}\n----\n{answer}")


def constant(family, expression, kind, value):
    case(family, f"traces | take 1 | project x = {expression}", f"x:{kind}\n{text(value)}")


def column(family, expression, kind, values):
    rows = "\n".join(text(value) for value in values)
    case(family, f"| sort by span_id asc | project x = {expression}", f"x:{kind}\n{rows}")


def texts():
    f = "texts"

    def names(expression, kind, function):
        column(f, expression, kind, [function(name) for name in NAMES])

    names("strlen(name)", "integer", len)
    names("string_size(strcat(name, 'ä€'))", "integer", lambda n: len((n + "ä€").encode()))
    names("toupper(name)", "string", str.upper)
    names("tolower(name)", "string", str.lower)
    names("reverse(name)", "string", lambda n: n[::-1])
    names("totitle(name)", "string", lambda n: n[:1].upper() + n[1:])
    names("isascii(name)", "boolean", str.isascii)
    for start, length in ((0, 4), (4, 3), (3, 100), (40, 2), (2, 0)):
        names(f"substring(name, {start}, {length})", "string", lambda n: n[start:start + length])
    for start in (0, 5, 12):
        names(f"substring(name, {start})", "string", lambda n: n[start:])
    for search in ("o", "in", "/", "send", "zz"):
        names(f"indexof(name, '{search}')", "integer", lambda n: n.find(search))
        names(f"countof('{search}', name)", "integer", lambda n: n.count(search))
        names(f"indexof(name, '{search}', 6)", "integer", lambda n: n.find(search, 6))
        names(f"replace_string('{search}', '<>', name)", "string", lambda n: n.replace(search, "<>"))
        names(f"split(name, '{search}')", "array", lambda n: n.split(search))
    for search in ("o", "/"):
        for occurrence in (2, 3):
            def nth(n):
                at = -1
                for _ in range(occurrence):
                    at = n.find(search, at + 1)
                    if at < 0:
                        return -1
                return at
            names(f"indexof(name, '{search}', 0, -1, {occurrence})", "integer", nth)
    for cut in ("aeiou", "GEPOST ", "s", "1%0"):
        names(f"trim('{cut}', name)", "string", lambda n: n.strip(cut))
        names(f"trim_start('{cut}', name)", "string", lambda n: n.lstrip(cut))
        names(f"trim_end('{cut}', name)", "string", lambda n: n.rstrip(cut))
    for source, target in (("aeiou", "*"), ("o", ""), ("abc", "xyz"), ("/_ ", "-.+")):
        def translated(n):
            table = {}
            for place, letter in enumerate(source):
                table.setdefault(letter, target[place] if place < len(target) else target[-1:])
            return "".join(table.get(letter, letter) for letter in n)
        names(f"translate('{source}', '{target}', name)", "string", translated)
    names("base64_encode_tostring(name)", "string", lambda n: base64.b64encode(n.encode()).decode())
    names("base64_decode_tostring(base64_encode_tostring(name))", "string", lambda n: n)
    names("base64_decode_toarray(base64_encode_tostring(substring(name, 0, 3)))", "array", lambda n: list(n[:3].encode()))
    names("url_encode(name)", "string", lambda n: urllib.parse.quote(n, safe="-_.~"))
    names("url_decode(url_encode(name))", "string", lambda n: n)
    names("quote(name)", "string", lambda n: json.dumps(n, ensure_ascii=False))
    names("unicode_codepoints_from_string(substring(name, 0, 3))", "array", lambda n: [ord(c) for c in n[:3]])
    names("unicode_codepoints_to_string(unicode_codepoints_from_string(name))", "string", lambda n: n)
    names("strcat(kind, '/', name)", "string", lambda n: f"{KINDS[NAMES.index(n)]}/{n}")
    names("strcat(name, ['service.name'], 1)", "string", lambda n: f"{n}{SERVICES[NAMES.index(n)] or ''}1")
    names("strcat_delim('-', kind, strlen(name), name)", "string", lambda n: f"{KINDS[NAMES.index(n)]}-{len(n)}-{n}")
    names("strrep(substring(name, 0, 2), 3, '.')", "string", lambda n: ".".join([n[:2]] * 3))
    names("strcmp(name, 'b')", "integer", lambda n: (n > "b") - (n < "b"))
    names("strcmp(name, kind)", "integer", lambda n: (n > KINDS[NAMES.index(n)]) - (n < KINDS[NAMES.index(n)]))
    for algorithm in ("md5", "sha1", "sha256", "sha512"):
        names(f"hash_{algorithm}(name)", "string", lambda n: hashlib.new(algorithm, n.encode()).hexdigest())
    names("parse_url(strcat('https://u:p@example.com:81/', url_encode(name), '?q=1')).path", "unknown",
          lambda n: json.dumps("/" + urllib.parse.quote(n, safe="-_.~")))
    names("gettype(['http.status_code'])", "string", lambda n: "null" if CODES[NAMES.index(n)] is None else "long")
    for query in ("a=1&b=2", "x=%41+b&y=", "q=%C3%A4", ""):
        pairs = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        constant(f, f"parse_urlquery({quoted(query)})", "map", pairs)
    for line in ("a,b,c", '"a,b",c', 'x,"q ""z""",', "one"):
        constant(f, f"parse_csv({quoted(line)})", "array", next(csv.reader([line])))
    for size, digits in ((0, 0), (1023, 0), (1024, 0), (1536, 1), (123456789, 2), (5 * 1024**4, 3)):
        power = next((p for p in range(6, 0, -1) if size >= 1024**p), 0)
        unit = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"][power]
        constant(f, f"format_bytes({size}, {digits})", "string", f"{size / 1024**power:.{digits}f} {unit}")
    for written, size in (("1 KB", 1024), ("2.5 MB", 2621440), ("7", 7), ("3GiB", 3 * 1024**3), ("x MB", 0)):
        constant(f, f"parse_bytes({quoted(written)})", "integer", size)


def patterns():
    f = "patterns"
    for pattern in ("[a-z]+", "[A-Z]+ ", "(in|se)[a-z]", "[^a-z]+$", "^[0-9]+", "o.", "zz"):
        written = quoted(pattern)
        regex = re.compile(pattern)
        column(f, f"name matches regex {written}", "boolean", [regex.search(n) is not None for n in NAMES])
        column(f, f"countof_regex({written}, name)", "integer", [len(list(regex.finditer(n))) for n in NAMES])
        found = [regex.search(n) for n in NAMES]
        column(f, f"extract({written}, 0, name)", "string", [m and m.group(0) for m in found])
        column(f, f"indexof_regex(name, {written})", "integer", [m.start() if m else -1 for m in found])
        column(f, f"replace_regex({written}, '#', name)", "string", [regex.sub("#", n) for n in NAMES])
        column(f, f"trim_start_regex({written}, name)", "string",
               [n[m.end():] if m and m.start() == 0 else n for n, m in zip(NAMES, found)])
    pairs = re.compile("([a-z])([a-z])")
    column(f, 'replace_regex("([a-z])([a-z])", "$2$1", name)', "string", [pairs.sub(r"\2\1", n) for n in NAMES])
    column(f, 'replace_regex("([a-z])([a-z])", "\\\\1.", name)', "string", [pairs.sub(r"\1.", n) for n in NAMES])
    column(f, 'extract_all("([a-z])([a-z])", dynamic([2]), name)', "array", [[m[1] for m in pairs.findall(n)] for n in NAMES])
    column(f, 'extract_all("([a-z])([a-z])", name)', "array", [[list(m) for m in pairs.findall(n)] for n in NAMES])
    column(f, 'extract("([a-z]+)/([a-z]+)", 2, name)', "string",
           [m and m.group(2) for m in (re.search("([a-z]+)/([a-z]+)", n) for n in NAMES)])


def terms(value):
    """The longest runs of letters and digits."""
    return re.findall(r"[^\W_]+", value)


def operators():
    f = "operators"

    def check(operator, function, needles):
        for needle in needles:
            for cs in (False, True):
                for negated in (False, True):
                    fold = (lambda s: s) if cs else str.lower
                    name = f"{'!' if negated else ''}{operator}{'_cs' if cs else ''}"
                    answers = [function(fold(n), fold(needle)) != negated for n in NAMES]
                    column(f, f"name {name} {quoted(needle)}", "boolean", answers)

    check("contains", lambda n, s: s in n, ("BOOK", "_"))
    check("startswith", str.startswith, ("post",))
    check("endswith", str.endswith, ("S",))
    check("has", lambda n, s: s in terms(n), ("bookings", "Send"))
    check("hasprefix", lambda n, s: any(t.startswith(s) for t in terms(n)), ("INS",))
    check("hassuffix", lambda n, s: any(t.endswith(s) for t in terms(n)), ("ings",))
    for needles in (["post", "done"], ["send", "xyz"]):
        listed = ", ".join(quoted(n) for n in needles)
        column(f, f"name has_any ({listed})", "boolean", [any(s in terms(n.lower()) for s in needles) for n in NAMES])
        column(f, f"name has_any (dynamic({json.dumps(needles)}))", "boolean",
               [any(s in terms(n.lower()) for s in needles) for n in NAMES])
        column(f, f"name has_any_cs ({listed})", "boolean", [any(s in terms(n) for s in needles) for n in NAMES])
    column(f, 'name in~ ("post", "EXPIRE_HOLDS")', "boolean", [n.lower() in ("post", "expire_holds") for n in NAMES])
    column(f, 'kind !in ("server", "client")', "boolean", [k not in ("server", "client") for k in KINDS])
    column(f, "['http.status_code'] in (200, 503)", "boolean", [c in (200, 503) for c in CODES])
    column(f, "['http.status_code'] !in (200, 503)", "boolean", [c not in (200, 503) for c in CODES])
    column(f, "['http.status_code'] between (200 .. 500)", "boolean", [c is not None and 200 <= c <= 500 for c in CODES])
    column(f, "['http.status_code'] !between (200 .. 500)", "boolean", [not (c is not None and 200 <= c <= 500) for c in CODES])
    column(f, "duration between (1ms .. 100ms)", "boolean", [10**6 <= n <= 10**8 for n in NANOS])
    column(f, "name between ('a' .. 'f')", "boolean", ["a" <= n <= "f" for n in NAMES])
    column(f, "['service.name'] == 'instainstru-api'", "boolean", [s == "instainstru-api" for s in SERVICES])
    column(f, "['service.name'] != 'instainstru-api'", "boolean", [s != "instainstru-api" for s in SERVICES])
    column(f, "['http.status_code'] < 500", "boolean", [c is not None and c < 500 for c in CODES])
    column(f, "name =~ 'POST'", "boolean", [n.lower() == "post" for n in NAMES])


def rounded(value, digits=6):
    """A float as the language shows one."""
    value = round(value, digits)
    return f"{value:.1f}" if value == int(value) else repr(value)


def numbers():
    f = "numbers"
    values = [(n, n / 1e6) for n in NANOS]
    functions = {
        "sqrt": math.sqrt, "exp2": lambda x: 2.0**(x / 100), "sin": math.sin, "cos": math.cos, "atan": math.atan,
        "degrees": math.degrees, "radians": math.radians,
    }
    for name, function in functions.items():
        argument = "duration / 100ms" if name == "exp2" else "duration / 1ms"
        column(f, f"round({name}({argument}), 6)", "float", [rounded(function(ms)) for _, ms in values])
    for name, function in (("log", math.log), ("log2", math.log2), ("log10", math.log10)):
        column(f, f"round({name}(duration / 1ms), 6)", "float", [None if ms <= 0 else rounded(function(ms)) for _, ms in values])
    column(f, "round(pow(strlen(kind), 3) / 7, 4)", "float", [rounded(len(k)**3 / 7, 4) for k in KINDS])
    column(f, "sign(strlen(kind) - 8)", "integer", [(len(k) > 8) - (len(k) < 8) for k in KINDS])
    column(f, "abs(strlen(kind) - 8)", "integer", [abs(len(k) - 8) for k in KINDS])
    column(f, "floor(duration / 7ms)", "integer", [math.floor(ms / 7) for _, ms in values])
    column(f, "ceiling(duration / 7ms)", "integer", [math.ceil(ms / 7) for _, ms in values])
    column(f, "bin(strlen(name), 5)", "integer", [len(n) // 5 * 5 for n in NAMES])
    column(f, "bin(duration, 30ms)", "timespan", [timespan(n // 30_000_000 * 30_000_000) for n in NANOS])
    column(f, "max_of(strlen(name), strlen(kind), 10)", "integer", [max(len(n), len(k), 10) for n, k in zip(NAMES, KINDS)])
    column(f, "min_of(strlen(name), ['http.status_code'])", "integer",
           [len(n) if c is None else min(len(n), c) for n, c in zip(NAMES, CODES)])
    column(f, "max_of(name, kind)", "string", [max(n, k) for n, k in zip(NAMES, KINDS)])
    column(f, "min_of(duration, 5ms)", "timespan", [timespan(min(n, 5_000_000)) for n in NANOS])
    column(f, "tohex(strlen(name) * 1000)", "string", [f"{len(n) * 1000:x}" for n in NAMES])
    column(f, "isint(duration / 1ms)", "boolean", [float(ms).is_integer() for _, ms in values])
    column(f, "strlen(name) % 7 + strlen(kind) * 2", "integer", [len(n) % 7 + len(k) * 2 for n, k in zip(NAMES, KINDS)])
    for number in (1, 2.5, 5, 0.5, 10.25):
        constant(f, f"round(gamma({number}), 6)", "float", rounded(math.gamma(number)))
        constant(f, f"round(loggamma({number}), 6)", "float", rounded(math.lgamma(number)))
    for y, x in ((1, 1), (-1, 2), (0, -1), (3, -0.5)):
        constant(f, f"round(atan2({y}, {x}), 6)", "float", rounded(math.atan2(y, x)))
    for start, stop, step in ((0, 10, 3), (5, 5, 1), (-4, 4, 2), (10, 1, 1)):
        constant(f, f"range({start}, {stop}, {step})", "array", list(range(start, stop + 1, step)))


def moments():
    f = "moments"
    times = [
        dt.datetime(2024, 2, 29, 13, 14, 15, 123456), dt.datetime(2023, 12, 31, 23, 59, 59), dt.datetime(2021, 1, 3),
        dt.datetime(1969, 7, 20, 20, 17, 40), dt.datetime(2026, 11, 22, 10, 0, 0, 5),
    ]
    end = dt.timedelta(microseconds=1)
    for time in times:
        written = f"datetime({moment(time)})"
        day = time.replace(hour=0, minute=0, second=0, microsecond=0)
        week = day - dt.timedelta(days=(time.weekday() + 1) % 7)
        month, year = day.replace(day=1), day.replace(month=1, day=1)
        next_month = (month + dt.timedelta(days=32)).replace(day=1)
        for name, start, after in (
            ("day", day, day + dt.timedelta(days=1)), ("week", week, week + dt.timedelta(days=7)),
            ("month", month, next_month), ("year", year, year.replace(year=year.year + 1)),
        ):
            constant(f, f"startof{name}({written})", "datetime", start)
            constant(f, f"endof{name}({written})", "datetime", moment(after - end, 999_999_999))
        parts = {
            "year": time.year, "quarter": (time.month + 2) // 3, "month": time.month, "day": time.day,
            "week_of_year": time.isocalendar()[1], "dayOfYear": time.timetuple().tm_yday, "hour": time.hour,
            "minute": time.minute, "second": time.second, "microsecond": time.microsecond,
        }
        names = ", ".join(f"{part} = datetime_part('{part}', {written})" for part in parts)
        header = " | ".join(f"{part}:integer" for part in parts)
        row = " | ".join(str(value) for value in parts.values())
        case(f, f"traces | take 1 | project {names}", f"{header}\n{row}")
        calls = {
            "dayofweek": (time.weekday() + 1) % 7, "dayofmonth": time.day, "dayofyear": parts["dayOfYear"],
            "hourofday": time.hour, "monthofyear": time.month, "getmonth": time.month, "getyear": time.year,
            "week_of_year": parts["week_of_year"],
        }
        names = ", ".join(f"{call} = {call}({written})" for call in calls)
        header = " | ".join(f"{call}:integer" for call in calls)
        case(f, f"traces | take 1 | project {names}", f"{header}\n{' | '.join(map(str, calls.values()))}")
        for part, count in (("year", 1), ("quarter", -3), ("month", 13), ("week", 2), ("day", -40), ("hour", 100), ("second", -7)):
            constant(f, f"datetime_add('{part}', {count}, {written})", "datetime", later(time, part, count))
    for part in ("year", "quarter", "month", "week", "day", "hour", "minute"):
        for a, b in ((times[0], times[1]), (times[2], times[0]), (times[4], times[3])):
            expression = f"datetime_diff('{part}', datetime({moment(a)}), datetime({moment(b)}))"
            constant(f, expression, "integer", periods(a, part) - periods(b, part))
    for unit, scale in (("seconds", 1), ("milliseconds", 10**3), ("microseconds", 10**6)):
        for time in times[:3]:
            since = calendar.timegm(time.timetuple()) * scale
            constant(f, f"unixtime_{unit}_todatetime({since})", "datetime", time.replace(microsecond=0))
    column(f, "bin(_time, 1m)", "datetime", [at(span).replace(second=0, microsecond=0) for span in SPANS])
    column(f, "startofday(_time, -1)", "datetime", [dt.datetime(2026, 11, 21)] * 10)
    column(f, "datetime_part('second', _time)", "integer", [at(span).second for span in SPANS])
    column(f, "datetime_diff('second', now(), _time)", "integer",
           [int(NOW.timestamp()) - math.floor(at(span).timestamp()) for span in SPANS])
    column(f, "now() - _time", "timespan", [timespan(span[6] * 10**6) for span in SPANS])


def at(span):
    return NOW - dt.timedelta(milliseconds=span[6])


def later(time, part, count):
    months = {"year": 12, "quarter": 3, "month": 1}.get(part)
    if months is None:
        return time + dt.timedelta(**{f"{part}s": count})
    total = time.year * 12 + time.month - 1 + count * months
    year, month = divmod(total, 12)
    day = min(time.day, calendar.monthrange(year, month + 1)[1])
    return time.replace(year=year, month=month + 1, day=day)


def periods(time, part):
    """How many borders of a part lie between a far past and a time."""
    if part in ("year", "quarter", "month"):
        return (time.year * 12 + time.month - 1) // {"year": 12, "quarter": 3, "month": 1}[part]
    since = time - dt.datetime(1960, 1, 3)  # a Sunday
    return since // {"week": dt.timedelta(days=7), "day": dt.timedelta(days=1), "hour": dt.timedelta(hours=1),
                     "minute": dt.timedelta(minutes=1)}[part]


def arrays():
    f = "arrays"
    chance = random.Random(7)
    for _ in range(6):
        a = [chance.randrange(10) for _ in range(chance.randrange(2, 8))]
        b = [chance.randrange(10) for _ in range(chance.randrange(1, 6))]
        n = chance.randrange(-4, 9)
        distinct = list(dict.fromkeys(a))
        x, y = quoted(a), quoted(b)
        constant(f, f"array_concat({x}, {y})", "array", a + b)
        constant(f, f"array_reverse({x})", "array", a[::-1])
        constant(f, f"array_rotate_left({x}, {n})", "array", a[n % len(a):] + a[:n % len(a)])
        constant(f, f"array_rotate_right({x}, {n})", "array", a[-n % len(a):] + a[:-n % len(a)])
        constant(f, f"array_shift_left({x}, {n})", "array", [a[i + n] if 0 <= i + n < len(a) else None for i in range(len(a))])
        constant(f, f"array_shift_right({x}, {n}, 0)", "array", [a[i - n] if 0 <= i - n < len(a) else 0 for i in range(len(a))])
        constant(f, f"array_slice({x}, 1, {n})", "array", a[1:n])
        constant(f, f"array_sort_asc({x})", "array", sorted(a))
        constant(f, f"array_sort_desc({x})", "array", sorted(a, reverse=True))
        constant(f, f"array_sum({x})", "unknown", sum(a))
        constant(f, f"array_index_of({x}, {b[0]})", "integer", a.index(b[0]) if b[0] in a else -1)
        constant(f, f"set_union({x}, {y})", "array", list(dict.fromkeys(a + b)))
        constant(f, f"set_intersect({x}, {y})", "array", [v for v in distinct if v in b])
        constant(f, f"set_difference({x}, {y})", "array", [v for v in distinct if v not in b])
        constant(f, f"set_has_element({x}, {b[0]})", "boolean", b[0] in a)
        constant(f, f"strcat_array({x}, '-')", "string", "-".join(map(str, a)))
        constant(f, f"array_split({x}, 2)", "array", [a[:2], a[2:]])
        constant(f, f"bag_zip(split('a,b,c', ','), {x})", "map", dict(zip("abc", a)))
        constant(f, f"{x}[{n}]", "unknown", a[n] if -len(a) <= n < len(a) else None)
    column(f, "array_length(split(name, ' '))", "integer", [len(n.split(" ")) for n in NAMES])
    column(f, "split(name, '/')[-1]", "unknown", [json.dumps(n.split("/")[-1]) for n in NAMES])
    column(f, "array_sort_asc(split(kind, 'e'))", "array", [sorted(k.split("e")) for k in KINDS])
    column(f, "pack_array(kind, strlen(name), ['http.status_code'])", "array", [[k, len(n), c] for n, k, c in zip(NAMES, KINDS, CODES)])
    column(f, "bag_pack('k', kind, 'n', strlen(name))", "map", [{"k": k, "n": len(n)} for n, k in zip(NAMES, KINDS)])
    column(f, "bag_pack('k', kind).k == kind", "boolean", [True] * 10)
    column(f, "set_has_element(dynamic(['server', 'client']), kind)", "boolean", [k in ("server", "client") for k in KINDS])
    column(f, "parse_json(strcat('{\"a\": [', strlen(name), ']}')).a[0] + 1", "float", [f"{len(n) + 1}.0" for n in NAMES])
    column(f, "tostring(pack_array(name))", "string", [json.dumps([n], ensure_ascii=False) for n in NAMES])
    column(f, "len(pack_array(kind, name))", "integer", [2] * 10)


def addresses():
    f = "addresses"
    ips = ["192.168.1.77", "10.0.0.1", "172.31.9.9", "8.8.8.8", "255.255.255.255"]
    ranges = ["192.168.0.0/16", "10.0.0.0/8", "8.8.8.0/24", "0.0.0.0/0"]
    for ip in ips:
        address = ipaddress.IPv4Address(ip)
        constant(f, f"parse_ipv4('{ip}')", "integer", int(address))
        constant(f, f"format_ipv4({int(address)})", "string", ip)
        constant(f, f"ipv4_is_private('{ip}')", "boolean",
                 any(address in ipaddress.ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
        for bits in (8, 20, 31):
            net = ipaddress.ip_network(f"{ip}/{bits}", strict=False)
            constant(f, f"format_ipv4_mask('{ip}', {bits})", "string", str(net))
            constant(f, f"parse_ipv4_mask('{ip}', {bits})", "integer", int(net.network_address))
        inside = [address in ipaddress.ip_network(n) for n in ranges]
        names = ", ".join(f"r{i} = ipv4_is_in_range('{ip}', '{n}')" for i, n in enumerate(ranges))
        header = " | ".join(f"r{i}:boolean" for i in range(len(ranges)))
        case(f, f"traces | take 1 | project {names}", f"{header}\n{' | '.join(map(text, inside))}")
        constant(f, f"ipv4_is_in_any_range('{ip}', {quoted(ranges[:3])})", "boolean", any(inside[:3]))
        other = ipaddress.IPv4Address("172.31.9.8")
        constant(f, f"ipv4_compare('{ip}', '172.31.9.8')", "integer", (address > other) - (address < other))
    for ip in ("fe80::1", "2001:db8::8a2e:370:7334", "::1"):
        address, other = ipaddress.IPv6Address(ip), ipaddress.IPv6Address("2001:db8::ffff")
        constant(f, f"ipv6_compare('{ip}', '{other}')", "integer", (address > other) - (address < other))
        for net in ("fe80::/10", "2001:db8::/32", "::/0"):
            constant(f, f"ipv6_is_in_range('{ip}', '{net}')", "boolean", address in ipaddress.ip_network(net))
        same = ipaddress.ip_network(f"{ip}/64", strict=False) == ipaddress.ip_network(f"{other}/64", strict=False)
        constant(f, f"ipv6_is_match('{ip}', '{other}', 64)", "boolean", same)


def summaries():
    f = "summaries"
    groups = sorted(set(KINDS))
    of = {kind: [span for span in SPANS if span[2] == kind] for kind in groups}

    def by_kind(aggregate, kind, function):
        rows = "\n".join(f"{group} | {text(function(of[group]))}" for group in groups)
        case(f, f"| summarize x = {aggregate} by kind | sort by kind asc", f"kind:string | x:{kind}\n{rows}")

    nanos = lambda spans: [span[3] for span in spans]
    codes = lambda spans: [span[5] for span in spans if span[5] is not None]
    by_kind("count()", "integer", len)
    by_kind("sum(duration)", "timespan", lambda s: timespan(sum(nanos(s))))
    by_kind("min(duration)", "timespan", lambda s: timespan(min(nanos(s))))
    by_kind("max(name)", "string", lambda s: max(span[1] for span in s))
    by_kind("avg(strlen(name))", "float", lambda s: repr(sum(len(span[1]) for span in s) / len(s)))
    by_kind("dcount(['service.name'])", "integer", lambda s: len({span[4] for span in s} - {None}))
    by_kind("countif(duration > 50ms)", "integer", lambda s: sum(n > 50_000_000 for n in nanos(s)))
    by_kind("sum(['http.status_code'])", "integer", lambda s: sum(codes(s)) if codes(s) else None)
    by_kind("round(stdev(strlen(name)), 6)", "float", lambda s: rounded(statistics.stdev(len(x[1]) for x in s)) if len(s) > 1 else None)
    by_kind("round(variance(strlen(name)), 6)", "float", lambda s: rounded(statistics.variance(len(x[1]) for x in s)) if len(s) > 1 else None)
    by_kind("make_set(name)", "array", lambda s: f"[{', '.join(sorted(span[1] for span in s))}]")
    by_kind("make_set(strlen(kind))", "array", lambda s: f"[{len(s[0][2])}]")
    for percent in (0, 25, 50, 90, 100):
        def percentile(spans):
            values = sorted(nanos(spans))
            place = percent / 100 * (len(values) - 1)
            low, share = int(place), place - int(place)
            high = values[min(low + 1, len(values) - 1)]
            return timespan(round(values[low] + (high - values[low]) * share))
        by_kind(f"percentile(duration, {percent})", "timespan", percentile)
    by_kind("arg_max(duration, name)", "string", lambda s: max(s, key=lambda span: span[3])[1])
    by_kind("arg_min(duration, name)", "string", lambda s: min(s, key=lambda span: span[3])[1])
    by_kind("round(100.0 * countif(duration > 5ms) / count(), 2)", "float",
            lambda s: rounded(100 * sum(n > 5_000_000 for n in nanos(s)) / len(s), 2))
    for field, values in (("kind", KINDS), ("['service.name']", SERVICES), ("strlen(kind)", [len(k) for k in KINDS])):
        counts = {value: values.count(value) for value in set(values) - {None}}
        for k in (1, 3, 20):
            first = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:k]
            kind = "integer" if field.startswith("strlen") else "string"
            rows = "\n".join(f"{value} | {count}" for value, count in first)
            case(f, f"| summarize x = topk({field}, {k})", f"x:{kind} | count_:integer\n{rows}")
    for bins in (1, 2, 5, 7):
        values = [len(n) for n in NAMES]
        low, width = min(values), (max(values) - min(values)) / bins
        counts = [0] * bins
        for value in values:
            counts[min(int((value - low) / width), bins - 1)] += 1
        rows = "\n".join(f"{rounded(low + width * i, 9)} | {count}" for i, count in enumerate(counts))
        case(f, f"| summarize x = histogram(strlen(name), {bins}) | extend x = round(x, 9)", f"x:float | count_:integer\n{rows}")


def fields():
    """Aggregations that compare or gather fields."""
    f = "fields"
    bags = {}
    for span in SPANS:
        bags.setdefault(span[2], {})[span[1]] = len(span[1])
    rows = "\n".join(f"{kind} | {text(bag)}" for kind, bag in sorted(bags.items()))
    case(f, "| summarize x = make_bag(bag_pack(name, strlen(name))) by kind | sort by kind asc", f"kind:string | x:map\n{rows}")
    merged = {span[2]: span[4] for span in SPANS if span[3] > 5_000_000 and span[2] != "client"}
    case(f, "| summarize x = make_bag_if(bag_pack(kind, ['service.name']), duration > 5ms and kind != 'client')", f"x:map\n{text(merged)}")
    present = [("name", 10), ("service", 9), ("code", len([c for c in CODES if c is not None]))]
    rows = "\n".join(f"{name} | {count}" for name, count in sorted(present, key=lambda row: (-row[1], row[0])))
    case(f, "| summarize presence(name, service = ['service.name'], code = ['http.status_code'])", f"field:string | count_:integer\n{rows}")
    for limit in ("1ms", "20ms", "110ms"):
        nanos = int(limit[:-2]) * 1_000_000
        sides = [span for span in SPANS if span[3] > nanos], [span for span in SPANS if not span[3] > nanos]
        compared = [
            ("kind", shares(*([span[2] for span in side] for side in sides))),
            ("service", shares(*([span[4] for span in side] for side in sides))),
            ("code", shares(*([span[5] for span in side] for side in sides))),
            ("took", ranks(*([span[3] for span in side] for side in sides))),
            ("length", ranks(*([float(len(span[1])) for span in side] for side in sides))),
        ]
        query = (
            f"| summarize spotlight(duration > {limit}, kind, service = ['service.name'], code = ['http.status_code'], "
            "took = duration, length = todouble(strlen(name)))"
        )
        numbers = ("delta_score", "p_value", "effect_size", "median_relative_change", "selected", "baseline")
        rounding = ", ".join(f"{name} = round({name}, 6)" for name in numbers)
        names = "field:string | delta_score:float | p_value:float | effect_size:float | median_relative_change:float | value:string | selected:float | baseline:float"
        compared.sort(key=lambda row: (-round(row[1][0], 9), row[0]))
        rows = "\n".join(
            " | ".join([name] + [value if isinstance(value, str) else "null" if value is None else rounded(value, 6) for value in values])
            for name, values in compared
        )
        case(f, f"{query} | extend {rounding}", f"{names}\n{rows}")
    for count in (1, 4, 30):
        found = {}
        for name in NAMES:
            for phrase in phrases(name):
                found[phrase] = found.get(phrase, 0) + 1
        rows = "\n".join(f"{phrase} | {n}" for phrase, n in sorted(found.items(), key=lambda row: (-row[1], row[0]))[:count])
        case(f, f"| summarize phrases(name, {count})", f"name:string | count_:integer\n{rows}")
    sentences = [
        "Could not charge the card: payment provider timed out", "payment provider timed out, again",
        "The payment provider timed out in /api/payments/charge", "card declined (do not honour)", "Card declined",
    ]
    found = {}
    for sentence in sentences:
        for phrase in phrases(sentence):
            found[phrase] = found.get(phrase, 0) + 1
    rows = "\n".join(f"{phrase} | {n}" for phrase, n in sorted(found.items(), key=lambda row: (-row[1], row[0])))
    table = ", ".join(quoted(sentence) for sentence in sentences)
    case(f, f"datatable (t:string) [{table}] | summarize phrases(t, 50)", f"t:string | count_:integer\n{rows}")
    # Series: all bins of those whose counts add up to most.
    bins = {}
    for span in SPANS:
        key = ((NOW - dt.timedelta(milliseconds=span[6])).replace(second=0, microsecond=0), span[2])
        bins[key] = bins.get(key, 0) + 1
    heights = {kind: KINDS.count(kind) for kind in KINDS}
    for most in (1, 2, 3):
        kept = sorted(heights, key=lambda kind: (-heights[kind], kind))[:most]
        rows = sorted(((start, -n, kind) for (start, kind), n in bins.items() if kind in kept))
        rows = "\n".join(f"{moment(start)} | {kind} | {-n}" for start, n, kind in rows)
        case(f, f"| summarize count() by bin(_time, 1m), kind | limit {most}", f"_time:datetime | kind:string | count_:integer\n{rows}")


def shares(selected, baseline):
    """Delta, p, effect, change, value, share, share: by the test of chi-squared."""
    values = sorted(set(selected + baseline), key=lambda value: (value is not None, str(value)))
    table = [(selected.count(value), baseline.count(value)) for value in values]
    n, m = len(selected), len(baseline)
    statistic = 0
    for a, b in table:
        for seen, size in ((a, n), (b, m)):
            expected = (a + b) * size / (n + m)
            statistic += (seen - expected) ** 2 / expected
    gaps = [abs(a / n - b / m) for a, b in table]
    most = max(range(len(values)), key=lambda place: (round(gaps[place], 9), -place))
    value = values[most]
    return (
        sum(gaps) / 2, chi_squared_tail(statistic, len(values) - 1), math.sqrt(statistic / (n + m)), None,
        None if value is None else str(value), table[most][0] / n, table[most][1] / m,
    )


def chi_squared_tail(statistic, degrees):
    """By the finite sums that whole degrees have."""
    if degrees == 0:
        return 1.0
    half = statistic / 2
    if degrees % 2 == 0:
        return math.exp(-half) * sum(half**i / math.factorial(i) for i in range(degrees // 2))
    tail = math.erfc(math.sqrt(half))
    return tail + math.exp(-half) * sum(half ** (i - 0.5) / math.gamma(i + 0.5) for i in range(1, (degrees + 1) // 2))


def ranks(selected, baseline):
    """The same by the test of Mann and Whitney, pair by pair."""
    n, m = len(selected), len(baseline)
    wins = sum((a > b) + (a == b) / 2 for a in selected for b in baseline)
    everything = selected + baseline
    ties = sum(everything.count(value) ** 3 - everything.count(value) for value in set(everything))
    variance = n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1)))
    z = (wins - n * m / 2) / math.sqrt(variance)
    below = lambda side, limit: sum(value <= limit for value in side) / len(side)
    distance = max(abs(below(selected, limit) - below(baseline, limit)) for limit in everything)
    a, b = statistics.median(selected), statistics.median(baseline)
    p = 2 * statistics.NormalDist().cdf(-abs(z))
    return distance, p, 2 * wins / (n * m) - 1, (a - b) / abs(b), None, a, b


STOP_WORDS = set(
    "a an and are as at be been but by for from had has have if in into is it its not of on or so than that the their "
    "then there these they this to was we were which will with you".split()
)


def phrases(sentence):
    words = [word.lower() for word in re.findall(r"[^\W_]+", sentence)]
    if len(words) == 1:
        return [word for word in words if word not in STOP_WORDS]
    gaps = re.split(r"[^\W_]+", sentence)[1:-1] + ["\n"]
    found, run = [], []
    for word, gap in zip(words, gaps):
        if word not in STOP_WORDS:
            run.append(word)
        if word in STOP_WORDS or "\n" in gap or (re.search(r"\s", gap) and gap.strip()) or len(run) == 8:
            found, run = found + [run], []
    return [" ".join(run) for run in found if len(run) > 1]


if __name__ == "__main__":
    for family in (texts, patterns, operators, numbers, moments, arrays, addresses, summaries, fields):
        family()
    for family, cases in CASES.items():
        path = OUT / f"by_python_{family}.apl"
        path.write_text("\n====\n".join(cases) + "\n")
        print(f"{path.name}: {len(cases)} cases")

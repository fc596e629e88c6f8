"""Cases of what looks at traces as trees, with answers worked out here: relatives, critical paths, comparisons.

Writes `tests/ok/by_python_{relatives,paths,contrasts}.apl`: run it as `python3 crates/apl/tests/generate/trees.py`
after a change here, and look at what it changed. Nothing of the answers comes from the program under test, and none of
its ways are taken: relatives are looked for pair by pair, and a critical path moment by moment. The rows of relatives
and comparisons are those of `tests/it/spans.rs`, those of paths are made here by a fixed generator.
"""

import math
import random

from scalars import CASES, OUT, SPANS, case, rounded, text, timespan

# By the first letter of a span's id: its trace, and by its id its parent.
TRACES = {"7": "bb", "a": "aa", "b": "1e", "c": "cc"}
PARENTS = {
    "a000000000000002": "a000000000000001",
    "b000000000000002": "b000000000000001",
    "b000000000000003": "b000000000000001",
    "b000000000000004": "b000000000000001",
    "b000000000000005": "b000000000000004",
    "c000000000000002": "c0000000000000ff",
}
CONDITIONS = {
    'kind == "server"': lambda s: s[2] == "server",
    'kind == "client"': lambda s: s[2] == "client",
    'kind in ("producer", "consumer")': lambda s: s[2] in ("producer", "consumer"),
    "duration > 100ms": lambda s: s[3] > 100_000_000,
    "duration < 2ms": lambda s: s[3] < 2_000_000,
    "isnull(['service.name'])": lambda s: s[4] is None,
    "['service.name'] == \"instainstru-worker\"": lambda s: s[4] == "instainstru-worker",
    "isnotnull(['http.status_code'])": lambda s: s[5] is not None,
    "": lambda s: True,
}


def trace(span):
    return TRACES[span[0][0]]


def parent(span):
    return PARENTS.get(span[0])


def is_child(span, other):
    return trace(span) == trace(other) and parent(span) == other[0]


def is_descendant(span, other):
    if is_child(span, other):
        return True
    return any(is_child(span, between) and is_descendant(between, other) for between in SPANS)


RELATIONS = {
    "has_parent": lambda span, other: is_child(span, other),
    "has_child": lambda span, other: is_child(other, span),
    "has_ancestor": lambda span, other: is_descendant(span, other),
    "has_descendant": lambda span, other: is_descendant(other, span),
    "has_sibling": lambda span, other: trace(span) == trace(other) and parent(span) is not None
    and parent(span) == parent(other) and span[0] != other[0],
    "has_root": lambda span, other: trace(span) == trace(other) and parent(other) is None,
}


def relatives():
    def names(query, chosen):
        rows = "\n".join(f"{span[0]}" for span in SPANS if chosen(span))
        case("relatives", f"| where {query} | sort by span_id asc | project span_id", f"span_id:string\n{rows}".strip())

    for name, is_related in RELATIONS.items():
        for written, meets in CONDITIONS.items():
            def related(span, is_related=is_related, meets=meets):
                return any(is_related(span, other) and meets(other) for other in SPANS)
            call = f"{name}({written})"
            names(call, related)
            names(f"not({call})", lambda span: not related(span))
            names(f'{call} or kind == "internal"', lambda span: related(span) or span[2] == "internal")
    for name, is_related in RELATIONS.items():
        def slow(span, is_related=is_related):
            return any(is_related(span, other) and other[3] > 100_000_000 for other in SPANS)
        call = f"{name}(duration > 100ms)"
        rows = "\n".join(f"{span[0]} | {str(slow(span)).lower()}" for span in SPANS)
        case("relatives", f"| extend slow = {call} | sort by span_id asc | project span_id, slow",
             f"span_id:string | slow:boolean\n{rows}")
        case("relatives", f"| sort by span_id asc | project span_id, trace_id, parent_span_id | project span_id, slow = not({call})"
             " | sort by span_id asc", "span_id:string | slow:boolean\n"
             + "\n".join(f"{span[0]} | {str(not slow(span)).lower()}" for span in SPANS))
        number = sum(map(slow, SPANS))
        case("relatives", f"| summarize slow = countif({call}), n = count()",
             f"slow:integer | n:integer\n{number} | {len(SPANS)}")
        groups = sorted(((len(SPANS) - number, "false"), (number, "true")), key=lambda group: (-group[0], group[1]))
        case("relatives", f"| summarize n = count() by slow = {call}", "slow:boolean | n:integer\n"
             + "\n".join(f"{slow} | {n}" for n, slow in groups if n))
    for one, first in RELATIONS.items():
        for two, second in RELATIONS.items():
            def has(is_related, meets):
                return lambda span: any(is_related(span, other) and meets(other) for other in SPANS)
            is_client, is_slow = CONDITIONS['kind == "client"'], CONDITIONS["duration > 100ms"]
            names(f'{one}(kind == "client") and {two}(duration > 100ms)',
                  lambda span: has(first, is_client)(span) and has(second, is_slow)(span))
            names(f'{one}({two}(kind == "client"))', has(first, has(second, is_client)))


def window(span, low, high):
    return max(span["start"], low), min(span["start"] + span["nanos"], high)


def owners(span, low, high, spans, moment):
    """From a span that is on the path from `low` to `high` to the one that owns the moment in it."""
    until = high
    while True:
        best = None
        for child in spans:
            if child["parent"] != span["id"] or child is span:
                continue
            start, end = window(child, low, high)
            if start < end <= until:
                rank = (-end, start, child["id"])
                if best is None or rank < best[0]:
                    best = (rank, child, start, end)
        if best is None or moment >= best[3]:
            return [span]
        _, child, start, end = best
        if moment >= start:
            return [span] + owners(child, start, end, spans, moment)
        until = start


def tops(spans):
    roots = [span for span in spans if span["parent"] is None]
    ids = {span["id"] for span in spans}
    return roots or [span for span in spans if span["parent"] not in ids or span["parent"] == span["id"]]


def paths():
    chance = random.Random(11)
    base = "2026-11-22T09:00:00"
    for number in range(60):
        spans = []
        for trace_id in range(chance.randint(1, 3)):
            count = chance.randint(1, 9)
            for place in range(count):
                kind = chance.random()
                parent = None if place == 0 else f"t{trace_id}s{chance.randrange(place)}"
                if kind < 0.06:
                    parent = f"t{trace_id}gone"
                elif kind < 0.1:
                    parent = f"t{trace_id}s{place}"
                elif kind < 0.14:
                    parent = f"t{trace_id}s{chance.randrange(count)}"
                spans.append({
                    "trace": f"t{trace_id}", "id": f"t{trace_id}s{place}", "parent": parent,
                    "service": chance.choice(["web", "api"]), "name": chance.choice("xyz"),
                    "start": chance.randint(0, 12), "nanos": chance.choice([0, 1, 3, 8, 20, 30]),
                })
        chance.shuffle(spans)
        totals = {}
        for trace_id in {span["trace"] for span in spans}:
            of_trace = [span for span in spans if span["trace"] == trace_id]
            on_path, by_trace = {}, {}
            for top in tops(of_trace):
                low, high = window(top, 0, 100)
                for moment in range(low, high):
                    chain = owners(top, low, high, of_trace, moment)
                    on_path.update({span["id"]: span for span in chain})
                    key = (chain[-1]["service"], chain[-1]["name"])
                    by_trace[key] = by_trace.get(key, 0) + 1
            for span in on_path.values():
                key = (span["service"], span["name"])
                total = totals.setdefault(key, [0, 0, set()])
                total[1] += 1
                total[2].add(trace_id)
            for key, moments in by_trace.items():
                totals[key][0] += moments
        all_time = sum(total[0] for total in totals.values())
        rows = sorted(totals.items(), key=lambda entry: (-entry[1][0], entry[0]))
        shown = "\n".join(
            f"{service} | {name} | {timespan(time * 1_000_000)} | {rounded(time / all_time, 6) if all_time else 0.0} | {count} | {len(traces)}"
            for (service, name), (time, count, traces) in rows)

        def quoted(value):
            return "null" if value is None else f'"{value}"'
        values = ",\n".join(
            f'  "{s["trace"]}", "{s["id"]}", {quoted(s["parent"])}, "{s["service"]}", "{s["name"]}", '
            f'datetime({base}.{s["start"]:03}Z), {s["nanos"]}ms' for s in spans)
        query = (
            "datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,\n"
            f"  _time:datetime, duration:timespan) [\n{values}\n]\n| critical_path | extend share = round(share, 6)")
        head = "service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer"
        case("paths", query, f"{head}\n{shown}".strip())


FIELDS = {
    "name": (1, str), "kind": (2, str), "duration": (3, timespan),
    "['service.name']": (4, str), "['http.status_code']": (5, str),
}


def contrasts():
    for one, selects in CONDITIONS.items():
        for two, is_other in list(CONDITIONS.items()) + [(None, None)]:
            if not one or two == "" or one == two:
                continue
            selected = [span for span in SPANS if selects(span)]
            others = [span for span in SPANS if (is_other(span) if is_other else not selects(span))]
            rows = []
            for field, (place, shown) in FIELDS.items():
                values = {span[place] for span in selected + others}
                # What no row has is not compared.
                for value in values if values != {None} else ():
                    counts = [sum(span[place] == value for span in part) for part in (selected, others)]
                    shares = [count / len(part) for count, part in zip(counts, (selected, others))]
                    angles = [2 * math.asin(math.sqrt(share)) for share in shares]
                    name = field.strip("[']")
                    rows.append((round(abs(angles[0] - angles[1]), 6), name, "" if value is None else shown(value), [
                        name, None if value is None else shown(value), counts[0], counts[1], *map(rounded, shares),
                        rounded(shares[0] - shares[1]), rounded(abs(angles[0] - angles[1])),
                        rounded(sum(counts) / (len(selected) + len(others)))]))
            rows.sort(key=lambda row: (-row[0], row[1], row[2]))
            written = f"compare {one}" + (f" with {two}" if two else "") + " on " + ", ".join(FIELDS)
            places = "selected_share = round(selected_share, 6), others_share = round(others_share, 6), " \
                "difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)"
            head = "field:string | value:string | selected:integer | others:integer | selected_share:float | " \
                "others_share:float | difference:float | effect:float | support:float"
            lines = "\n".join(" | ".join(text(cell) for cell in row[3]) for row in rows)
            query = f"| {written}\n| extend {places}\n| sort by effect, field asc, value asc"
            case("contrasts", query, f"{head}\n{lines}")


if __name__ == "__main__":
    for family in (relatives, paths, contrasts):
        family()
    for family, cases in CASES.items():
        (OUT / f"by_python_{family}.apl").write_text("\n====\n".join(cases) + "\n")
        print(f"by_python_{family}.apl: {len(cases)} cases")

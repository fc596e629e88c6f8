| where has_parent(kind == "server") | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
====
| where not(has_parent(kind == "server")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
b000000000000005
c000000000000001
c000000000000002
====
| where has_parent(kind == "server") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
====
| where has_parent(kind == "client") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_parent(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_parent(kind == "client") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_parent(kind in ("producer", "consumer")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000005
====
| where not(has_parent(kind in ("producer", "consumer"))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
c000000000000001
c000000000000002
====
| where has_parent(kind in ("producer", "consumer")) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000005
====
| where has_parent(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
====
| where not(has_parent(duration > 100ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
b000000000000005
c000000000000001
c000000000000002
====
| where has_parent(duration > 100ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
====
| where has_parent(duration < 2ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000005
====
| where not(has_parent(duration < 2ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
c000000000000001
c000000000000002
====
| where has_parent(duration < 2ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000005
====
| where has_parent(isnull(['service.name'])) | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_parent(isnull(['service.name']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_parent(isnull(['service.name'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_parent(['service.name'] == "instainstru-worker") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_parent(['service.name'] == "instainstru-worker")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_parent(['service.name'] == "instainstru-worker") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_parent(isnotnull(['http.status_code'])) | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
====
| where not(has_parent(isnotnull(['http.status_code']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
b000000000000005
c000000000000001
c000000000000002
====
| where has_parent(isnotnull(['http.status_code'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
====
| where has_parent() | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where not(has_parent()) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
c000000000000001
c000000000000002
====
| where has_parent() or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_child(kind == "server") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_child(kind == "server")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_child(kind == "server") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_child(kind == "client") | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
b000000000000001
====
| where not(has_child(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_child(kind == "client") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
====
| where has_child(kind in ("producer", "consumer")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
b000000000000004
====
| where not(has_child(kind in ("producer", "consumer"))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000005
c000000000000001
c000000000000002
====
| where has_child(kind in ("producer", "consumer")) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
b000000000000004
====
| where has_child(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where not(has_child(duration > 100ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_child(duration > 100ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
====
| where has_child(duration < 2ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where not(has_child(duration < 2ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_child(duration < 2ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
====
| where has_child(isnull(['service.name'])) | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_child(isnull(['service.name']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_child(isnull(['service.name'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_child(['service.name'] == "instainstru-worker") | sort by span_id asc | project span_id
----
span_id:string
b000000000000004
====
| where not(has_child(['service.name'] == "instainstru-worker")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000005
c000000000000001
c000000000000002
====
| where has_child(['service.name'] == "instainstru-worker") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000004
====
| where has_child(isnotnull(['http.status_code'])) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
b000000000000004
====
| where not(has_child(isnotnull(['http.status_code']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000005
c000000000000001
c000000000000002
====
| where has_child(isnotnull(['http.status_code'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
b000000000000004
====
| where has_child() | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
b000000000000001
b000000000000004
====
| where not(has_child()) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000005
c000000000000001
c000000000000002
====
| where has_child() or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
b000000000000004
====
| where has_ancestor(kind == "server") | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where not(has_ancestor(kind == "server")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
c000000000000001
c000000000000002
====
| where has_ancestor(kind == "server") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_ancestor(kind == "client") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_ancestor(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_ancestor(kind == "client") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_ancestor(kind in ("producer", "consumer")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000005
====
| where not(has_ancestor(kind in ("producer", "consumer"))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
c000000000000001
c000000000000002
====
| where has_ancestor(kind in ("producer", "consumer")) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000005
====
| where has_ancestor(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where not(has_ancestor(duration > 100ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
c000000000000001
c000000000000002
====
| where has_ancestor(duration > 100ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_ancestor(duration < 2ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000005
====
| where not(has_ancestor(duration < 2ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
c000000000000001
c000000000000002
====
| where has_ancestor(duration < 2ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000005
====
| where has_ancestor(isnull(['service.name'])) | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_ancestor(isnull(['service.name']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_ancestor(isnull(['service.name'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_ancestor(['service.name'] == "instainstru-worker") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_ancestor(['service.name'] == "instainstru-worker")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_ancestor(['service.name'] == "instainstru-worker") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_ancestor(isnotnull(['http.status_code'])) | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where not(has_ancestor(isnotnull(['http.status_code']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
c000000000000001
c000000000000002
====
| where has_ancestor(isnotnull(['http.status_code'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_ancestor() | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where not(has_ancestor()) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
c000000000000001
c000000000000002
====
| where has_ancestor() or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_descendant(kind == "server") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_descendant(kind == "server")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant(kind == "server") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_descendant(kind == "client") | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
b000000000000001
====
| where not(has_descendant(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant(kind == "client") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
====
| where has_descendant(kind in ("producer", "consumer")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
b000000000000004
====
| where not(has_descendant(kind in ("producer", "consumer"))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant(kind in ("producer", "consumer")) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
b000000000000004
====
| where has_descendant(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where not(has_descendant(duration > 100ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant(duration > 100ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
====
| where has_descendant(duration < 2ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where not(has_descendant(duration < 2ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant(duration < 2ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
====
| where has_descendant(isnull(['service.name'])) | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_descendant(isnull(['service.name']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant(isnull(['service.name'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_descendant(['service.name'] == "instainstru-worker") | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
b000000000000004
====
| where not(has_descendant(['service.name'] == "instainstru-worker")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant(['service.name'] == "instainstru-worker") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
b000000000000004
====
| where has_descendant(isnotnull(['http.status_code'])) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
b000000000000004
====
| where not(has_descendant(isnotnull(['http.status_code']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant(isnotnull(['http.status_code'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000001
b000000000000004
====
| where has_descendant() | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
b000000000000001
b000000000000004
====
| where not(has_descendant()) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000002
b000000000000002
b000000000000003
b000000000000005
c000000000000001
c000000000000002
====
| where has_descendant() or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
b000000000000001
b000000000000004
====
| where has_sibling(kind == "server") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_sibling(kind == "server")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling(kind == "server") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_sibling(kind == "client") | sort by span_id asc | project span_id
----
span_id:string
b000000000000002
b000000000000003
b000000000000004
====
| where not(has_sibling(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling(kind == "client") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000002
b000000000000003
b000000000000004
====
| where has_sibling(kind in ("producer", "consumer")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000002
b000000000000003
====
| where not(has_sibling(kind in ("producer", "consumer"))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling(kind in ("producer", "consumer")) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000002
b000000000000003
====
| where has_sibling(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000003
b000000000000004
====
| where not(has_sibling(duration > 100ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling(duration > 100ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000003
b000000000000004
====
| where has_sibling(duration < 2ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000002
b000000000000003
====
| where not(has_sibling(duration < 2ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling(duration < 2ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000002
b000000000000003
====
| where has_sibling(isnull(['service.name'])) | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_sibling(isnull(['service.name']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling(isnull(['service.name'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_sibling(['service.name'] == "instainstru-worker") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_sibling(['service.name'] == "instainstru-worker")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling(['service.name'] == "instainstru-worker") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_sibling(isnotnull(['http.status_code'])) | sort by span_id asc | project span_id
----
span_id:string
b000000000000003
b000000000000004
====
| where not(has_sibling(isnotnull(['http.status_code']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling(isnotnull(['http.status_code'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000003
b000000000000004
====
| where has_sibling() | sort by span_id asc | project span_id
----
span_id:string
b000000000000002
b000000000000003
b000000000000004
====
| where not(has_sibling()) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000005
c000000000000001
c000000000000002
====
| where has_sibling() or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
b000000000000002
b000000000000003
b000000000000004
====
| where has_root(kind == "server") | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where not(has_root(kind == "server")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_root(kind == "server") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_root(kind == "client") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_root(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_root(kind == "client") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_root(kind in ("producer", "consumer")) | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_root(kind in ("producer", "consumer"))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_root(kind in ("producer", "consumer")) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_root(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where not(has_root(duration > 100ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
c000000000000001
c000000000000002
====
| where has_root(duration > 100ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_root(duration < 2ms) | sort by span_id asc | project span_id
----
span_id:string
c000000000000001
c000000000000002
====
| where not(has_root(duration < 2ms)) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_root(duration < 2ms) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
c000000000000001
c000000000000002
====
| where has_root(isnull(['service.name'])) | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_root(isnull(['service.name']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_root(isnull(['service.name'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_root(['service.name'] == "instainstru-worker") | sort by span_id asc | project span_id
----
span_id:string
====
| where not(has_root(['service.name'] == "instainstru-worker")) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where has_root(['service.name'] == "instainstru-worker") or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
====
| where has_root(isnotnull(['http.status_code'])) | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where not(has_root(isnotnull(['http.status_code']))) | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
c000000000000001
c000000000000002
====
| where has_root(isnotnull(['http.status_code'])) or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_root() | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| where not(has_root()) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root() or kind == "internal" | sort by span_id asc | project span_id
----
span_id:string
7000000000000001
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
c000000000000001
c000000000000002
====
| extend slow = has_parent(duration > 100ms) | sort by span_id asc | project span_id, slow
----
span_id:string | slow:boolean
7000000000000001 | false
a000000000000001 | false
a000000000000002 | true
b000000000000001 | false
b000000000000002 | true
b000000000000003 | true
b000000000000004 | true
b000000000000005 | false
c000000000000001 | false
c000000000000002 | false
====
| sort by span_id asc | project span_id, trace_id, parent_span_id | project span_id, slow = not(has_parent(duration > 100ms)) | sort by span_id asc
----
span_id:string | slow:boolean
7000000000000001 | true
a000000000000001 | true
a000000000000002 | false
b000000000000001 | true
b000000000000002 | false
b000000000000003 | false
b000000000000004 | false
b000000000000005 | true
c000000000000001 | true
c000000000000002 | true
====
| summarize slow = countif(has_parent(duration > 100ms)), n = count()
----
slow:integer | n:integer
4 | 10
====
| summarize n = count() by slow = has_parent(duration > 100ms)
----
slow:boolean | n:integer
false | 6
true | 4
====
| extend slow = has_child(duration > 100ms) | sort by span_id asc | project span_id, slow
----
span_id:string | slow:boolean
7000000000000001 | false
a000000000000001 | false
a000000000000002 | false
b000000000000001 | true
b000000000000002 | false
b000000000000003 | false
b000000000000004 | false
b000000000000005 | false
c000000000000001 | false
c000000000000002 | false
====
| sort by span_id asc | project span_id, trace_id, parent_span_id | project span_id, slow = not(has_child(duration > 100ms)) | sort by span_id asc
----
span_id:string | slow:boolean
7000000000000001 | true
a000000000000001 | true
a000000000000002 | true
b000000000000001 | false
b000000000000002 | true
b000000000000003 | true
b000000000000004 | true
b000000000000005 | true
c000000000000001 | true
c000000000000002 | true
====
| summarize slow = countif(has_child(duration > 100ms)), n = count()
----
slow:integer | n:integer
1 | 10
====
| summarize n = count() by slow = has_child(duration > 100ms)
----
slow:boolean | n:integer
false | 9
true | 1
====
| extend slow = has_ancestor(duration > 100ms) | sort by span_id asc | project span_id, slow
----
span_id:string | slow:boolean
7000000000000001 | false
a000000000000001 | false
a000000000000002 | true
b000000000000001 | false
b000000000000002 | true
b000000000000003 | true
b000000000000004 | true
b000000000000005 | true
c000000000000001 | false
c000000000000002 | false
====
| sort by span_id asc | project span_id, trace_id, parent_span_id | project span_id, slow = not(has_ancestor(duration > 100ms)) | sort by span_id asc
----
span_id:string | slow:boolean
7000000000000001 | true
a000000000000001 | true
a000000000000002 | false
b000000000000001 | true
b000000000000002 | false
b000000000000003 | false
b000000000000004 | false
b000000000000005 | false
c000000000000001 | true
c000000000000002 | true
====
| summarize slow = countif(has_ancestor(duration > 100ms)), n = count()
----
slow:integer | n:integer
5 | 10
====
| summarize n = count() by slow = has_ancestor(duration > 100ms)
----
slow:boolean | n:integer
false | 5
true | 5
====
| extend slow = has_descendant(duration > 100ms) | sort by span_id asc | project span_id, slow
----
span_id:string | slow:boolean
7000000000000001 | false
a000000000000001 | false
a000000000000002 | false
b000000000000001 | true
b000000000000002 | false
b000000000000003 | false
b000000000000004 | false
b000000000000005 | false
c000000000000001 | false
c000000000000002 | false
====
| sort by span_id asc | project span_id, trace_id, parent_span_id | project span_id, slow = not(has_descendant(duration > 100ms)) | sort by span_id asc
----
span_id:string | slow:boolean
7000000000000001 | true
a000000000000001 | true
a000000000000002 | true
b000000000000001 | false
b000000000000002 | true
b000000000000003 | true
b000000000000004 | true
b000000000000005 | true
c000000000000001 | true
c000000000000002 | true
====
| summarize slow = countif(has_descendant(duration > 100ms)), n = count()
----
slow:integer | n:integer
1 | 10
====
| summarize n = count() by slow = has_descendant(duration > 100ms)
----
slow:boolean | n:integer
false | 9
true | 1
====
| extend slow = has_sibling(duration > 100ms) | sort by span_id asc | project span_id, slow
----
span_id:string | slow:boolean
7000000000000001 | false
a000000000000001 | false
a000000000000002 | false
b000000000000001 | false
b000000000000002 | false
b000000000000003 | true
b000000000000004 | true
b000000000000005 | false
c000000000000001 | false
c000000000000002 | false
====
| sort by span_id asc | project span_id, trace_id, parent_span_id | project span_id, slow = not(has_sibling(duration > 100ms)) | sort by span_id asc
----
span_id:string | slow:boolean
7000000000000001 | true
a000000000000001 | true
a000000000000002 | true
b000000000000001 | true
b000000000000002 | true
b000000000000003 | false
b000000000000004 | false
b000000000000005 | true
c000000000000001 | true
c000000000000002 | true
====
| summarize slow = countif(has_sibling(duration > 100ms)), n = count()
----
slow:integer | n:integer
2 | 10
====
| summarize n = count() by slow = has_sibling(duration > 100ms)
----
slow:boolean | n:integer
false | 8
true | 2
====
| extend slow = has_root(duration > 100ms) | sort by span_id asc | project span_id, slow
----
span_id:string | slow:boolean
7000000000000001 | false
a000000000000001 | true
a000000000000002 | true
b000000000000001 | true
b000000000000002 | true
b000000000000003 | true
b000000000000004 | true
b000000000000005 | true
c000000000000001 | false
c000000000000002 | false
====
| sort by span_id asc | project span_id, trace_id, parent_span_id | project span_id, slow = not(has_root(duration > 100ms)) | sort by span_id asc
----
span_id:string | slow:boolean
7000000000000001 | true
a000000000000001 | false
a000000000000002 | false
b000000000000001 | false
b000000000000002 | false
b000000000000003 | false
b000000000000004 | false
b000000000000005 | false
c000000000000001 | true
c000000000000002 | true
====
| summarize slow = countif(has_root(duration > 100ms)), n = count()
----
slow:integer | n:integer
7 | 10
====
| summarize n = count() by slow = has_root(duration > 100ms)
----
slow:boolean | n:integer
true | 7
false | 3
====
| where has_parent(kind == "client") and has_parent(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_parent(has_parent(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_parent(kind == "client") and has_child(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_parent(has_child(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
====
| where has_parent(kind == "client") and has_ancestor(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_parent(has_ancestor(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_parent(kind == "client") and has_descendant(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_parent(has_descendant(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
====
| where has_parent(kind == "client") and has_sibling(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_parent(has_sibling(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000005
====
| where has_parent(kind == "client") and has_root(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_parent(has_root(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_child(kind == "client") and has_parent(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_child(has_parent(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_child(kind == "client") and has_child(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where has_child(has_child(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_child(kind == "client") and has_ancestor(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_child(has_ancestor(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_child(kind == "client") and has_descendant(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where has_child(has_descendant(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_child(kind == "client") and has_sibling(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_child(has_sibling(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where has_child(kind == "client") and has_root(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
b000000000000001
====
| where has_child(has_root(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(kind == "client") and has_parent(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(has_parent(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(kind == "client") and has_child(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(has_child(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_ancestor(kind == "client") and has_ancestor(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(has_ancestor(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(kind == "client") and has_descendant(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(has_descendant(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
a000000000000002
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_ancestor(kind == "client") and has_sibling(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(has_sibling(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000005
====
| where has_ancestor(kind == "client") and has_root(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_ancestor(has_root(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_descendant(kind == "client") and has_parent(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_descendant(has_parent(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_descendant(kind == "client") and has_child(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where has_descendant(has_child(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_descendant(kind == "client") and has_ancestor(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_descendant(has_ancestor(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_descendant(kind == "client") and has_descendant(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where has_descendant(has_descendant(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_descendant(kind == "client") and has_sibling(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_descendant(has_sibling(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000001
====
| where has_descendant(kind == "client") and has_root(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
b000000000000001
====
| where has_descendant(has_root(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_sibling(kind == "client") and has_parent(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000002
b000000000000003
b000000000000004
====
| where has_sibling(has_parent(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_sibling(kind == "client") and has_child(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_sibling(has_child(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_sibling(kind == "client") and has_ancestor(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000002
b000000000000003
b000000000000004
====
| where has_sibling(has_ancestor(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_sibling(kind == "client") and has_descendant(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_sibling(has_descendant(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_sibling(kind == "client") and has_sibling(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000003
b000000000000004
====
| where has_sibling(has_sibling(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
b000000000000002
b000000000000003
b000000000000004
====
| where has_sibling(kind == "client") and has_root(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
b000000000000002
b000000000000003
b000000000000004
====
| where has_sibling(has_root(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(kind == "client") and has_parent(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(has_parent(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(kind == "client") and has_child(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(has_child(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_root(kind == "client") and has_ancestor(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(has_ancestor(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(kind == "client") and has_descendant(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(has_descendant(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
a000000000000001
a000000000000002
b000000000000001
b000000000000002
b000000000000003
b000000000000004
b000000000000005
====
| where has_root(kind == "client") and has_sibling(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(has_sibling(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(kind == "client") and has_root(duration > 100ms) | sort by span_id asc | project span_id
----
span_id:string
====
| where has_root(has_root(kind == "client")) | sort by span_id asc | project span_id
----
span_id:string

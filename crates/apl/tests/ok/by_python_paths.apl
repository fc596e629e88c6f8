datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s5", "t1s4", "web", "y", datetime(2026-11-22T09:00:00.008Z), 1ms,
  "t0", "t0s2", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t0", "t0s5", "t0s1", "web", "z", datetime(2026-11-22T09:00:00.004Z), 8ms,
  "t0", "t0s8", "t0s4", "web", "x", datetime(2026-11-22T09:00:00.009Z), 0ms,
  "t1", "t1s1", "t1gone", "web", "y", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t0", "t0s7", "t0s6", "web", "z", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.007Z), 3ms,
  "t1", "t1s4", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.012Z), 8ms,
  "t1", "t1s6", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.006Z), 0ms,
  "t1", "t1s2", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t1", "t1s0", "t1s2", "api", "x", datetime(2026-11-22T09:00:00.000Z), 30ms,
  "t0", "t0s4", "t0gone", "web", "y", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.008Z), 20ms,
  "t0", "t0s3", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t0", "t0s6", "t0gone", "api", "z", datetime(2026-11-22T09:00:00.004Z), 8ms,
  "t1", "t1s3", "t1s3", "web", "y", datetime(2026-11-22T09:00:00.012Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 30ms | 0.6 | 1 | 1
api | y | 18ms | 0.36 | 2 | 1
web | z | 2ms | 0.04 | 1 | 1
web | x | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s2", "t0s1", "web", "z", datetime(2026-11-22T09:00:00.007Z), 20ms,
  "t0", "t0s3", "t0s2", "web", "y", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t0", "t0s6", "t0gone", "web", "z", datetime(2026-11-22T09:00:00.004Z), 1ms,
  "t0", "t0s5", "t0s3", "api", "z", datetime(2026-11-22T09:00:00.001Z), 8ms,
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.006Z), 0ms,
  "t0", "t0s1", "t0s1", "web", "x", datetime(2026-11-22T09:00:00.009Z), 3ms,
  "t0", "t0s7", "t0s3", "api", "y", datetime(2026-11-22T09:00:00.009Z), 8ms,
  "t0", "t0s4", "t0s1", "web", "z", datetime(2026-11-22T09:00:00.010Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.000Z), 1ms,
  "t1", "t1s2", "t1s1", "api", "x", datetime(2026-11-22T09:00:00.000Z), 20ms,
  "t1", "t1s0", null, "web", "x", datetime(2026-11-22T09:00:00.005Z), 1ms,
  "t1", "t1s3", "t1s1", "web", "z", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t1", "t1s4", "t1s0", "api", "z", datetime(2026-11-22T09:00:00.005Z), 30ms,
  "t1", "t1s1", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.000Z), 0ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.000Z), 0ms,
  "t2", "t2s0", null, "web", "y", datetime(2026-11-22T09:00:00.005Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 1ms | 1.0 | 1 | 1
web | x | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s0", null, "web", "y", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t1", "t1s4", "t1s2", "web", "y", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t1", "t1s6", "t1s4", "web", "z", datetime(2026-11-22T09:00:00.011Z), 3ms,
  "t1", "t1s5", "t1s2", "api", "y", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.008Z), 0ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t1", "t1s2", "t1s1", "web", "x", datetime(2026-11-22T09:00:00.002Z), 8ms,
  "t2", "t2s3", "t2s1", "web", "z", datetime(2026-11-22T09:00:00.000Z), 8ms,
  "t0", "t0s5", "t0s3", "api", "x", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t1", "t1s1", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.006Z), 1ms,
  "t0", "t0s4", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.012Z), 20ms,
  "t0", "t0s1", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.011Z), 3ms,
  "t2", "t2s2", "t2s1", "web", "z", datetime(2026-11-22T09:00:00.003Z), 1ms,
  "t2", "t2s4", "t2s0", "web", "x", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t2", "t2s0", null, "api", "x", datetime(2026-11-22T09:00:00.012Z), 1ms,
  "t2", "t2s6", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.006Z), 1ms,
  "t0", "t0s3", "t0s2", "web", "y", datetime(2026-11-22T09:00:00.009Z), 0ms,
  "t0", "t0s6", "t0s4", "web", "z", datetime(2026-11-22T09:00:00.002Z), 3ms,
  "t2", "t2s7", "t2s1", "web", "y", datetime(2026-11-22T09:00:00.008Z), 20ms,
  "t1", "t1s7", "t1s2", "web", "z", datetime(2026-11-22T09:00:00.002Z), 8ms,
  "t1", "t1s3", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t2", "t2s1", "t2s0", "api", "x", datetime(2026-11-22T09:00:00.010Z), 20ms,
  "t2", "t2s5", "t2s4", "web", "y", datetime(2026-11-22T09:00:00.012Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 31ms | 1.0 | 3 | 2
api | x | 0s | 0.0 | 2 | 1
web | x | 0s | 0.0 | 2 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.000Z), 1ms,
  "t0", "t0s4", "t0s4", "api", "z", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t1", "t1s0", null, "api", "z", datetime(2026-11-22T09:00:00.012Z), 20ms,
  "t1", "t1s6", "t1s2", "web", "z", datetime(2026-11-22T09:00:00.007Z), 0ms,
  "t0", "t0s7", "t0s4", "api", "z", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t1", "t1s8", "t1s6", "web", "y", datetime(2026-11-22T09:00:00.010Z), 8ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.002Z), 20ms,
  "t0", "t0s2", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.008Z), 30ms,
  "t1", "t1s2", "t1s1", "api", "x", datetime(2026-11-22T09:00:00.007Z), 8ms,
  "t1", "t1s3", "t1s7", "api", "x", datetime(2026-11-22T09:00:00.003Z), 8ms,
  "t0", "t0s3", "t0s2", "api", "y", datetime(2026-11-22T09:00:00.009Z), 30ms,
  "t1", "t1s5", "t1gone", "web", "x", datetime(2026-11-22T09:00:00.010Z), 3ms,
  "t0", "t0s8", "t0s1", "web", "z", datetime(2026-11-22T09:00:00.006Z), 0ms,
  "t1", "t1s1", "t1s2", "web", "z", datetime(2026-11-22T09:00:00.007Z), 8ms,
  "t1", "t1s4", "t1s2", "web", "z", datetime(2026-11-22T09:00:00.012Z), 0ms,
  "t0", "t0s6", "t0s5", "api", "z", datetime(2026-11-22T09:00:00.003Z), 3ms,
  "t0", "t0s5", "t0s4", "web", "z", datetime(2026-11-22T09:00:00.008Z), 20ms,
  "t1", "t1s7", "t1s4", "web", "z", datetime(2026-11-22T09:00:00.009Z), 3ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 20ms | 0.952381 | 1 | 1
api | y | 1ms | 0.047619 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s3", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.010Z), 3ms,
  "t0", "t0s1", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.006Z), 8ms,
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t0", "t0s2", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.010Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | x | 1ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t2", "t2s1", "t2s0", "web", "y", datetime(2026-11-22T09:00:00.003Z), 30ms,
  "t1", "t1s4", "t1s0", "api", "z", datetime(2026-11-22T09:00:00.009Z), 1ms,
  "t1", "t1s3", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.008Z), 0ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t1", "t1s2", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.005Z), 30ms,
  "t0", "t0s2", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.001Z), 20ms,
  "t2", "t2s2", "t2s1", "api", "y", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t1", "t1s0", null, "api", "z", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s3", "t0s3", "api", "x", datetime(2026-11-22T09:00:00.012Z), 0ms,
  "t0", "t0s0", null, "api", "x", datetime(2026-11-22T09:00:00.000Z), 0ms,
  "t1", "t1s5", "t1s2", "api", "y", datetime(2026-11-22T09:00:00.001Z), 30ms,
  "t2", "t2s0", null, "api", "x", datetime(2026-11-22T09:00:00.005Z), 20ms,
  "t1", "t1s1", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.011Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 20ms | 0.714286 | 1 | 1
api | y | 8ms | 0.285714 | 2 | 1
api | x | 0s | 0.0 | 1 | 1
api | z | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s1", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.000Z), 0ms,
  "t2", "t2s2", "t2s0", "api", "x", datetime(2026-11-22T09:00:00.006Z), 8ms,
  "t1", "t1s0", null, "api", "x", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t0", "t0s0", null, "api", "z", datetime(2026-11-22T09:00:00.007Z), 30ms,
  "t2", "t2s1", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.001Z), 20ms,
  "t0", "t0s2", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.006Z), 20ms,
  "t2", "t2s4", "t2s3", "api", "y", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t2", "t2s0", null, "api", "z", datetime(2026-11-22T09:00:00.008Z), 20ms,
  "t2", "t2s3", "t2s1", "web", "y", datetime(2026-11-22T09:00:00.007Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 24ms | 0.45283 | 3 | 2
api | y | 22ms | 0.415094 | 2 | 2
web | y | 4ms | 0.075472 | 1 | 1
api | x | 3ms | 0.056604 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t2", "t2s6", "t2gone", "api", "x", datetime(2026-11-22T09:00:00.012Z), 0ms,
  "t0", "t0s0", null, "api", "z", datetime(2026-11-22T09:00:00.006Z), 0ms,
  "t2", "t2s2", "t2s1", "api", "y", datetime(2026-11-22T09:00:00.004Z), 20ms,
  "t1", "t1s3", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.011Z), 0ms,
  "t1", "t1s5", "t1s1", "web", "y", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t1", "t1s0", null, "web", "z", datetime(2026-11-22T09:00:00.011Z), 3ms,
  "t2", "t2s5", "t2s5", "api", "y", datetime(2026-11-22T09:00:00.000Z), 20ms,
  "t2", "t2s4", "t2s1", "web", "z", datetime(2026-11-22T09:00:00.000Z), 30ms,
  "t2", "t2s0", null, "api", "z", datetime(2026-11-22T09:00:00.009Z), 30ms,
  "t1", "t1s4", "t1gone", "api", "x", datetime(2026-11-22T09:00:00.003Z), 0ms,
  "t1", "t1s2", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.001Z), 30ms,
  "t2", "t2s1", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t1", "t1s1", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.007Z), 3ms,
  "t2", "t2s3", "t2s2", "web", "z", datetime(2026-11-22T09:00:00.004Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 30ms | 0.909091 | 1 | 1
web | z | 3ms | 0.090909 | 2 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.010Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 20ms | 0.666667 | 1 | 1
web | y | 10ms | 0.333333 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s1", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.012Z), 8ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.010Z), 3ms,
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.012Z), 0ms,
  "t0", "t0s4", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.003Z), 3ms,
  "t0", "t0s3", "t0s3", "web", "z", datetime(2026-11-22T09:00:00.004Z), 8ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.008Z), 0ms,
  "t1", "t1s2", "t1s1", "web", "x", datetime(2026-11-22T09:00:00.008Z), 0ms,
  "t1", "t1s4", "t1s4", "web", "y", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.008Z), 1ms,
  "t1", "t1s5", "t1s2", "web", "x", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t0", "t0s6", "t0s4", "api", "y", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t0", "t0s7", "t0s1", "api", "z", datetime(2026-11-22T09:00:00.008Z), 1ms,
  "t0", "t0s5", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.005Z), 30ms,
  "t0", "t0s8", "t0s8", "web", "y", datetime(2026-11-22T09:00:00.010Z), 8ms,
  "t1", "t1s3", "t1s2", "api", "x", datetime(2026-11-22T09:00:00.010Z), 8ms,
  "t1", "t1s6", "t1s5", "api", "x", datetime(2026-11-22T09:00:00.011Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 3ms | 0.75 | 1 | 1
api | y | 1ms | 0.25 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t2", "t2s1", "t2s0", "api", "y", datetime(2026-11-22T09:00:00.000Z), 8ms,
  "t1", "t1s0", null, "web", "z", datetime(2026-11-22T09:00:00.005Z), 30ms,
  "t1", "t1s1", "t1gone", "api", "y", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t2", "t2s2", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t2", "t2s0", null, "api", "z", datetime(2026-11-22T09:00:00.002Z), 3ms,
  "t0", "t0s0", null, "api", "x", datetime(2026-11-22T09:00:00.012Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 30ms | 0.731707 | 1 | 1
api | x | 8ms | 0.195122 | 1 | 1
api | y | 3ms | 0.073171 | 1 | 1
api | z | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s4", "t0gone", "api", "z", datetime(2026-11-22T09:00:00.012Z), 20ms,
  "t0", "t0s0", "t0s1", "api", "x", datetime(2026-11-22T09:00:00.009Z), 1ms,
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.007Z), 8ms,
  "t0", "t0s5", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.007Z), 3ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.002Z), 3ms,
  "t0", "t0s3", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.003Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 20ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s7", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.001Z), 8ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.012Z), 20ms,
  "t1", "t1s8", "t1s3", "web", "y", datetime(2026-11-22T09:00:00.010Z), 8ms,
  "t1", "t1s0", "t1s0", "api", "z", datetime(2026-11-22T09:00:00.007Z), 0ms,
  "t1", "t1s6", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t1", "t1s4", "t1s2", "api", "z", datetime(2026-11-22T09:00:00.011Z), 0ms,
  "t0", "t0s2", "t0gone", "web", "x", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t0", "t0s1", "t0s2", "web", "x", datetime(2026-11-22T09:00:00.009Z), 1ms,
  "t1", "t1s3", "t1s1", "web", "y", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t1", "t1s2", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.000Z), 20ms,
  "t1", "t1s1", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.006Z), 1ms,
  "t1", "t1s5", "t1s1", "web", "z", datetime(2026-11-22T09:00:00.006Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 20ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s4", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t0", "t0s0", null, "api", "z", datetime(2026-11-22T09:00:00.010Z), 3ms,
  "t0", "t0s2", "t0s2", "web", "x", datetime(2026-11-22T09:00:00.006Z), 0ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.002Z), 20ms,
  "t1", "t1s2", "t1s1", "api", "x", datetime(2026-11-22T09:00:00.010Z), 20ms,
  "t1", "t1s1", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t1", "t1s5", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.012Z), 20ms,
  "t1", "t1s0", null, "api", "z", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t0", "t0s3", "t0s2", "web", "x", datetime(2026-11-22T09:00:00.003Z), 0ms,
  "t1", "t1s3", "t1s1", "api", "x", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t0", "t0s4", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.012Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 20ms | 0.606061 | 1 | 1
api | z | 7ms | 0.212121 | 2 | 2
api | x | 3ms | 0.090909 | 1 | 1
web | x | 3ms | 0.090909 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t2", "t2s6", "t2s1", "api", "z", datetime(2026-11-22T09:00:00.006Z), 1ms,
  "t2", "t2s2", "t2s1", "web", "y", datetime(2026-11-22T09:00:00.000Z), 3ms,
  "t1", "t1s8", "t1s7", "web", "y", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t2", "t2s1", "t2s0", "web", "z", datetime(2026-11-22T09:00:00.005Z), 20ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.010Z), 1ms,
  "t1", "t1s3", "t1s1", "web", "y", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t1", "t1s0", null, "api", "x", datetime(2026-11-22T09:00:00.011Z), 3ms,
  "t1", "t1s4", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.006Z), 8ms,
  "t2", "t2s3", "t2s1", "api", "z", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.009Z), 8ms,
  "t1", "t1s5", "t1gone", "api", "x", datetime(2026-11-22T09:00:00.009Z), 8ms,
  "t1", "t1s2", "t1s1", "web", "x", datetime(2026-11-22T09:00:00.009Z), 20ms,
  "t2", "t2s5", "t2s3", "web", "y", datetime(2026-11-22T09:00:00.011Z), 0ms,
  "t1", "t1s6", "t1s4", "web", "y", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t0", "t0s3", "t0s1", "web", "x", datetime(2026-11-22T09:00:00.009Z), 20ms,
  "t1", "t1s1", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.010Z), 3ms,
  "t2", "t2s0", null, "api", "y", datetime(2026-11-22T09:00:00.011Z), 8ms,
  "t2", "t2s4", "t2s0", "web", "x", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t1", "t1s7", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.010Z), 1ms,
  "t0", "t0s2", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.004Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 8ms | 0.666667 | 2 | 2
web | y | 4ms | 0.333333 | 3 | 2
api | x | 0s | 0.0 | 1 | 1
api | y | 0s | 0.0 | 1 | 1
web | x | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s3", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.003Z), 3ms,
  "t0", "t0s4", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s2", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.011Z), 20ms,
  "t0", "t0s0", "t0gone", "web", "x", datetime(2026-11-22T09:00:00.007Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | x | 4ms | 0.5 | 1 | 1
web | y | 4ms | 0.5 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s3", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.009Z), 20ms,
  "t1", "t1s1", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t1", "t1s2", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.001Z), 8ms,
  "t0", "t0s3", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t0", "t0s1", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.011Z), 1ms,
  "t2", "t2s3", "t2s2", "api", "x", datetime(2026-11-22T09:00:00.007Z), 0ms,
  "t0", "t0s2", "t0s1", "api", "x", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t2", "t2s1", "t2s0", "web", "x", datetime(2026-11-22T09:00:00.004Z), 30ms,
  "t2", "t2s2", "t2s0", "web", "x", datetime(2026-11-22T09:00:00.009Z), 8ms,
  "t2", "t2s4", "t2s2", "api", "z", datetime(2026-11-22T09:00:00.007Z), 0ms,
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.005Z), 30ms,
  "t2", "t2s0", null, "api", "z", datetime(2026-11-22T09:00:00.001Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 29ms | 0.852941 | 2 | 2
api | y | 3ms | 0.088235 | 1 | 1
api | z | 1ms | 0.029412 | 1 | 1
web | z | 1ms | 0.029412 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.007Z), 20ms,
  "t1", "t1s4", "t1s3", "web", "y", datetime(2026-11-22T09:00:00.006Z), 8ms,
  "t0", "t0s4", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.002Z), 20ms,
  "t2", "t2s2", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.010Z), 0ms,
  "t1", "t1s8", "t1s6", "web", "x", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t1", "t1s6", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.011Z), 0ms,
  "t2", "t2s1", "t2s0", "api", "y", datetime(2026-11-22T09:00:00.005Z), 20ms,
  "t1", "t1s2", "t1s1", "web", "z", datetime(2026-11-22T09:00:00.008Z), 1ms,
  "t1", "t1s5", "t1s1", "web", "x", datetime(2026-11-22T09:00:00.007Z), 20ms,
  "t1", "t1s3", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.011Z), 30ms,
  "t0", "t0s2", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.005Z), 1ms,
  "t2", "t2s0", null, "web", "z", datetime(2026-11-22T09:00:00.003Z), 8ms,
  "t1", "t1s0", null, "web", "z", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t1", "t1s1", "t1s0", "api", "z", datetime(2026-11-22T09:00:00.011Z), 20ms,
  "t0", "t0s3", "t0s2", "api", "y", datetime(2026-11-22T09:00:00.008Z), 8ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t2", "t2s3", "t2s2", "web", "y", datetime(2026-11-22T09:00:00.006Z), 1ms,
  "t1", "t1s7", "t1gone", "web", "x", datetime(2026-11-22T09:00:00.006Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 16ms | 0.571429 | 1 | 1
api | y | 6ms | 0.214286 | 1 | 1
web | y | 4ms | 0.142857 | 1 | 1
web | z | 2ms | 0.071429 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s3", "t0s2", "web", "y", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t0", "t0s5", "t0gone", "api", "y", datetime(2026-11-22T09:00:00.001Z), 8ms,
  "t1", "t1s2", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.008Z), 30ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t0", "t0s1", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t1", "t1s0", "t1gone", "api", "y", datetime(2026-11-22T09:00:00.006Z), 8ms,
  "t0", "t0s4", "t0gone", "web", "x", datetime(2026-11-22T09:00:00.011Z), 0ms,
  "t1", "t1s1", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.011Z), 8ms,
  "t0", "t0s2", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.004Z), 20ms,
  "t0", "t0s6", "t0s4", "web", "y", datetime(2026-11-22T09:00:00.006Z), 20ms,
  "t0", "t0s7", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.008Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 19ms | 0.678571 | 1 | 1
web | y | 7ms | 0.25 | 2 | 2
api | y | 2ms | 0.071429 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s3", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.007Z), 0ms,
  "t1", "t1s4", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.005Z), 0ms,
  "t1", "t1s5", "t1s2", "web", "y", datetime(2026-11-22T09:00:00.007Z), 20ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.008Z), 30ms,
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.007Z), 30ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.010Z), 8ms,
  "t1", "t1s7", "t1gone", "api", "z", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t1", "t1s1", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t1", "t1s2", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t1", "t1s3", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t0", "t0s2", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.012Z), 30ms,
  "t1", "t1s6", "t1s5", "api", "y", datetime(2026-11-22T09:00:00.001Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | y | 24ms | 0.631579 | 1 | 1
web | x | 8ms | 0.210526 | 1 | 1
web | y | 6ms | 0.157895 | 1 | 1
web | z | 0s | 0.0 | 2 | 2
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t2", "t2s2", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.004Z), 8ms,
  "t0", "t0s7", "t0s5", "web", "z", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.006Z), 3ms,
  "t0", "t0s6", "t0s2", "api", "y", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t1", "t1s4", "t1s1", "api", "y", datetime(2026-11-22T09:00:00.000Z), 3ms,
  "t1", "t1s5", "t1s4", "api", "y", datetime(2026-11-22T09:00:00.011Z), 30ms,
  "t1", "t1s1", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.003Z), 3ms,
  "t2", "t2s0", null, "api", "x", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t0", "t0s5", "t0s3", "web", "z", datetime(2026-11-22T09:00:00.008Z), 30ms,
  "t1", "t1s7", "t1s6", "web", "z", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t0", "t0s3", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.003Z), 3ms,
  "t0", "t0s0", null, "api", "x", datetime(2026-11-22T09:00:00.004Z), 0ms,
  "t1", "t1s6", "t1s5", "api", "x", datetime(2026-11-22T09:00:00.005Z), 1ms,
  "t1", "t1s2", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s1", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.000Z), 1ms,
  "t0", "t0s4", "t0s1", "web", "z", datetime(2026-11-22T09:00:00.006Z), 0ms,
  "t2", "t2s1", "t2s0", "web", "z", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t1", "t1s3", "t1s1", "web", "y", datetime(2026-11-22T09:00:00.008Z), 30ms,
  "t0", "t0s8", "t0s3", "web", "x", datetime(2026-11-22T09:00:00.005Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | y | 3ms | 0.75 | 1 | 1
api | x | 1ms | 0.25 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "api", "x", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t0", "t0s4", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.009Z), 1ms,
  "t0", "t0s1", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.011Z), 1ms,
  "t0", "t0s3", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.001Z), 1ms,
  "t0", "t0s2", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.001Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 30ms | 1.0 | 2 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s1", "t0gone", "web", "y", datetime(2026-11-22T09:00:00.010Z), 0ms,
  "t0", "t0s0", null, "api", "z", datetime(2026-11-22T09:00:00.004Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 20ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s3", "t0s1", "web", "x", datetime(2026-11-22T09:00:00.000Z), 1ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.008Z), 20ms,
  "t0", "t0s4", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.000Z), 20ms,
  "t0", "t0s5", "t0s4", "api", "x", datetime(2026-11-22T09:00:00.003Z), 0ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.007Z), 0ms,
  "t0", "t0s2", "t0s1", "api", "x", datetime(2026-11-22T09:00:00.004Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s3", "t0s1", "api", "x", datetime(2026-11-22T09:00:00.010Z), 3ms,
  "t0", "t0s1", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t1", "t1s1", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.002Z), 3ms,
  "t1", "t1s0", "t1gone", "web", "z", datetime(2026-11-22T09:00:00.004Z), 30ms,
  "t0", "t0s4", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.011Z), 1ms,
  "t1", "t1s3", "t1gone", "api", "z", datetime(2026-11-22T09:00:00.012Z), 1ms,
  "t1", "t1s2", "t1s1", "web", "x", datetime(2026-11-22T09:00:00.006Z), 20ms,
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.006Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 30ms | 0.491803 | 1 | 1
web | z | 29ms | 0.47541 | 1 | 1
api | z | 1ms | 0.016393 | 1 | 1
web | x | 1ms | 0.016393 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s6", "t0s4", "web", "z", datetime(2026-11-22T09:00:00.000Z), 20ms,
  "t0", "t0s2", "t0s1", "web", "x", datetime(2026-11-22T09:00:00.011Z), 30ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t1", "t1s0", null, "web", "z", datetime(2026-11-22T09:00:00.007Z), 3ms,
  "t0", "t0s3", "t0s2", "web", "x", datetime(2026-11-22T09:00:00.009Z), 20ms,
  "t0", "t0s7", "t0s3", "api", "z", datetime(2026-11-22T09:00:00.000Z), 20ms,
  "t0", "t0s1", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.006Z), 3ms,
  "t0", "t0s5", "t0s6", "api", "y", datetime(2026-11-22T09:00:00.006Z), 20ms,
  "t0", "t0s4", "t0s3", "api", "z", datetime(2026-11-22T09:00:00.009Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 27ms | 0.818182 | 1 | 1
web | z | 6ms | 0.181818 | 2 | 2
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s2", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.003Z), 0ms,
  "t1", "t1s4", "t1s2", "web", "y", datetime(2026-11-22T09:00:00.003Z), 3ms,
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.000Z), 30ms,
  "t1", "t1s3", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.012Z), 3ms,
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.012Z), 0ms,
  "t1", "t1s1", "t1gone", "web", "y", datetime(2026-11-22T09:00:00.004Z), 30ms,
  "t1", "t1s5", "t1s4", "api", "x", datetime(2026-11-22T09:00:00.010Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | y | 17ms | 0.85 | 1 | 1
web | x | 3ms | 0.15 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s2", "t1s1", "web", "z", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.012Z), 8ms,
  "t0", "t0s1", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.003Z), 1ms,
  "t2", "t2s0", null, "api", "x", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t0", "t0s2", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.002Z), 3ms,
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.000Z), 3ms,
  "t1", "t1s1", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.005Z), 20ms,
  "t1", "t1s3", "t1s2", "api", "x", datetime(2026-11-22T09:00:00.007Z), 20ms,
  "t0", "t0s3", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.000Z), 0ms,
  "t2", "t2s1", "t2s0", "api", "x", datetime(2026-11-22T09:00:00.011Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 31ms | 0.756098 | 3 | 2
api | y | 10ms | 0.243902 | 3 | 2
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s6", "t0s2", "web", "y", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t1", "t1s3", "t1s2", "api", "z", datetime(2026-11-22T09:00:00.012Z), 30ms,
  "t0", "t0s4", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.011Z), 20ms,
  "t0", "t0s5", "t0s2", "web", "z", datetime(2026-11-22T09:00:00.010Z), 1ms,
  "t2", "t2s0", "t2s0", "web", "x", datetime(2026-11-22T09:00:00.010Z), 0ms,
  "t1", "t1s2", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t1", "t1s4", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t0", "t0s1", "t0gone", "web", "y", datetime(2026-11-22T09:00:00.005Z), 1ms,
  "t1", "t1s0", null, "web", "x", datetime(2026-11-22T09:00:00.001Z), 8ms,
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t1", "t1s6", "t1s4", "web", "x", datetime(2026-11-22T09:00:00.004Z), 20ms,
  "t1", "t1s1", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.005Z), 1ms,
  "t0", "t0s3", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.003Z), 0ms,
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t2", "t2s1", "t2s0", "api", "y", datetime(2026-11-22T09:00:00.012Z), 1ms,
  "t1", "t1s5", "t1s2", "web", "x", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s7", "t0s5", "web", "x", datetime(2026-11-22T09:00:00.000Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 20ms | 0.526316 | 1 | 1
api | y | 10ms | 0.263158 | 1 | 1
web | x | 8ms | 0.210526 | 3 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.008Z), 30ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.008Z), 20ms,
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.002Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | y | 30ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s3", "t1s1", "web", "y", datetime(2026-11-22T09:00:00.006Z), 20ms,
  "t0", "t0s3", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.001Z), 8ms,
  "t1", "t1s2", "t1s1", "api", "y", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t1", "t1s4", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.005Z), 20ms,
  "t0", "t0s0", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.001Z), 30ms,
  "t0", "t0s4", "t0s3", "api", "z", datetime(2026-11-22T09:00:00.006Z), 3ms,
  "t0", "t0s2", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.010Z), 20ms,
  "t1", "t1s6", "t1gone", "api", "x", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t1", "t1s0", "t1s4", "web", "x", datetime(2026-11-22T09:00:00.008Z), 8ms,
  "t1", "t1s5", "t1s2", "web", "z", datetime(2026-11-22T09:00:00.012Z), 20ms,
  "t1", "t1s1", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.001Z), 30ms,
  "t1", "t1s7", "t1gone", "web", "y", datetime(2026-11-22T09:00:00.009Z), 3ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 23ms | 0.638889 | 2 | 2
api | z | 10ms | 0.277778 | 2 | 1
web | y | 3ms | 0.083333 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s2", "t0s2", "api", "z", datetime(2026-11-22T09:00:00.011Z), 0ms,
  "t0", "t0s4", "t0s3", "api", "y", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t0", "t0s5", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.007Z), 30ms,
  "t0", "t0s3", "t0s2", "web", "z", datetime(2026-11-22T09:00:00.008Z), 0ms,
  "t0", "t0s0", "t0gone", "web", "x", datetime(2026-11-22T09:00:00.012Z), 3ms,
  "t1", "t1s1", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.010Z), 20ms,
  "t1", "t1s0", null, "api", "z", datetime(2026-11-22T09:00:00.006Z), 0ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.006Z), 20ms,
  "t1", "t1s2", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.011Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 3ms | 1.0 | 1 | 1
web | x | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.000Z), 8ms,
  "t0", "t0s1", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t0", "t0s2", "t0s1", "web", "z", datetime(2026-11-22T09:00:00.011Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | y | 8ms | 1.0 | 2 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.005Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 8ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s0", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t0", "t0s6", "t0s4", "web", "z", datetime(2026-11-22T09:00:00.004Z), 20ms,
  "t0", "t0s0", null, "api", "z", datetime(2026-11-22T09:00:00.009Z), 8ms,
  "t0", "t0s1", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.006Z), 3ms,
  "t0", "t0s2", "t0s2", "web", "z", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t1", "t1s3", "t1s2", "api", "x", datetime(2026-11-22T09:00:00.003Z), 3ms,
  "t1", "t1s4", "t1gone", "api", "y", datetime(2026-11-22T09:00:00.004Z), 20ms,
  "t0", "t0s4", "t0s1", "api", "z", datetime(2026-11-22T09:00:00.001Z), 20ms,
  "t0", "t0s8", "t0s7", "web", "y", datetime(2026-11-22T09:00:00.012Z), 3ms,
  "t0", "t0s3", "t0s2", "web", "y", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t2", "t2s2", "t2s0", "api", "y", datetime(2026-11-22T09:00:00.000Z), 8ms,
  "t0", "t0s5", "t0s3", "api", "y", datetime(2026-11-22T09:00:00.007Z), 0ms,
  "t1", "t1s1", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.012Z), 1ms,
  "t2", "t2s0", null, "web", "y", datetime(2026-11-22T09:00:00.000Z), 3ms,
  "t2", "t2s1", "t2s0", "api", "x", datetime(2026-11-22T09:00:00.008Z), 1ms,
  "t0", "t0s7", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.002Z), 20ms,
  "t1", "t1s2", "t1s1", "api", "y", datetime(2026-11-22T09:00:00.001Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | y | 24ms | 0.470588 | 3 | 2
web | x | 19ms | 0.372549 | 2 | 1
api | z | 5ms | 0.098039 | 2 | 1
web | y | 3ms | 0.058824 | 2 | 2
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s1", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t2", "t2s0", null, "api", "z", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t1", "t1s0", null, "api", "z", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t2", "t2s1", "t2s0", "api", "x", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t1", "t1s1", "t1s0", "api", "z", datetime(2026-11-22T09:00:00.010Z), 1ms,
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.009Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 30ms | 0.967742 | 3 | 2
api | x | 1ms | 0.032258 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s2", "t0s1", "web", "x", datetime(2026-11-22T09:00:00.012Z), 20ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.009Z), 8ms,
  "t0", "t0s3", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.004Z), 1ms,
  "t0", "t0s4", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.002Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | x | 1ms | 1.0 | 1 | 1
web | z | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t0", "t0s3", "t0s1", "web", "x", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.004Z), 0ms,
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.010Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | y | 3ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "api", "z", datetime(2026-11-22T09:00:00.008Z), 20ms,
  "t0", "t0s4", "t0s1", "api", "z", datetime(2026-11-22T09:00:00.005Z), 0ms,
  "t0", "t0s3", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.003Z), 0ms,
  "t0", "t0s5", "t0s3", "web", "y", datetime(2026-11-22T09:00:00.012Z), 30ms,
  "t0", "t0s2", "t0s1", "web", "z", datetime(2026-11-22T09:00:00.000Z), 1ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.003Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 20ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.007Z), 0ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t1", "t1s0", null, "api", "x", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t1", "t1s1", "t1s1", "api", "x", datetime(2026-11-22T09:00:00.003Z), 1ms,
  "t1", "t1s3", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.011Z), 3ms,
  "t2", "t2s0", "t2s0", "web", "z", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t1", "t1s2", "t1s3", "api", "y", datetime(2026-11-22T09:00:00.011Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 3ms | 0.5 | 1 | 1
web | z | 3ms | 0.5 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.004Z), 30ms,
  "t0", "t0s1", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.009Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | x | 30ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s4", "t1s2", "api", "z", datetime(2026-11-22T09:00:00.001Z), 8ms,
  "t1", "t1s3", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.001Z), 30ms,
  "t0", "t0s6", "t0s4", "api", "z", datetime(2026-11-22T09:00:00.007Z), 3ms,
  "t0", "t0s3", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.003Z), 8ms,
  "t0", "t0s4", "t0s3", "web", "y", datetime(2026-11-22T09:00:00.000Z), 1ms,
  "t1", "t1s1", "t1s0", "api", "z", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s2", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.000Z), 1ms,
  "t1", "t1s5", "t1s4", "api", "z", datetime(2026-11-22T09:00:00.000Z), 30ms,
  "t1", "t1s2", "t1s1", "web", "z", datetime(2026-11-22T09:00:00.009Z), 8ms,
  "t1", "t1s6", "t1s2", "api", "z", datetime(2026-11-22T09:00:00.010Z), 20ms,
  "t0", "t0s5", "t0s1", "api", "x", datetime(2026-11-22T09:00:00.005Z), 3ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.012Z), 20ms,
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.000Z), 1ms,
  "t0", "t0s7", "t0s2", "web", "y", datetime(2026-11-22T09:00:00.002Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | y | 5ms | 0.555556 | 2 | 2
api | z | 3ms | 0.333333 | 2 | 1
api | x | 1ms | 0.111111 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s3", "t1s2", "api", "y", datetime(2026-11-22T09:00:00.012Z), 1ms,
  "t1", "t1s4", "t1s4", "web", "x", datetime(2026-11-22T09:00:00.012Z), 0ms,
  "t1", "t1s0", "t1s5", "web", "x", datetime(2026-11-22T09:00:00.007Z), 8ms,
  "t1", "t1s1", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.010Z), 1ms,
  "t1", "t1s8", "t1s4", "web", "z", datetime(2026-11-22T09:00:00.011Z), 30ms,
  "t1", "t1s2", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t1", "t1s6", "t1s5", "web", "z", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t1", "t1s7", "t1s2", "api", "y", datetime(2026-11-22T09:00:00.004Z), 1ms,
  "t1", "t1s5", "t1s2", "api", "z", datetime(2026-11-22T09:00:00.009Z), 30ms,
  "t0", "t0s0", null, "api", "x", datetime(2026-11-22T09:00:00.004Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 1ms | 1.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.004Z), 30ms,
  "t0", "t0s5", "t0s3", "web", "y", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t0", "t0s6", "t0s3", "web", "x", datetime(2026-11-22T09:00:00.001Z), 30ms,
  "t0", "t0s1", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.009Z), 0ms,
  "t0", "t0s3", "t0s2", "api", "z", datetime(2026-11-22T09:00:00.012Z), 0ms,
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.002Z), 8ms,
  "t0", "t0s4", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.008Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | x | 6ms | 0.75 | 1 | 1
web | y | 2ms | 0.25 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s4", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.008Z), 0ms,
  "t1", "t1s4", "t1s1", "api", "x", datetime(2026-11-22T09:00:00.001Z), 30ms,
  "t1", "t1s2", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.011Z), 20ms,
  "t1", "t1s3", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.009Z), 30ms,
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t1", "t1s0", null, "web", "z", datetime(2026-11-22T09:00:00.000Z), 8ms,
  "t0", "t0s2", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t2", "t2s0", null, "api", "z", datetime(2026-11-22T09:00:00.007Z), 20ms,
  "t0", "t0s5", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t1", "t1s1", "t1s1", "api", "x", datetime(2026-11-22T09:00:00.004Z), 0ms,
  "t1", "t1s5", "t1s1", "web", "z", datetime(2026-11-22T09:00:00.007Z), 8ms,
  "t0", "t0s3", "t0s1", "api", "z", datetime(2026-11-22T09:00:00.008Z), 30ms,
  "t0", "t0s1", "t0gone", "api", "z", datetime(2026-11-22T09:00:00.010Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 20ms | 0.645161 | 1 | 1
web | z | 8ms | 0.258065 | 1 | 1
api | y | 3ms | 0.096774 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s3", "t1s1", "web", "y", datetime(2026-11-22T09:00:00.009Z), 0ms,
  "t2", "t2s4", "t2s2", "api", "z", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t2", "t2s2", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.005Z), 20ms,
  "t0", "t0s3", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.011Z), 8ms,
  "t2", "t2s3", "t2s1", "web", "z", datetime(2026-11-22T09:00:00.012Z), 8ms,
  "t1", "t1s0", null, "web", "z", datetime(2026-11-22T09:00:00.009Z), 30ms,
  "t0", "t0s5", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.003Z), 30ms,
  "t0", "t0s2", "t0s1", "api", "x", datetime(2026-11-22T09:00:00.009Z), 0ms,
  "t1", "t1s1", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s4", "t0s3", "api", "z", datetime(2026-11-22T09:00:00.008Z), 8ms,
  "t2", "t2s1", "t2s0", "web", "x", datetime(2026-11-22T09:00:00.002Z), 20ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.010Z), 8ms,
  "t2", "t2s5", "t2s3", "api", "z", datetime(2026-11-22T09:00:00.008Z), 8ms,
  "t2", "t2s0", null, "api", "y", datetime(2026-11-22T09:00:00.004Z), 30ms,
  "t0", "t0s6", "t0s4", "api", "y", datetime(2026-11-22T09:00:00.003Z), 30ms,
  "t1", "t1s4", "t1s3", "web", "z", datetime(2026-11-22T09:00:00.011Z), 30ms,
  "t1", "t1s2", "t1s1", "web", "y", datetime(2026-11-22T09:00:00.004Z), 1ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.000Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 26ms | 0.433333 | 1 | 1
api | z | 20ms | 0.333333 | 1 | 1
api | y | 10ms | 0.166667 | 1 | 1
web | y | 4ms | 0.066667 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s4", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.009Z), 30ms,
  "t0", "t0s1", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.009Z), 1ms,
  "t0", "t0s5", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.007Z), 30ms,
  "t0", "t0s3", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.000Z), 30ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s2", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.010Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 7ms | 0.875 | 1 | 1
web | y | 1ms | 0.125 | 1 | 1
api | z | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t0", "t0s6", "t0s3", "web", "x", datetime(2026-11-22T09:00:00.006Z), 0ms,
  "t0", "t0s5", "t0gone", "web", "z", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t1", "t1s2", "t1s1", "web", "y", datetime(2026-11-22T09:00:00.002Z), 0ms,
  "t2", "t2s3", "t2s2", "web", "z", datetime(2026-11-22T09:00:00.007Z), 3ms,
  "t0", "t0s4", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.008Z), 20ms,
  "t0", "t0s7", "t0s4", "web", "z", datetime(2026-11-22T09:00:00.004Z), 0ms,
  "t2", "t2s0", null, "api", "z", datetime(2026-11-22T09:00:00.011Z), 20ms,
  "t0", "t0s1", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.006Z), 1ms,
  "t2", "t2s2", "t2s0", "api", "x", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t1", "t1s1", "t1s0", "api", "y", datetime(2026-11-22T09:00:00.000Z), 0ms,
  "t1", "t1s0", null, "api", "x", datetime(2026-11-22T09:00:00.005Z), 0ms,
  "t0", "t0s3", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.005Z), 0ms,
  "t2", "t2s4", "t2s2", "api", "z", datetime(2026-11-22T09:00:00.005Z), 30ms,
  "t0", "t0s8", "t0s5", "web", "y", datetime(2026-11-22T09:00:00.012Z), 3ms,
  "t1", "t1s3", "t1s0", "api", "z", datetime(2026-11-22T09:00:00.008Z), 1ms,
  "t0", "t0s2", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.009Z), 30ms,
  "t2", "t2s1", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.004Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | z | 20ms | 0.5 | 2 | 1
web | z | 19ms | 0.475 | 2 | 1
api | y | 1ms | 0.025 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s2", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.007Z), 30ms,
  "t0", "t0s4", "t0s2", "web", "x", datetime(2026-11-22T09:00:00.003Z), 30ms,
  "t0", "t0s3", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.007Z), 30ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.008Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s2", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.000Z), 30ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.005Z), 0ms,
  "t1", "t1s1", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.000Z), 20ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.002Z), 3ms,
  "t1", "t1s2", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.010Z), 1ms,
  "t1", "t1s0", null, "api", "y", datetime(2026-11-22T09:00:00.011Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 4ms | 1.0 | 3 | 2
api | y | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s3", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.008Z), 3ms,
  "t0", "t0s2", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.000Z), 0ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t1", "t1s0", "t1s0", "api", "z", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t0", "t0s1", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.010Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 22ms | 0.578947 | 1 | 1
api | z | 8ms | 0.210526 | 1 | 1
web | y | 8ms | 0.210526 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s0", null, "web", "x", datetime(2026-11-22T09:00:00.010Z), 8ms,
  "t1", "t1s1", "t1s0", "web", "y", datetime(2026-11-22T09:00:00.009Z), 0ms,
  "t0", "t0s2", "t0s1", "api", "z", datetime(2026-11-22T09:00:00.002Z), 3ms,
  "t1", "t1s2", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.003Z), 8ms,
  "t0", "t0s1", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.006Z), 8ms,
  "t0", "t0s3", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.002Z), 3ms,
  "t0", "t0s0", null, "api", "z", datetime(2026-11-22T09:00:00.000Z), 0ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | x | 7ms | 0.875 | 1 | 1
api | x | 1ms | 0.125 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.002Z), 8ms,
  "t0", "t0s1", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.007Z), 3ms,
  "t0", "t0s2", "t0gone", "web", "y", datetime(2026-11-22T09:00:00.000Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | y | 5ms | 0.625 | 1 | 1
api | x | 3ms | 0.375 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t1", "t1s0", null, "api", "x", datetime(2026-11-22T09:00:00.006Z), 20ms,
  "t1", "t1s2", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.010Z), 0ms,
  "t0", "t0s2", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.006Z), 3ms,
  "t0", "t0s1", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.004Z), 3ms,
  "t0", "t0s3", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t0", "t0s8", "t0s0", "api", "x", datetime(2026-11-22T09:00:00.005Z), 20ms,
  "t0", "t0s5", "t0s1", "api", "y", datetime(2026-11-22T09:00:00.007Z), 20ms,
  "t0", "t0s4", "t0s2", "web", "y", datetime(2026-11-22T09:00:00.010Z), 3ms,
  "t0", "t0s6", "t0s6", "web", "y", datetime(2026-11-22T09:00:00.010Z), 20ms,
  "t1", "t1s1", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.011Z), 0ms,
  "t1", "t1s3", "t1s3", "web", "y", datetime(2026-11-22T09:00:00.002Z), 30ms,
  "t0", "t0s7", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.004Z), 8ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | z | 30ms | 0.6 | 1 | 1
api | x | 20ms | 0.4 | 1 | 1
web | x | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s2", "t0s1", "web", "y", datetime(2026-11-22T09:00:00.001Z), 0ms,
  "t2", "t2s0", null, "api", "x", datetime(2026-11-22T09:00:00.001Z), 20ms,
  "t0", "t0s0", null, "web", "x", datetime(2026-11-22T09:00:00.009Z), 20ms,
  "t0", "t0s1", "t0s0", "api", "y", datetime(2026-11-22T09:00:00.002Z), 20ms,
  "t2", "t2s1", "t2s0", "web", "y", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t1", "t1s1", "t1s0", "web", "x", datetime(2026-11-22T09:00:00.010Z), 30ms,
  "t1", "t1s0", null, "api", "z", datetime(2026-11-22T09:00:00.004Z), 20ms,
  "t1", "t1s2", "t1gone", "web", "x", datetime(2026-11-22T09:00:00.009Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | x | 21ms | 0.35 | 2 | 2
api | y | 13ms | 0.216667 | 1 | 1
web | y | 11ms | 0.183333 | 1 | 1
api | x | 9ms | 0.15 | 1 | 1
api | z | 6ms | 0.1 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s4", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.000Z), 30ms,
  "t1", "t1s0", null, "api", "x", datetime(2026-11-22T09:00:00.011Z), 0ms,
  "t0", "t0s1", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.008Z), 1ms,
  "t0", "t0s4", "t0s2", "api", "z", datetime(2026-11-22T09:00:00.007Z), 8ms,
  "t1", "t1s3", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.005Z), 30ms,
  "t1", "t1s2", "t1s4", "web", "x", datetime(2026-11-22T09:00:00.005Z), 8ms,
  "t1", "t1s1", "t1gone", "api", "x", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t0", "t0s2", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.009Z), 3ms,
  "t0", "t0s0", null, "api", "y", datetime(2026-11-22T09:00:00.003Z), 0ms,
  "t0", "t0s3", "t0s2", "api", "x", datetime(2026-11-22T09:00:00.007Z), 20ms,
  "t0", "t0s6", "t0s0", "web", "y", datetime(2026-11-22T09:00:00.002Z), 20ms,
  "t0", "t0s7", "t0s4", "web", "x", datetime(2026-11-22T09:00:00.007Z), 30ms,
  "t0", "t0s5", "t0s2", "web", "x", datetime(2026-11-22T09:00:00.000Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s0", null, "api", "x", datetime(2026-11-22T09:00:00.002Z), 20ms,
  "t2", "t2s2", "t2s4", "web", "z", datetime(2026-11-22T09:00:00.004Z), 8ms,
  "t1", "t1s4", "t1s1", "api", "x", datetime(2026-11-22T09:00:00.002Z), 1ms,
  "t1", "t1s2", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.001Z), 20ms,
  "t2", "t2s0", null, "web", "y", datetime(2026-11-22T09:00:00.006Z), 3ms,
  "t1", "t1s6", "t1s4", "api", "y", datetime(2026-11-22T09:00:00.003Z), 30ms,
  "t2", "t2s1", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.006Z), 30ms,
  "t0", "t0s1", "t0s0", "web", "z", datetime(2026-11-22T09:00:00.003Z), 1ms,
  "t2", "t2s4", "t2s3", "api", "y", datetime(2026-11-22T09:00:00.011Z), 8ms,
  "t2", "t2s3", "t2s0", "api", "z", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t1", "t1s5", "t1s4", "web", "x", datetime(2026-11-22T09:00:00.001Z), 30ms,
  "t1", "t1s3", "t1s3", "web", "y", datetime(2026-11-22T09:00:00.007Z), 30ms,
  "t1", "t1s7", "t1s3", "api", "x", datetime(2026-11-22T09:00:00.010Z), 3ms,
  "t1", "t1s8", "t1s5", "api", "z", datetime(2026-11-22T09:00:00.010Z), 1ms,
  "t1", "t1s1", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.005Z), 30ms,
  "t0", "t0s0", null, "web", "y", datetime(2026-11-22T09:00:00.009Z), 1ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 20ms | 0.833333 | 2 | 1
api | z | 3ms | 0.125 | 1 | 1
web | y | 1ms | 0.041667 | 2 | 2
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t0", "t0s3", "t0s0", "web", "x", datetime(2026-11-22T09:00:00.006Z), 20ms,
  "t0", "t0s1", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.012Z), 30ms,
  "t0", "t0s0", null, "web", "z", datetime(2026-11-22T09:00:00.006Z), 8ms,
  "t0", "t0s5", "t0s3", "web", "y", datetime(2026-11-22T09:00:00.010Z), 0ms,
  "t1", "t1s0", null, "api", "x", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t0", "t0s6", "t0s4", "api", "z", datetime(2026-11-22T09:00:00.011Z), 30ms,
  "t0", "t0s4", "t0s2", "api", "y", datetime(2026-11-22T09:00:00.001Z), 8ms,
  "t0", "t0s2", "t0s0", "api", "z", datetime(2026-11-22T09:00:00.001Z), 1ms,
  "t0", "t0s7", "t0s4", "api", "x", datetime(2026-11-22T09:00:00.002Z), 30ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
web | x | 8ms | 0.888889 | 1 | 1
api | x | 1ms | 0.111111 | 1 | 1
web | z | 0s | 0.0 | 1 | 1
====
datatable (trace_id:string, span_id:string, parent_span_id:string, ['service.name']:string, name:string,
  _time:datetime, duration:timespan) [
  "t1", "t1s1", "t1s0", "api", "x", datetime(2026-11-22T09:00:00.004Z), 0ms,
  "t1", "t1s3", "t1s2", "api", "x", datetime(2026-11-22T09:00:00.003Z), 30ms,
  "t1", "t1s4", "t1s1", "api", "z", datetime(2026-11-22T09:00:00.007Z), 1ms,
  "t0", "t0s0", null, "api", "x", datetime(2026-11-22T09:00:00.003Z), 0ms,
  "t1", "t1s5", "t1s3", "web", "z", datetime(2026-11-22T09:00:00.001Z), 3ms,
  "t1", "t1s2", "t1s0", "web", "z", datetime(2026-11-22T09:00:00.003Z), 20ms,
  "t1", "t1s0", null, "web", "y", datetime(2026-11-22T09:00:00.005Z), 20ms
]
| critical_path | extend share = round(share, 6)
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
api | x | 18ms | 0.9 | 1 | 1
web | y | 2ms | 0.1 | 1 | 1
web | z | 0s | 0.0 | 1 | 1

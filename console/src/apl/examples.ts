// The runbook's queries, as the team writes them, and a few that show what else there is.

export type Example = { title: string; text: string };

export const EXAMPLES: readonly Example[] = [
  { title: 'Spans per service', text: "| summarize count() by ['service.name']" },
  { title: 'Slower than 100 ms', text: '| where duration > 100ms\n| sort by duration desc\n| limit 20' },
  { title: 'Server errors', text: "| where ['http.status_code'] >= 500" },
  { title: 'Errors', text: '| where error\n| sort by _time desc' },
  { title: 'One trace', text: '| where trace_id == "1e0620e4acc5a6dd7ee5f837c9d17378"\n| sort by _time asc' },
  { title: 'Slowest root spans', text: "| where isnull(parent_span_id)\n| project _time, ['service.name'], name, duration, trace_id\n| top 50 by duration" },
  { title: 'Spans over time', text: "| summarize count() by ['service.name'], bin(_time, 1m)" },
  { title: 'p95 by route', text: "| where kind == \"server\"\n| summarize requests = count(), p95 = percentile(duration, 95) by ['service.name'], ['http.route']\n| sort by p95 desc" },
];

export const FIRST_QUERY = "| where isnull(parent_span_id)\n| sort by _time desc\n| limit 200";

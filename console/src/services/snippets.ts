// How to send the first span, with this server's own addresses.
import type { Meta } from '../api/client';

export type Snippet = { title: string; text: string };

/** `asksToken`: the server takes spans only with a token. */
export function snippets(meta: Meta, nowMs: number, asksToken = false): Snippet[] {
  return [
    { title: 'Environment', text: environment(meta) + (asksToken ? `\nexport OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer ${TOKEN}"` : '') },
    { title: 'Rust kit', text: rust(meta, asksToken) },
    { title: 'curl', text: curl(meta, nowMs) + (asksToken ? ` \\\n  -H 'authorization: Bearer ${TOKEN}'` : '') },
    { title: 'Collector', text: collector(meta, asksToken) },
  ];
}

/** To be replaced by one that `throughline token create NAME --can ingest` makes. */
const TOKEN = 'xaat-…';

const environment = (meta: Meta) => `export OTEL_SERVICE_NAME=my-service
export OTEL_EXPORTER_OTLP_ENDPOINT=${meta.otlp_http}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`;

const rust = (meta: Meta, asksToken: boolean) => `// Cargo.toml: throughline-telemetry = { features = ["axum"] }
// and in the environment:
//   ENABLE_OTEL=true OTEL_EXPORTER_OTLP_ENDPOINT=${meta.otlp_http}${asksToken ? `
//   OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer ${TOKEN}"` : ''}
let telemetry = throughline_telemetry::init("my-service")?;
let router = throughline_telemetry::http_server::wrap(router);`;

function curl(meta: Meta, nowMs: number): string {
  const body = {
    resourceSpans: [{
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'my-service' } }] },
      scopeSpans: [{
        spans: [{
          traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174', name: 'hello', kind: 2,
          startTimeUnixNano: `${nowMs}000000`, endTimeUnixNano: `${nowMs + 12}000000`,
        }],
      }],
    }],
  };
  return `curl ${meta.otlp_http}/v1/traces -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
}

const collector = (meta: Meta, asksToken: boolean) => `exporters:
  otlp:
    endpoint: ${meta.otlp_grpc.replace(/^https?:\/\//, '')}
    tls: { insecure: true }${asksToken ? `
    headers: { authorization: "Bearer ${TOKEN}" }` : ''}
service:
  pipelines:
    traces: { receivers: [otlp], exporters: [otlp] }`;

// An MCP client, the official one, as a copilot would use it.

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

import { stack } from "./stack.ts";

/** A connected client of the service at `url`. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ name: "throughline-e2e", version: "0.1.0" });
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", url), {
    requestInit: { headers: { authorization: `Bearer ${stack.copilotToken}` } },
  });
  await client.connect(transport);
  return client;
}

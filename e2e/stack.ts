// Where the running system is. The environment's one door: `cargo xtask test` starts the stack and
// says here where it listens.

function setting(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start these tests with \`cargo xtask test e2e\``);
  }
  return value;
}

/** `name=url name=url …` */
function addresses(list: string): Map<string, string> {
  const pairs = list.split(" ").map((pair) => {
    const equals = pair.indexOf("=");
    return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
  });
  return new Map(pairs);
}

const services = addresses(setting("SERVICE_URLS"));

export const stack = {
  /** The browser's program. */
  chromium: setting("CHROMIUM"),
  /** The store's own program, for queries on the command line. */
  throughline: setting("THROUGHLINE"),
  /** Console and API of the store. */
  console: setting("CONSOLE_URL"),
  /** What the copilot's door asks for. */
  copilotToken: setting("COPILOT_TOKEN"),
};

/** Where a service listens. */
export function urlOf(service: string): string {
  const url = services.get(service);
  if (!url) throw new Error(`${service} does not listen, or is not there`);
  return url;
}

/** The nine services of the platform, by `service.name`. */
export const SERVICES = [
  "instainstru-api",
  "instainstru-worker",
  "instainstru-beat",
  "instainstru-mcp",
  "instainstru-preview-api",
  "instainstru-preview-worker",
  "instainstru-preview-beat",
  "instainstru-preview-mcp",
  "instainstru-api-local",
];

/** Those of them that are APIs. */
export const APIS = SERVICES.filter((service) => service.includes("api"));

// microsoft-graph-client for JavaScript: its objects, with its iterator over pages.
const { readFileSync } = require("node:fs");
const { Client, HTTPMessageHandler, PageIterator } = require("@microsoft/microsoft-graph-client");

function peakKib() {
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
}

// The library's own handler of tokens sends them over TLS only, and without TLS the library takes links for paths.
class Plain {
  constructor(token, next) {
    this.token = token;
    this.next = next;
  }

  async execute(context) {
    context.request = context.request.slice(context.request.lastIndexOf("http://"));
    context.options.headers = { ...context.options.headers, Authorization: `Bearer ${this.token}` };
    await this.next.execute(context);
  }
}

async function read(order) {
  const middleware = new Plain(order.token, new HTTPMessageHandler());
  const client = Client.initWithMiddleware({ baseUrl: order.address, middleware });
  let rows = 0;
  const count = () => {
    rows += 1;
    return true;
  };
  for (const user of order.users) {
    const request = client.api(`/users/${user}/messages`);
    const page = await request.select(order.select.split(",")).top(order.top).get();
    await new PageIterator(client, page, count).iterate();
  }
  return rows;
}

async function measure() {
  const order = JSON.parse(process.argv[2]);
  const started = process.hrtime.bigint();
  const used = process.cpuUsage();
  const rows = await read(order);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { user, system } = process.cpuUsage(used);
  console.log(JSON.stringify({ rows, seconds, processor: (user + system) / 1e6, peak_kib: peakKib() }));
}

measure();

// A client with node's fetch and persistent connections. The first argument is the server's URL. Each line of standard input
// states the number of requests in flight and the seconds of a measurement, whose result is a line of JSON.

import { createInterface } from "node:readline";

const prefix = new URL("api/v6/video/fetch/", process.argv[2]).href;
const body = JSON.stringify({ key: "sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e" });

async function poll(job) {
  const response = await fetch(prefix + job, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  const { status, eta } = await response.json();
  if (response.status !== 200 || status !== "processing" || eta !== 12.5) throw new Error("unexpected response");
}

async function sample(inFlight, seconds) {
  const latencies = [];
  let job = 90000000;
  const usage = process.cpuUsage();
  const begin = performance.now();
  const end = begin + seconds * 1000;
  async function worker() {
    let now = performance.now();
    while (now < end) {
      await poll(job++);
      const start = now;
      now = performance.now();
      latencies.push((now - start) * 1000);
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker));
  const wall = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(usage);
  latencies.sort((a, b) => a - b);
  const requests = latencies.length;
  return {
    requests,
    wall,
    cpu: (user + system) / 1e6,
    p50: latencies[Math.floor(requests / 2)],
    p99: latencies[Math.floor((requests * 99) / 100)],
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [inFlight, seconds] = line.split(" ").map(Number);
  console.log(JSON.stringify(await sample(inFlight, seconds)));
}

// two_addresses.mjs — run in a network of its own by subscriptions.test.mjs: a calendar on a public address that sends on to
// this machine, where a calendar lies too. Runs the given command; says how it ended and how often each was asked.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const [address, calendar, program, ...args] = process.argv.slice(2);
const asked = { there: 0, here: 0 };
const listen = (server, host) => new Promise((resolve) => server.listen(80, host, resolve));
const here = createServer((_, answer) => ((asked.here += 1), answer.end(calendar)));
const there = createServer((request, answer) => {
  asked.there += 1;
  if (request.url === '/own.ics') return answer.end(calendar);
  return answer.writeHead(302, { location: 'http://127.0.0.1/secret.ics' }).end();
});
await listen(here, '127.0.0.1');
await listen(there, address);
const child = spawn(program, args);
let said = '';
for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
child.stdin.end();
child.on('exit', (code) => {
  console.log(JSON.stringify({ code, said, asked }));
  process.exit(0);
});

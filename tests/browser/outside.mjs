// What the service sends to: a mail server (as much of RFC 5321 as it takes) and a receiver of webhooks.
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';

const WAIT_MS = 30_000;
const STEP_MS = 50;

export class Outside {
  constructor() {
    this.mails = []; // { to, text }
    this.posts = []; // { headers, body }
    this.mail = createServer((socket) => this.speak(socket));
    this.hook = createHttp((request, answer) => {
      let body = '';
      request.setEncoding('utf8').on('data', (piece) => { body += piece; }).on('end', () => {
        this.posts.push({ headers: request.headers, body });
        answer.writeHead(204).end();
      });
    });
  }

  async open() {
    for (const server of [this.mail, this.hook]) await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
    this.webhook = `http://127.0.0.1:${this.hook.address().port}/notices`;
    return this;
  }

  options() {
    return ['--smtp', `smtp+plain://127.0.0.1:${this.mail.address().port}`, '--mail-from', 'jicai@example.org', '--webhooks', '--webhook-network', '127.0.0.0/8', '--retry-seconds', '1'];
  }

  async close() {
    for (const server of [this.mail, this.hook]) await new Promise((done) => { server.close(done); });
  }

  speak(socket) {
    let rest = '';
    let letter;
    let to = '';
    socket.setEncoding('utf8').on('error', () => {});
    socket.write('220 mail.test\r\n');
    const hear = (line) => {
      if (letter !== undefined) {
        if (line !== '.') { letter += `${line}\n`; return; }
        this.mails.push({ to, text: letter });
        letter = undefined;
      } else if (/^RCPT/i.test(line)) to = /<(.*)>/.exec(line)[1];
      else if (/^DATA/i.test(line)) {
        letter = '';
        socket.write('354 go on\r\n');
        return;
      } else if (/^QUIT/i.test(line)) {
        socket.end('221 bye\r\n');
        return;
      }
      socket.write('250 mail.test\r\n');
    };
    socket.on('data', (bytes) => {
      const lines = (rest + bytes).split('\r\n');
      rest = lines.pop();
      lines.forEach(hear);
    });
  }

  /** What `find` gives, once it gives something. */
  static async arrived(find) {
    for (const until = Date.now() + WAIT_MS; Date.now() < until;) {
      const found = find();
      if (found) return found;
      await new Promise((done) => { setTimeout(done, STEP_MS); });
    }
    throw new Error(`nothing arrived within ${WAIT_MS} ms`);
  }
}
